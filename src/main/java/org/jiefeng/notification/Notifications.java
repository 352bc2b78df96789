package org.jiefeng.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The outbox of messages: written down in the transaction that moves the case, so that none is lost and none is sent for
 * something that did not happen.
 */
@Service
class Notifications {

    private static final int LONGEST_SUBJECT = 300;
    private static final int LONGEST_BODY = 4000;

    private final JdbcClient jdbc;
    private final NotificationProperties properties;
    private final Clock clock;

    Notifications(JdbcClient jdbc, NotificationProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** A message to be written down; see {@link Notification}. */
    record Draft(
            String key,
            News news,
            @Nullable String appealNumber,
            @Nullable String taskId,
            String outlet,
            String recipient,
            String subject,
            String body) {}

    /** Writes a message down, unless it stands there already. */
    @Transactional(propagation = Propagation.MANDATORY)
    void write(Draft draft) {
        boolean shownOnly = draft.outlet().equals(NotificationProperties.MAIL) && properties.mail() == null;
        jdbc.sql("""
                        insert into notification (notification_key, news, appeal_number, task_id, outlet, recipient, subject,
                                body, state, attempts, created_at, next_try_at)
                        select :key, :news, :appeal, :task, :outlet, :recipient, :subject, :body, :state, 0,
                                cast(:now as timestamp with time zone), cast(:now as timestamp with time zone)
                        where not exists (select 1 from notification where notification_key = :key)
                        """)
                .param("key", draft.key())
                .param("news", draft.news().name())
                .param("appeal", draft.appealNumber())
                .param("task", draft.taskId())
                .param("outlet", draft.outlet())
                .param("recipient", draft.recipient())
                .param("subject", shortened(draft.subject(), LONGEST_SUBJECT))
                .param("body", shortened(draft.body(), LONGEST_BODY))
                .param("state", (shownOnly ? Notification.State.PREVIEW : Notification.State.WAITING).name())
                .param("now", now())
                .update();
    }

    /** Nobody is told any more of a task that is done or somebody else's; what is under way cannot be called back. */
    @Transactional(propagation = Propagation.MANDATORY)
    void supersede(String taskId) {
        jdbc.sql("update notification set state = 'SUPERSEDED' where task_id = :task and state = 'WAITING'")
                .param("task", taskId)
                .update();
    }

    /** Notes that a due date has passed; false when that is known. */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean overdue(String taskId, Instant due) {
        int known = jdbc.sql("update overdue_told set due_at = :due where task_id = :task and due_at <> :due")
                .param("task", taskId)
                .param("due", utc(due))
                .update();
        return known > 0
                || jdbc.sql("""
                                        insert into overdue_told (task_id, due_at)
                                        select :task, cast(:due as timestamp with time zone)
                                        where not exists (select 1 from overdue_told where task_id = :task)
                                        """).param("task", taskId).param("due", utc(due)).update() > 0;
    }

    /** Forgets the due date of a task that is over. */
    @Transactional(propagation = Propagation.MANDATORY)
    void ended(String taskId) {
        supersede(taskId);
        jdbc.sql("delete from overdue_told where task_id = :task")
                .param("task", taskId)
                .update();
    }

    /** The outlets that have something to send. */
    List<String> dueOutlets() {
        return jdbc.sql("""
                        select distinct outlet from notification where state = 'WAITING' and next_try_at <= :now
                        order by outlet
                        """).param("now", now()).query(String.class).list();
    }

    /**
     * Takes over the oldest message that is due. Of several nodes one gets it; should that one be killed, another one after
     * the lease.
     */
    @Transactional
    Optional<Notification> claim(String outlet) {
        Optional<Notification> due = jdbc.sql("""
                        select * from notification where state = 'WAITING' and outlet = :outlet and next_try_at <= :now
                        order by id fetch first 1 row only for update skip locked
                        """)
                .param("outlet", outlet)
                .param("now", now())
                .query(Notifications::notification)
                .optional();
        due.ifPresent(taken -> jdbc.sql(
                        "update notification set attempts = attempts + 1, next_try_at = :lease where id = :id")
                .param("lease", utc(clock.instant().plus(properties.lease())))
                .param("id", taken.id())
                .update());
        return due.flatMap(taken -> find(taken.id()));
    }

    /** It was taken by the other side, whatever else became of it. */
    @Transactional
    void sent(Notification notification) {
        jdbc.sql(
                        "update notification set state = 'SENT', sent_at = :now, next_try_at = null, problem = null where id = :id")
                .param("now", now())
                .param("id", notification.id())
                .update();
    }

    /**
     * It was not taken, so it is tried again, later each time, until it is given up.
     *
     * @return whether it is given up
     */
    @Transactional
    boolean failed(Notification notification, UndeliveredException problem) {
        Instant now = clock.instant();
        boolean givenUp = problem.isPermanent()
                || !notification.createdAt().plus(properties.giveUpAfter()).isAfter(now);
        Duration pause = problem.pause();
        Duration wait = pause != null ? pause : waitAfter(notification.attempts());
        jdbc.sql("""
                        update notification set state = :state, next_try_at = :next, problem = :problem
                        where id = :id and attempts = :attempts and state = 'WAITING'
                        """)
                .param("state", (givenUp ? Notification.State.FAILED : Notification.State.WAITING).name())
                .param("next", givenUp ? null : utc(now.plus(wait)), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("problem", shortened(problem.problem(), 200))
                .param("id", notification.id())
                .param("attempts", notification.attempts())
                .update();
        return givenUp;
    }

    /** Twice as long each time. */
    private Duration waitAfter(int attempts) {
        Duration wait = properties.retryAfter();
        for (int n = 1; n < attempts && wait.compareTo(properties.longestWait()) < 0; n++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(properties.longestWait()) < 0 ? wait : properties.longestWait();
    }

    /** The outlet is silent until then: everything that waits for it waits longer. */
    @Transactional
    void pause(String outlet, Duration pause) {
        Instant until = clock.instant().plus(pause);
        jdbc.sql("""
                        update notification set next_try_at = :until
                        where state = 'WAITING' and outlet = :outlet and next_try_at < :until
                        """).param("until", utc(until)).param("outlet", outlet).update();
    }

    /** How much an outlet has sent lately. */
    long sentSince(String outlet, Duration lately) {
        return jdbc.sql("select count(*) from notification where outlet = :outlet and sent_at > :since")
                .param("outlet", outlet)
                .param("since", utc(clock.instant().minus(lately)))
                .query(Long.class)
                .single();
    }

    /** Starts again with a message that was given up; true when there is such a one. */
    @Transactional
    boolean tryAgain(long id) {
        return jdbc.sql("""
                                update notification set state = 'WAITING', attempts = 0, created_at = :now, next_try_at = :now
                                where id = :id and state = 'FAILED'
                                """).param("now", now()).param("id", id).update() > 0;
    }

    /** The latest messages, those that need somebody first. */
    List<Notification> latest(int atMost) {
        return jdbc.sql("""
                        select * from notification
                        order by case state when 'FAILED' then 0 else 1 end, id desc
                        fetch first :most rows only
                        """)
                .param("most", atMost)
                .query(Notifications::notification)
                .list();
    }

    /** How many wait for another try, and how many were given up. */
    long count(Notification.State state) {
        return jdbc.sql("""
                        select count(*) from notification
                        where state = :state and (state <> 'WAITING' or problem is not null)
                        """).param("state", state.name()).query(Long.class).single();
    }

    /** Deletes what has been kept long enough. */
    @Transactional
    void forget() {
        jdbc.sql("delete from notification where state <> 'WAITING' and created_at < :until")
                .param("until", utc(clock.instant().minus(properties.keep())))
                .update();
    }

    private Optional<Notification> find(long id) {
        return jdbc.sql("select * from notification where id = :id")
                .param("id", id)
                .query(Notifications::notification)
                .optional();
    }

    private static Notification notification(ResultSet row, int n) throws SQLException {
        Instant created = instant(row, "created_at");
        return new Notification(
                row.getLong("id"),
                row.getString("notification_key"),
                News.valueOf(row.getString("news")),
                row.getString("appeal_number"),
                row.getString("outlet"),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("body"),
                Notification.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                created == null ? Instant.EPOCH : created,
                instant(row, "next_try_at"),
                instant(row, "sent_at"),
                row.getString("problem"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
