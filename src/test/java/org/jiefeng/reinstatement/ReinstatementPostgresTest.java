package org.jiefeng.reinstatement;

import org.jiefeng.TestRoom;

class ReinstatementPostgresTest extends ReinstatementTest {

    @Override
    TestRoom open() {
        return TestRoom.onPostgres(this::register);
    }
}
