package org.jiefeng.appeal;

import org.jiefeng.TestRoom;

class TimelineChainPostgresTest extends TimelineChainTest {

    @Override
    TestRoom open() {
        return TestRoom.onPostgres(context -> {});
    }
}
