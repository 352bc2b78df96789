package org.jiefeng.notification;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jiefeng.account.People;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends what is written down, after the case has moved on.
 *
 * <p>A message is marked before and after it is sent. A node that is killed in between has sent it or not; another one
 * sends it after the lease. This is the one case in which somebody is told twice: mails then carry the same Message-ID.
 */
@Component
class NotificationSender {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationSender.class);

    /** So that one outlet does not keep the others waiting. */
    private static final int AT_A_TIME = 50;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Notifications notifications;
    private final NotificationProperties properties;
    private final People people;

    /** Made for the first message: most starts have none to send. */
    private final Map<String, Notifier> outlets = new ConcurrentHashMap<>();

    NotificationSender(Notifications notifications, NotificationProperties properties, People people) {
        this.notifications = notifications;
        this.properties = properties;
        this.people = people;
    }

    @Scheduled(fixedDelayString = "${jiefeng.notification.poll:2s}", initialDelayString = "10s")
    void send() {
        notifications.dueOutlets().forEach(this::send);
    }

    @Scheduled(fixedDelayString = "1h", initialDelayString = "10m")
    void forget() {
        notifications.forget();
    }

    private void send(String outlet) {
        for (int n = 0; n < AT_A_TIME && isWithinLimit(outlet); n++) {
            Notification notification = notifications.claim(outlet).orElse(null);
            if (notification == null || !send(notification)) {
                // What does not work for one hardly works for the next; they have their own time.
                return;
            }
        }
    }

    private boolean isWithinLimit(String outlet) {
        NotificationProperties.Robot robot = properties.robots().get(outlet);
        return robot == null || notifications.sentSince(outlet, MINUTE) < robot.messagesAMinute();
    }

    private boolean send(Notification notification) {
        try {
            Notifier notifier = outlet(notification.outlet());
            if (notifier == null) {
                throw UndeliveredException.forGood("not configured any more");
            }
            notifier.send(notification);
            notifications.sent(notification);
            return true;
        } catch (UndeliveredException e) {
            return failed(notification, e);
        } catch (RuntimeException e) {
            // Only its name: addresses and keys may stand in what it says.
            return failed(notification, UndeliveredException.forNow(e.getClass().getSimpleName()));
        }
    }

    private boolean failed(Notification notification, UndeliveredException problem) {
        boolean givenUp = notifications.failed(notification, problem);
        if (problem.pause() != null) {
            notifications.pause(notification.outlet(), problem.pause());
        }
        if (givenUp) {
            LOG.error(
                    "Notification {} for {} is given up after {} attempts: {}",
                    notification.id(),
                    notification.outlet(),
                    notification.attempts(),
                    problem.problem());
        } else {
            LOG.warn(
                    "Notification {} for {} is tried again later: {}",
                    notification.id(),
                    notification.outlet(),
                    problem.problem());
        }
        return problem.isPermanent();
    }

    private @Nullable Notifier outlet(String name) {
        return outlets.computeIfAbsent(name, this::open);
    }

    private @Nullable Notifier open(String name) {
        NotificationProperties.Mail mail = properties.mail();
        if (name.equals(NotificationProperties.MAIL)) {
            URI link = properties.baseUrl();
            return mail == null ? null : new MailNotifier(mail, people, link == null ? "jiefeng" : link.getHost());
        }
        NotificationProperties.Robot robot = properties.robots().get(name);
        return robot == null ? null : new RobotNotifier(robot);
    }
}
