package org.jiefeng.audit;

import java.util.function.Consumer;
import org.jiefeng.TestRoom;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class CaseSearchH2Test extends CaseSearchContract {

    @Override
    TestRoom room(Consumer<AnnotationConfigApplicationContext> beans) {
        return TestRoom.onH2(beans);
    }
}
