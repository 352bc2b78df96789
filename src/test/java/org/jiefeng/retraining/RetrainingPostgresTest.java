package org.jiefeng.retraining;

import org.jiefeng.TestRoom;

class RetrainingPostgresTest extends RetrainingTest {

    @Override
    TestRoom open() {
        return TestRoom.onPostgres(this::register);
    }
}
