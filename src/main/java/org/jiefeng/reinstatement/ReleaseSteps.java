package org.jiefeng.reinstatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DailyCaps;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The calls a day of a probation, let up in steps: counted here, decided by {@code release-step}, bound to the person like
 * every other condition, so that the strictest of them still wins (R23).
 */
@Service
class ReleaseSteps implements DailyCaps {

    private final JdbcClient jdbc;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final TermsText texts;
    private final Clock clock;

    ReleaseSteps(JdbcClient jdbc, CaseSheet caseSheet, Timeline timeline, TermsText texts, Clock clock) {
        this.jdbc = jdbc;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * What the next step is decided by.
     *
     * @param present calls a day of the present step, 0 before the first one
     * @param cleanDays whole days without complaint and violation, up to yesterday, at the present step
     * @param newComplaints complaints that no step has answered yet
     * @param newTightenings the same of violations that tighten
     */
    record Standing(long present, long cleanDays, long newComplaints, long newTightenings) {}

    private record Row(
            String employeeId,
            Instant reopenedAt,
            @Nullable Integer step,
            @Nullable LocalDate since,
            long complaints,
            long tightenings) {}

    /**
     * How the probation stands. What is new counts as answered from now on, because the step is decided and applied in the
     * same transaction.
     */
    @Transactional
    Standing count(String appealNumber) {
        // Whoever comes second waits, and then sees what the first has done.
        Row row = row(appealNumber, " for update");
        LocalDate reopened = LocalDate.ofInstant(row.reopenedAt, WorkingCalendar.ZONE);
        long complaints = countOf("""
                select count(*) from complaint where employee_id = :person and received_at >= :since
                """, row.employeeId, row.reopenedAt);
        long tightenings =
                jdbc.sql("""
                        select count(*) from probation_violation where appeal_number = :appeal and answer = 'TIGHTEN'
                        """).param("appeal", appealNumber).query(Long.class).single();
        LocalDate since = Stream.of(
                        Optional.ofNullable(row.since).orElse(reopened),
                        dayAfter(lastComplaint(row)),
                        dayAfter(lastViolation(row, reopened)))
                .filter(Objects::nonNull)
                .max(LocalDate::compareTo)
                .orElse(reopened);
        jdbc.sql("""
                        update probation set complaints_counted = :complaints, tightenings_counted = :tightenings
                        where appeal_number = :appeal
                        """)
                .param("complaints", complaints)
                .param("tightenings", tightenings)
                .param("appeal", appealNumber)
                .update();
        return new Standing(
                row.step == null ? 0 : row.step,
                Math.max(0, ChronoUnit.DAYS.between(since, today())),
                complaints - row.complaints,
                tightenings - row.tightenings);
    }

    private @Nullable LocalDate lastComplaint(Row row) {
        return jdbc.sql("select max(received_at) from complaint where employee_id = :person and received_at >= :since")
                .param("person", row.employeeId)
                .param("since", at(row.reopenedAt))
                .query((found, n) -> Optional.ofNullable(found.getObject(1, OffsetDateTime.class)))
                .single()
                .map(last -> LocalDate.ofInstant(last.toInstant(), WorkingCalendar.ZONE))
                .orElse(null);
    }

    /** On any card: a violation is the person's, whichever probation answers it. */
    private @Nullable LocalDate lastViolation(Row row, LocalDate reopened) {
        return jdbc.sql("""
                        select max(violated_on) from probation_violation
                        where employee_id = :person and violated_on >= :since
                        """)
                .param("person", row.employeeId)
                .param("since", reopened)
                .query((found, n) -> Optional.ofNullable(found.getObject(1, LocalDate.class)))
                .single()
                .orElse(null);
    }

    private static @Nullable LocalDate dayAfter(@Nullable LocalDate day) {
        return day == null ? null : day.plusDays(1);
    }

    /**
     * Puts a step into force at once and tells of it. The step that is in force already changes nothing.
     *
     * @param calls a day, from decision {@code release-step}
     * @param reason its code there
     * @return whether the cap has changed
     */
    @Transactional
    boolean apply(String appealNumber, long calls, String reason, long cleanDays) {
        Row row = row(appealNumber, "");
        if (row.step != null && row.step == calls) {
            return false;
        }
        OffsetDateTime now = at(clock.instant());
        jdbc.sql("update probation set daily_step = :calls, step_since = :today where appeal_number = :appeal")
                .param("calls", calls)
                .param("today", today())
                .param("appeal", appealNumber)
                .update();
        jdbc.sql("""
                        update release_condition set valid_to = :now
                        where appeal_number = :appeal and origin = 'STEP' and valid_to is null
                        """).param("now", now).param("appeal", appealNumber).update();
        jdbc.sql("""
                        insert into release_condition (appeal_number, employee_id, kind, rule_value, origin,
                            source_text, from_day, to_day, valid_from, valid_to)
                        values (:appeal, :employee, 'DAILY_CAP', :value, 'STEP', :source, 1, null, :now, null)
                        """)
                .param("appeal", appealNumber)
                .param("employee", row.employeeId)
                .param("value", String.valueOf(calls))
                .param("source", "STEP release-step " + reason)
                .param("now", now)
                .update();
        jdbc.sql("""
                        insert into release_step (appeal_number, employee_id, from_cap, to_cap, reason, clean_days,
                            changed_at)
                        values (:appeal, :employee, :from, :to, :reason, :days, :now)
                        """)
                .param("appeal", appealNumber)
                .param("employee", row.employeeId)
                .param("from", row.step)
                .param("to", calls)
                .param("reason", reason)
                .param("days", cleanDays)
                .param("now", now)
                .update();
        timeline.record(
                appealNumber,
                "system",
                row.step == null ? "CAP_BEGUN" : calls > row.step ? "CAP_RAISED" : "CAP_LOWERED",
                (row.step == null ? "" : row.step + " → ") + calls + " · " + why(reason, cleanDays));
        of(appealNumber).ifPresent(cap -> caseSheet.write(appealNumber, "stepText", inWords(cap)));
        return true;
    }

    @Override
    public Optional<DailyCap> of(String appealNumber) {
        List<Change> changes = jdbc.sql("select * from release_step where appeal_number = :appeal order by id desc")
                .param("appeal", appealNumber)
                .query((row, n) -> new Change(
                        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                        row.getObject("from_cap", Integer.class) == null ? null : row.getLong("from_cap"),
                        row.getLong("to_cap"),
                        why(row.getString("reason"), row.getLong("clean_days"))))
                .list();
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        List<InForce> caps = inForce(appealNumber);
        Long strictest = caps.stream().map(InForce::calls).min(Long::compare).orElse(null);
        return Optional.of(new DailyCap(
                strictest,
                caps.stream()
                        .filter(cap -> cap.calls == Objects.requireNonNull(strictest))
                        .flatMap(cap -> Arrays.stream(cap.origin.split("\\+")))
                        .distinct()
                        .map(origin -> texts.text("origin." + origin))
                        .collect(Collectors.joining(texts.text("origin.and"))),
                caps.stream()
                        .filter(cap -> cap.ofThisCase && cap.origin.equals(Origin.STEP.name()))
                        .map(InForce::calls)
                        .findFirst()
                        .orElse(null),
                changes));
    }

    private record InForce(long calls, String origin, boolean ofThisCase) {}

    /** Every daily cap of the person, whichever case it comes from. */
    private List<InForce> inForce(String appealNumber) {
        return jdbc.sql("""
                        select c.rule_value, c.origin, c.appeal_number from release_condition c
                        where c.employee_id = (select employee_id from probation where appeal_number = :appeal)
                          and c.kind = 'DAILY_CAP' and c.valid_from <= :now
                          and (c.valid_to is null or c.valid_to > :now)
                        order by c.id
                        """)
                .param("appeal", appealNumber)
                .param("now", at(clock.instant()))
                .query((row, n) -> new InForce(
                        row.getLong("rule_value"),
                        row.getString("origin"),
                        row.getString("appeal_number").equals(appealNumber)))
                .list();
    }

    private String inWords(DailyCap cap) {
        Change last = cap.changes().get(0);
        String why = texts.text(
                "step.now",
                String.valueOf(cap.calls()),
                cap.origin(),
                String.valueOf(last.to()),
                last.why(),
                LocalDate.ofInstant(last.at(), WorkingCalendar.ZONE).toString());
        return why + "\n\n" + texts.text("step.rule");
    }

    private String why(String reason, long cleanDays) {
        return texts.text("step.why." + reason, cleanDays);
    }

    private Row row(String appealNumber, String lock) {
        return jdbc.sql("select * from probation where appeal_number = :appeal" + lock)
                .param("appeal", appealNumber)
                .query((row, n) -> row(row))
                .single();
    }

    private static Row row(ResultSet row) throws SQLException {
        OffsetDateTime reopened =
                Objects.requireNonNull(row.getObject("reopened_at", OffsetDateTime.class), "calling is not open yet");
        return new Row(
                row.getString("employee_id"),
                reopened.toInstant(),
                row.getObject("daily_step", Integer.class),
                row.getObject("step_since", LocalDate.class),
                row.getLong("complaints_counted"),
                row.getLong("tightenings_counted"));
    }

    private long countOf(String sql, String person, Instant since) {
        return jdbc.sql(sql)
                .param("person", person)
                .param("since", at(since))
                .query(Long.class)
                .single();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), WorkingCalendar.ZONE);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
