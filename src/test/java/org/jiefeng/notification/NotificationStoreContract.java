package org.jiefeng.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jiefeng.TestRoom;
import org.jiefeng.account.People;
import org.jiefeng.app.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is written down reaches a real mail server and real chats once, whatever fails in between. */
abstract class NotificationStoreContract {

    private static final Instant START = Instant.parse("2026-03-03T02:00:00Z");

    private final int smtpPort = FreePort.find();
    private final GreenMail mails = mailServer();
    private final ChatPlatform chats = new ChatPlatform();
    private final TestRoom room = room(context -> {
        context.registerBean(NotificationProperties.class, this::properties);
        context.registerBean(People.class, Directory::new);
        context.register(Notifications.class, NotificationSender.class);
    });
    private final Notifications notifications = room.get(Notifications.class);
    private final NotificationSender sender = room.get(NotificationSender.class);

    abstract TestRoom room(Consumer<AnnotationConfigApplicationContext> beans);

    /** Nobody is written to whose address is not here. */
    private static final class Directory implements People {
        @Override
        public Optional<String> mailAddress(String userId) {
            return userId.equals("nameless") ? Optional.empty() : Optional.of(userId + "@example.com");
        }

        @Override
        public Optional<String> name(String userId) {
            return Optional.empty();
        }

        @Override
        public Set<String> groups(String userId) {
            return Set.of();
        }

        @Override
        public List<String> members(String groupId) {
            return List.of();
        }
    }

    private GreenMail mailServer() {
        GreenMail server = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("jiefeng", "the-password");
        return server;
    }

    private NotificationProperties properties() {
        return new NotificationProperties(
                URI.create("https://jiefeng.example.com"),
                false,
                new NotificationProperties.Mail(
                        "127.0.0.1",
                        smtpPort,
                        "jiefeng",
                        "the-password",
                        "jiefeng@example.com",
                        NotificationProperties.Protection.NONE,
                        Duration.ofSeconds(5)),
                Map.of(
                        "wecom",
                        robot(RobotKind.WECOM, ChatPlatform.KEY, 3),
                        "dingtalk",
                        robot(RobotKind.DINGTALK, ChatPlatform.TOKEN, 20),
                        "stranger",
                        robot(RobotKind.WECOM, "another-key", 20)),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofDays(3),
                Duration.ofMinutes(5),
                Duration.ofDays(90));
    }

    private NotificationProperties.Robot robot(RobotKind kind, String key, int aMinute) {
        return new NotificationProperties.Robot(
                kind,
                chats.address(),
                key,
                ChatPlatform.SECRET,
                List.of("liaisons"),
                List.of(),
                aMinute,
                Duration.ofSeconds(5));
    }

    @BeforeEach
    void start() {
        room.now(START);
    }

    @AfterEach
    void close() {
        mails.stop();
        chats.close();
        room.close();
    }

    private void write(String key, String outlet, String recipient) {
        inTransaction(() -> notifications.write(new Notifications.Draft(
                key,
                News.NEW_TASK,
                "AP-2026-000001",
                "task-1",
                outlet,
                recipient,
                "新任务:经理判断(AP-2026-000001)",
                "期限:2026-03-05 18:00\n\nhttps://jiefeng.example.com/tasks/task-1")));
    }

    private void inTransaction(Runnable work) {
        new TransactionTemplate(room.get(PlatformTransactionManager.class)).executeWithoutResult(status -> work.run());
    }

