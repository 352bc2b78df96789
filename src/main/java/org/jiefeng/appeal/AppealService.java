package org.jiefeng.appeal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens, moves and closes appeals, and counts the earlier ones. */
@Service
public class AppealService {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final RowMapper<Appeal> APPEAL = (row, n) -> new Appeal(
            row.getString("number"),
            row.getString("account_id"),
            row.getString("employee_id"),
            Stage.valueOf(row.getString("stage")),
            row.getObject("opened_at", OffsetDateTime.class).toInstant(),
            row.getBoolean("counts_as_repeat"),
            row.getBoolean("overturned"),
            fault(row.getString("fault")),
            outcome(row.getString("outcome")),
            instant(row.getObject("closed_at", OffsetDateTime.class)));

    private final JdbcClient jdbc;
    private final Timeline timeline;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    AppealService(JdbcClient jdbc, Timeline timeline, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.timeline = timeline;
        this.clock = clock;
        this.events = events;
    }

    /** A suspension turned out unfounded; told in the transaction in which it is written down. */
    public record Overturned(String appealNumber) {}

    /**
     * Opens an appeal for an account.
     *
     * @param countsAsRepeat whether its causes count towards repeats (domain.md §6.10)
     * @throws ConflictException when the account's appeal is open already; two notices racing end here
     */
    @Transactional
    public Appeal open(String accountId, String employeeId, boolean countsAsRepeat) {
        String number = nextNumber();
        try {
            jdbc.sql("""
                            insert into appeal (number, account_id, employee_id, stage, opened_at, counts_as_repeat, open_account_id)
                            values (:number, :account, :employee, :stage, :now, :counts, :account)
                            """)
                    .param("number", number)
                    .param("account", accountId)
                    .param("employee", employeeId)
                    .param("stage", Stage.REGISTERED.name())
                    .param("now", now())
                    .param("counts", countsAsRepeat)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConflictException("An appeal for account " + accountId + " is open already");
        }
        timeline.record(number, "system", "REGISTERED", null);
        return get(number);
    }

    private String nextNumber() {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into appeal_number (drawn_at) values (:now)")
                .param("now", now())
                .update(key, "id");
        long next = Objects.requireNonNull(key.getKey(), "no number drawn").longValue();
        return "AP-%d-%06d".formatted(LocalDate.now(clock.withZone(SHANGHAI)).getYear(), next);
    }

    /** @throws NotFoundException when there is no such appeal */
    public Appeal get(String number) {
        return find(number).orElseThrow(() -> new NotFoundException("No appeal " + number));
    }

    public Optional<Appeal> find(String number) {
        return jdbc.sql("select * from appeal where number = :number")
                .param("number", number)
                .query(APPEAL)
                .optional();
    }

    /** The appeal a further notice for this account belongs to: one that still awaits its outcome (not one on probation). */
    public Optional<Appeal> findOpen(String accountId) {
        return jdbc.sql("select * from appeal where open_account_id = :account")
                .param("account", accountId)
                .query(APPEAL)
                .optional();
    }

    /** The appeal whose probation this account is on. */
    public Optional<Appeal> findOnProbation(String accountId) {
        return jdbc.sql("""
                        select * from appeal
                        where account_id = :account and stage = 'PROBATION' and outcome is null
                        order by opened_at desc
                        fetch first 1 row only
                        """).param("account", accountId).query(APPEAL).optional();
    }

    /** An employee's appeals, newest first. */
    public List<Appeal> ofEmployee(String employeeId) {
        return jdbc.sql("select * from appeal where employee_id = :employee order by opened_at desc, number desc")
                .param("employee", employeeId)
                .query(APPEAL)
                .list();
    }

    /** Everybody's appeals, newest first, at most so many. */
    public List<Appeal> newest(int limit) {
        return jdbc.sql("select * from appeal order by opened_at desc, number desc fetch first :limit rows only")
                .param("limit", limit)
                .query(APPEAL)
                .list();
    }

