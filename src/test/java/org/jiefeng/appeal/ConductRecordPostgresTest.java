package org.jiefeng.appeal;

import org.jiefeng.TestRoom;

class ConductRecordPostgresTest extends ConductRecordTest {

    @Override
    TestRoom open() {
        return TestRoom.onPostgres(context -> {});
    }
}
