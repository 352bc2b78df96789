package org.jiefeng.fault;

import org.jiefeng.TestRoom;

class FaultFindingsPostgresTest extends FaultFindingsTest {

    @Override
    TestRoom open() {
        return TestRoom.onPostgres(FaultFindingsTest::register);
    }
}