    /**
     * The employee's other suspensions that were opened within the window, whatever card was used, newest first; which of
     * them count is {@link Appeal#standing()}.
     *
     * @param windowMonths length of the rolling window in calendar months, from decision {@code repeat-rule}
     * @param exceptNumber the present appeal
     */
    public List<Appeal> earlier(String employeeId, long windowMonths, String exceptNumber) {
        OffsetDateTime since =
                now().atZoneSameInstant(SHANGHAI).minusMonths(windowMonths).toOffsetDateTime();
        return ofEmployee(employeeId).stream()
                .filter(appeal -> !appeal.number().equals(exceptNumber))
                .filter(appeal -> !appeal.openedAt().isBefore(since.toInstant()))
                .toList();
    }

    /**
     * Earlier suspensions that count against the employee: found and upheld to be the employee's own fault, not overturned,
     * opened within the window, whatever card was used (domain.md §6.5).
     *
     * @param windowMonths length of the rolling window in calendar months, from decision {@code repeat-rule}
     * @param exceptNumber the present appeal
     */
    public long countRepeats(String employeeId, long windowMonths, String exceptNumber) {
        return earlier(employeeId, windowMonths, exceptNumber).stream()
                .filter(appeal -> appeal.standing() == Appeal.Standing.COUNTS)
                .count();
    }

    /** Keeps whose fault a suspension was, once that can no longer be disputed (domain.md §6.5). */
    @Transactional
    public void settleFault(String number, Fault fault) {
        jdbc.sql("update appeal set fault = :fault where number = :number")
                .param("fault", fault.name())
                .param("number", number)
                .update();
    }

    /** Moves a case to a stage; on probation the account is free for a new appeal. */
    @Transactional
    public void enterStage(String number, Stage stage) {
        jdbc.sql("""
                        update appeal set stage = :stage,
                            open_account_id = case when :stage = 'PROBATION' then null else open_account_id end
                        where number = :number
                        """).param("stage", stage.name()).param("number", number).update();
        timeline.record(number, "system", "STAGE_" + stage, null);
    }

    /** Marks the suspension as unfounded, so that it never counts as a repeat (domain.md §6.5). */
    @Transactional
    public void overturn(String number) {
        jdbc.sql("update appeal set overturned = true where number = :number")
                .param("number", number)
                .update();
        events.publishEvent(new Overturned(number));
    }

    /** Ends a case. */
    @Transactional
    public void close(String number, Outcome outcome) {
        jdbc.sql("""
                        update appeal
                        set closed_in = case when stage = 'CLOSED' then closed_in else stage end,
                            stage = 'CLOSED', outcome = :outcome, closed_at = :now, open_account_id = null
                        where number = :number
                        """)
                .param("outcome", outcome.name())
                .param("now", now())
                .param("number", number)
                .update();
        timeline.record(number, "system", "CLOSED_" + outcome, null);
    }

    /** The stage an ended case stood at; empty for one that is open, or that ended before it had entered any. */
    public Optional<Stage> closedIn(String number) {
        return jdbc.sql("select closed_in from appeal where number = :number and closed_in is not null")
                .param("number", number)
                .query(String.class)
                .optional()
                .map(Stage::valueOf);
    }

    /**
     * Opens an ended case again, at the stage where it stood, under its number and with all that was kept.
     *
     * @throws ConflictException when it is not closed, or another appeal for the account is open
     */
    @Transactional
    public void reopen(String number) {
        int changed;
        try {
            changed = jdbc.sql("""
                            update appeal
                            set stage = closed_in, closed_in = null, outcome = null, closed_at = null,
                                open_account_id = account_id
                            where number = :number and outcome is not null and closed_in is not null
                            """).param("number", number).update();
        } catch (DuplicateKeyException e) {
            throw new ConflictException("Another appeal for the account of " + number + " is open");
        }
        if (changed == 0) {
            throw new ConflictException("Appeal " + number + " cannot be reopened");
        }
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }

    private static @Nullable Fault fault(@Nullable String name) {
        return name == null ? null : Fault.valueOf(name);
    }

    private static @Nullable Outcome outcome(@Nullable String name) {
        return name == null ? null : Outcome.valueOf(name);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
