package org.jiefeng.notification;

import java.util.function.Consumer;
import org.jiefeng.TestRoom;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class NotificationStorePostgresTest extends NotificationStoreContract {

    @Override
    TestRoom room(Consumer<AnnotationConfigApplicationContext> beans) {
        return TestRoom.onPostgres(beans);
    }
}
