package org.jiefeng.calling;

import org.jiefeng.TestRoom;

class CallingPostgresTest extends CallingTest {

    @Override
    TestRoom open() {
        return TestRoom.onPostgres(this::register);
    }
}
