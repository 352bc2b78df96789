package org.jiefeng.alternative;

import org.jiefeng.TestRoom;

class AlternativePostgresTest extends AlternativeTest {

    @Override
    TestRoom open() {
        return TestRoom.onPostgres(this::register);
    }
}
