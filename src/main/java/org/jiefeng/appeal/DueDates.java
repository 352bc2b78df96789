package org.jiefeng.appeal;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The dates a case runs against; one that is moved stays on record, so that nobody can say it was never promised. */
@Component
public class DueDates {

    private final JdbcClient jdbc;
    private final Clock clock;

    DueDates(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What is due: the carrier's answer, our next contact, a supplement, our answer to a forwarded complaint, a complaint to
     * the regulator, a resubmission after a rejection.
     */
    public enum Kind {
        REVIEW,
        FOLLOW_UP,
        SUPPLEMENT,
        FORWARDED_COMPLAINT,
        REGULATOR,
        RESUBMISSION
    }

    /** Where a date comes from. */
    public enum Reason {
        SUBMITTED,
        PROMISED,
        ASKED,
        EXTENDED,
        /** More time was asked for and refused: the date stands. */
        NOT_EXTENDED,
        FORWARDED,
        /** A period of law: nobody can move it. */
        LAW,
        /** A period from the carrier's rejection on, as the carrier book has it. */
        REJECTED,
        /** The working days it was counted in have changed. */
        CALENDAR
    }

    /** How a date was counted: the only kind of date that moves when working days change. */
    public record Counted(Instant from, long workingDays) {}

    /**
     * One date, with who gave it when.
     *
     * @param counted null when it was not counted in working days, but named by somebody or given by the law
     */
    public record Entry(
            Kind kind,
            Instant dueAt,
            Reason reason,
            Instant setAt,
            String setBy,
            @Nullable Counted counted) {}

    /** Adds a date somebody named; from now on it is the one that counts for its kind. */
    @Transactional
    public void set(String appealNumber, Kind kind, Instant dueAt, Reason reason, String actor) {
        set(appealNumber, kind, dueAt, reason, actor, null);
    }

    /**
     * Adds a date; from now on it is the one that counts for its kind.
     *
     * @param counted how it was counted in working days, null when it was not
     */
    @Transactional
    public void set(
            String appealNumber, Kind kind, Instant dueAt, Reason reason, String actor, @Nullable Counted counted) {
        jdbc.sql("""
                        insert into due_date (appeal_number, kind, due_at, reason, set_at, set_by, counted_from,
                            working_days)
                        values (:appeal, :kind, :due, :reason, :now, :actor, :from, :days)
                        """)
                .param("appeal", appealNumber)
                .param("kind", kind.name())
                .param("due", dueAt.atOffset(ZoneOffset.UTC))
                .param("reason", reason.name())
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("actor", actor)
                .param(
                        "from",
                        counted == null ? null : counted.from().atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("days", counted == null ? null : counted.workingDays(), Types.INTEGER)
                .update();
    }

    /** Every date of a case, oldest first. */
    public List<Entry> of(String appealNumber) {
        return jdbc.sql("""
                        select kind, due_at, reason, set_at, set_by, counted_from, working_days from due_date
                        where appeal_number = :appeal
                        order by id
                        """)
                .param("appeal", appealNumber)
                .query((row, n) -> new Entry(
                        Kind.valueOf(row.getString("kind")),
                        row.getObject("due_at", OffsetDateTime.class).toInstant(),
                        Reason.valueOf(row.getString("reason")),
                        row.getObject("set_at", OffsetDateTime.class).toInstant(),
                        row.getString("set_by"),
                        counted(row.getObject("counted_from", OffsetDateTime.class), row.getInt("working_days"))))
                .list();
    }

    private static @Nullable Counted counted(@Nullable OffsetDateTime from, int workingDays) {
        return from == null ? null : new Counted(from.toInstant(), workingDays);
    }

    /** The date that counts now. */
    public Optional<Entry> latest(String appealNumber, Kind kind) {
        return of(appealNumber).stream().filter(entry -> entry.kind() == kind).reduce((earlier, later) -> later);
    }
}
