package org.jiefeng.process;

import org.jiefeng.TestRoom;

class CaseRecountPostgresTest extends CaseRecountContract {

    @Override
    TestRoom open() {
        return TestRoom.onPostgres(this::register);
    }
}
