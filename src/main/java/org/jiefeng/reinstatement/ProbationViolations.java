package org.jiefeng.reinstatement;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConductRecord;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The rules that were broken inside a probation, and what followed (R36, R52). */
@Service
class ProbationViolations {

    private final JdbcClient jdbc;
    private final CaseSheet caseSheet;
    private final ConductRecord conduct;
    private final Timeline timeline;
    private final TermsText texts;
    private final MessageSource messages;
    private final Locale locale;
    private final Clock clock;

    ProbationViolations(
            JdbcClient jdbc,
            CaseSheet caseSheet,
            ConductRecord conduct,
            Timeline timeline,
            TermsText texts,
            MessageSource messages,
            Locale deploymentLocale,
            Clock clock) {
        this.jdbc = jdbc;
        this.caseSheet = caseSheet;
        this.conduct = conduct;
        this.timeline = timeline;
        this.texts = texts;
        this.messages = messages;
        this.locale = deploymentLocale;
        this.clock = clock;
    }

    /** A violation on record, and how many this probation has seen before. */
    record Recorded(long id, long earlier) {}

    private record Violation(
            String employeeId,
            String code,
            LocalDate on,
            @Nullable String answer) {}

    /** Notes a violation and publishes all of this probation for whoever has to judge. */
    @Transactional
    Recorded record(String appealNumber, String code, Instant violatedAt) {
        String employee = jdbc.sql("select employee_id from probation where appeal_number = :appeal")
                .param("appeal", appealNumber)
                .query(String.class)
                .single();
        long earlier = of(appealNumber).size();
        KeyHolder id = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into probation_violation (appeal_number, employee_id, violation, violated_on, found_at)
                        values (:appeal, :employee, :code, :on, :now)
                        """)
                .param("appeal", appealNumber)
                .param("employee", employee)
                .param("code", code)
                .param("on", LocalDate.ofInstant(violatedAt, WorkingCalendar.ZONE))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update(id, "id");
        timeline.record(appealNumber, "system", "PROBATION_VIOLATION", inWords(code));
        publish(appealNumber);
        return new Recorded(Objects.requireNonNull(id.getKey()).longValue(), earlier);
    }

    /**
     * Warns in writing (R52), once for one violation however many probations answer it.
     *
     * @param answer WARN or TIGHTEN; the latter lowers the next step
     */
    @Transactional
    void warn(String appealNumber, long id, String answer) {
        jdbc.sql("update probation_violation set answer = :answer where id = :id")
                .param("answer", answer)
                .param("id", id)
                .update();
        Violation violation = jdbc.sql("select * from probation_violation where id = :id")
                .param("id", id)
                .query((row, n) -> new Violation(
                        row.getString("employee_id"),
                        row.getString("violation"),
                        row.getObject("violated_on", LocalDate.class),
                        row.getString("answer")))
                .single();
        conduct.warnOnce(
                violation.employeeId,
                appealNumber,
                violation.code,
                texts.text(
                        "violation.warning." + answer, inWords(violation.code), violation.on.toString(), appealNumber),
                occasion(violation));
        timeline.record(appealNumber, "system", "PROBATION_WARNING", inWords(violation.code));
        publish(appealNumber);
    }

    /** The same violation may be answered in two probations at once. */
    private static String occasion(Violation violation) {
        String what = violation.employeeId + " " + violation.code + " " + violation.on;
        return "VIOLATION " + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
    }

    private void publish(String appealNumber) {
        caseSheet.write(
                appealNumber,
                "violationText",
                of(appealNumber).stream()
                        .map(one -> texts.text(
                                "violation.line",
                                one.on.toString(),
                                inWords(one.code),
                                texts.text("violation.answer." + (one.answer == null ? "OPEN" : one.answer))))
                        .collect(Collectors.joining("\n")));
    }

    private List<Violation> of(String appealNumber) {
        return jdbc.sql("select * from probation_violation where appeal_number = :appeal order by id")
                .param("appeal", appealNumber)
                .query((row, n) -> new Violation(
                        row.getString("employee_id"),
                        row.getString("violation"),
                        row.getObject("violated_on", LocalDate.class),
                        row.getString("answer")))
                .list();
    }

    /** In the words call-prevention has for it; a code nobody has words for is shown as it is. */
    private String inWords(String code) {
        return String.valueOf(messages.getMessage("calling.violation." + code, null, code, locale));
    }
}
