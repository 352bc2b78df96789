package org.jiefeng.audit;

import java.util.function.Consumer;
import org.jiefeng.TestRoom;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class CaseSearchPostgresTest extends CaseSearchContract {

    @Override
    TestRoom room(Consumer<AnnotationConfigApplicationContext> beans) {
        return TestRoom.onPostgres(beans);
    }
}
