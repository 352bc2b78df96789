package org.jiefeng.audit;

import org.jiefeng.TestRoom;

class RetentionH2Test extends RetentionContract {

    @Override
    TestRoom open() {
        return TestRoom.onH2(this::register);
    }
}