    private Notification only() {
        List<Notification> all = notifications.latest(10);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void after(Duration time) {
        room.now(START.plus(time));
        sender.send();
    }

    @Test
    void aMailArrivesAsItWasWritten() throws Exception {
        mails.start();
        write("NEW_TASK:task-1:0:mail:manager", "mail", "manager");
        write("NEW_TASK:task-1:0:mail:manager", "mail", "manager");

        sender.send();
        sender.send();

        assertThat(mails.getReceivedMessages()).hasSize(1);
        MimeMessage mail = mails.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("新任务:经理判断(AP-2026-000001)");
        assertThat(mail.getContent().toString().replace("\r\n", "\n").strip())
                .isEqualTo("期限:2026-03-05 18:00\n\nhttps://jiefeng.example.com/tasks/task-1");
        assertThat(mail.getFrom()).extracting(String::valueOf).containsExactly("jiefeng@example.com");
        assertThat(mail.getAllRecipients()).extracting(String::valueOf).containsExactly("manager@example.com");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(only().state()).isEqualTo(Notification.State.SENT);
        assertThat(only().sentAt()).isEqualTo(START);
    }

    @Test
    void whatACaseThatDidNotHappenWouldHaveSaidIsNeverSent() {
        mails.start();
        new TransactionTemplate(room.get(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            write("NEW_TASK:task-1:0:mail:manager", "mail", "manager");
            status.setRollbackOnly();
        });

        sender.send();

        assertThat(mails.getReceivedMessages()).isEmpty();
        assertThat(notifications.latest(10)).isEmpty();
    }

    @Test
    void aMailServerThatIsDownIsTriedAgainLaterEachTimeUntilItIsBack() {
        write("NEW_TASK:task-1:0:mail:manager", "mail", "manager");

        sender.send();

        assertThat(only().state()).isEqualTo(Notification.State.WAITING);
        assertThat(only().problem()).isEqualTo("ConnectException");
        assertThat(only().nextTryAt()).isEqualTo(START.plus(Duration.ofMinutes(1)));
        assertThat(notifications.count(Notification.State.WAITING)).isEqualTo(1);
        after(Duration.ofSeconds(59));
        assertThat(only().attempts()).isEqualTo(1);
        after(Duration.ofSeconds(60));
        assertThat(only().attempts()).isEqualTo(2);
        assertThat(only().nextTryAt()).isEqualTo(START.plus(Duration.ofMinutes(3)));

        mails.start();
        after(Duration.ofMinutes(3));

        assertThat(mails.getReceivedMessages()).hasSize(1);
        assertThat(only().state()).isEqualTo(Notification.State.SENT);
    }

    @Test
    void whatCannotBeSentForDaysIsGivenUpVisiblyAndCanBeSentAgain() {
        write("NEW_TASK:task-1:0:mail:manager", "mail", "manager");
        sender.send();

        after(Duration.ofDays(3));

        assertThat(only().state()).isEqualTo(Notification.State.FAILED);
        assertThat(notifications.count(Notification.State.FAILED)).isEqualTo(1);
        mails.start();
        after(Duration.ofDays(4));
        assertThat(mails.getReceivedMessages()).isEmpty();
        assertThat(notifications.tryAgain(only().id())).isTrue();
        after(Duration.ofDays(4));
        assertThat(mails.getReceivedMessages()).hasSize(1);
        assertThat(notifications.tryAgain(only().id())).isFalse();
    }

    @Test
    void somebodyWithoutAnAddressIsNotWaitedForAndHoldsUpNobody() {
        mails.start();
        write("a", "mail", "nameless");
        write("b", "mail", "manager");

        sender.send();

        assertThat(mails.getReceivedMessages()).hasSize(1);
        assertThat(notifications.latest(10))
                .extracting(Notification::state)
                .containsExactly(Notification.State.FAILED, Notification.State.SENT);
        assertThat(notifications.latest(10).get(0).problem()).isEqualTo("no e-mail address");
    }

    /** A node that was killed after sending and before noting it: the one case in which something comes twice. */
    @Test
    void whatAKilledNodeHadTakenOverIsSentByAnotherAfterTheLeaseUnderTheSameMessageId() throws Exception {
        mails.start();
        write("NEW_TASK:task-1:0:mail:manager", "mail", "manager");
        Notification taken = notifications.claim("mail").orElseThrow();
        new MailNotifier(Objects.requireNonNull(properties().mail()), new Directory(), "jiefeng.example.com")
                .send(taken);

        after(Duration.ofMinutes(4));
        assertThat(mails.getReceivedMessages()).hasSize(1);
        after(Duration.ofMinutes(5));

        MimeMessage[] both = mails.getReceivedMessages();
        assertThat(both).hasSize(2);
        assertThat(both[0].getMessageID())
                .isEqualTo(both[1].getMessageID())
                .matches("<[0-9a-f]{32}@jiefeng\\.example\\.com>");
        assertThat(only().state()).isEqualTo(Notification.State.SENT);
    }

    @Test
    void severalNodesSendEachMailOnce() throws Exception {
        mails.start();
        for (int n = 0; n < 60; n++) {
            write("key-" + n, "mail", "person" + n);
        }
        int nodes = 4;
        CountDownLatch ready = new CountDownLatch(nodes);
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int n = 0; n < nodes; n++) {
                NotificationSender node = new NotificationSender(notifications, properties(), new Directory());
                running.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    node.send();
                    node.send();
                    return null;
                }));
            }
            for (Future<?> node : running) {
                node.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        List<String> readers = new ArrayList<>();
        for (MimeMessage mail : mails.getReceivedMessages()) {
            readers.add(String.valueOf(mail.getAllRecipients()[0]));
        }
        assertThat(readers).hasSize(60).doesNotHaveDuplicates();
        assertThat(notifications.latest(100)).allMatch(one -> one.state() == Notification.State.SENT);
    }

    @Test
    void bothKindsOfRobotsAreBelieved() {
        write("a", "wecom", "wecom");
        write("b", "dingtalk", "dingtalk");

        sender.send();

        assertThat(chats.refused).isEmpty();
        assertThat(chats.said)
                .hasSize(2)
                .allMatch(text -> text.equals("新任务:经理判断(AP-2026-000001)\n"
                        + "期限:2026-03-05 18:00\n\nhttps://jiefeng.example.com/tasks/task-1"));
        assertThat(notifications.latest(10)).allMatch(one -> one.state() == Notification.State.SENT);
    }

    @Test
    void aRefusalThatLooksLikeSuccessIsNone() {
        write("a", "stranger", "stranger");

        sender.send();

        assertThat(chats.said).isEmpty();
        assertThat(only().state()).isEqualTo(Notification.State.WAITING);
        assertThat(only().problem()).isEqualTo("errcode 310000");
    }

    @Test
    void aRedirectIsNotFollowedAndNonsenseIsNotBelieved() {
        write("a", "dingtalk", "dingtalk");
        chats.answerNext(302, "");
        sender.send();
        assertThat(only().problem()).isEqualTo("status 302");
        chats.answerNext(200, "<html>");
        after(Duration.ofMinutes(1));
        assertThat(only().problem()).isEqualTo("no clear answer");
        chats.answerNext(500, "{\"errcode\":0}");
        after(Duration.ofMinutes(3));
        assertThat(only().problem()).isEqualTo("status 500");

        after(Duration.ofMinutes(7));

        assertThat(chats.refused).isEmpty();
        assertThat(chats.said).hasSize(1);
    }

    @Test
    void aRobotThatMustBeSilentForAWhileIs() {
        write("a", "dingtalk", "dingtalk");
        write("b", "dingtalk", "dingtalk");
        chats.answerNext(200, "{\"errcode\":130101,\"errmsg\":\"send too fast\"}");

        sender.send();
        after(Duration.ofMinutes(9));
        assertThat(chats.said).isEmpty();

        after(Duration.ofMinutes(10));
        assertThat(chats.said).hasSize(2);
    }

    @Test
    void aRobotSaysNoMoreAMinuteThanItMay() {
        for (int n = 0; n < 5; n++) {
            write("key-" + n, "wecom", "wecom");
        }

        sender.send();
        assertThat(chats.said).hasSize(3);
        after(Duration.ofSeconds(59));
        assertThat(chats.said).hasSize(3);
        after(Duration.ofSeconds(61));
        assertThat(chats.said).hasSize(5);
    }

    @Test
    void aTaskThatIsDoneIsNotSpokenOfAnyMore() {
        write("a", "mail", "manager");
        sender.send();
        inTransaction(() -> notifications.ended("task-1"));

        mails.start();
        after(Duration.ofHours(1));

        assertThat(mails.getReceivedMessages()).isEmpty();
        assertThat(only().state()).isEqualTo(Notification.State.SUPERSEDED);
    }

    @Test
    void aDueDateIsToldOnceAndAMovedOneAgain() {
        inTransaction(() -> {
            assertThat(notifications.overdue("task-1", START)).isTrue();
            assertThat(notifications.overdue("task-1", START)).isFalse();
            assertThat(notifications.overdue("task-1", START.plusSeconds(1))).isTrue();
            notifications.ended("task-1");
            assertThat(notifications.overdue("task-1", START)).isTrue();
        });
    }

    @Test
    void whatWasSentIsForgottenInTheEndAndWhatWaitsIsNot() {
        mails.start();
        write("a", "mail", "manager");
        sender.send();
        write("b", "wecom", "wecom");

        room.now(START.plus(Duration.ofDays(91)));
        notifications.forget();

        assertThat(only().key()).isEqualTo("b");
    }
}
