package org.jiefeng.report;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.process.CaseMessenger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What employees report as unusual, on probation or not, and what was done about it (R62, R74). */
@Service
class AnomalyReports {

    static final int LONGEST_TEXT = 4000;

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String PREFIX = "AN-";

    private final JdbcClient jdbc;
    private final Employees employees;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final CaseMessenger messenger;
    private final MessageSource messages;
    private final Locale locale;
    private final Clock clock;

    AnomalyReports(
            JdbcClient jdbc,
            Employees employees,
            CaseSheet caseSheet,
            Timeline timeline,
            CaseMessenger messenger,
            MessageSource messages,
            Locale deploymentLocale,
            Clock clock) {
        this.jdbc = jdbc;
        this.employees = employees;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.messenger = messenger;
        this.messages = messages;
        this.locale = deploymentLocale;
        this.clock = clock;
    }

    /** What an anomaly is about. */
    enum Kind {
        /** The dialler does what it should not. */
        DIALLER,
        /** Somebody else uses the card, or it behaves strangely. */
        CARD,
        /** A lead list that cannot be right. */
        LIST,
        /** Customers' data where it does not belong. */
        DATA,
        OTHER
    }

    /** A report as it was typed. */
    record Typed(
            String formKey,
            @Nullable String kind,
            @Nullable String happenedOn,
            @Nullable String anomaly) {}

    /** A report with its answer, null as long as there is none. */
    record Anomaly(
            String number,
            LocalDate happenedOn,
            Kind kind,
            String text,
            Instant reportedAt,
            @Nullable String measure,
            @Nullable String answeredBy) {}

    /**
     * Keeps a report and starts {@code anomaly-report}; the same form sent twice is one report.
     *
     * @throws InvalidInputException naming every field that is missing, of a day to come, or too long
     */
    @Transactional
    void report(String employeeId, Typed typed) {
        List<FieldProblem> problems = new ArrayList<>();
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(known -> known.name().equals(typed.kind()))
                .findFirst();
        if (kind.isEmpty()) {
            problems.add(problem("kind"));
        }
        Optional<LocalDate> day = pastDay(typed.happenedOn());
        if (day.isEmpty()) {
            problems.add(problem("happenedOn"));
        }
        String text = typed.anomaly() == null ? "" : typed.anomaly().strip();
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            problems.add(problem("anomaly"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        Optional<String> number = insert(employeeId, typed.formKey(), kind.orElseThrow(), day.orElseThrow(), text);
        if (number.isPresent()) {
            caseSheet.write(number.get(), "appealNumber", number.get());
            caseSheet.write(
                    number.get(), "employeeName", employees.get(employeeId).name());
            caseSheet.write(number.get(), "anomalyKindText", name(kind.orElseThrow()));
            caseSheet.write(number.get(), "anomalyHappenedOn", day.orElseThrow().toString());
            caseSheet.write(number.get(), "anomalyText", text);
            timeline.record(
                    number.get(),
                    employeeId,
                    "ANOMALY_REPORTED",
                    kind.orElseThrow().name());
            messenger.startAnomalyReport(number.get(), employeeId);
        }
    }

    private Optional<String> insert(String employeeId, String formKey, Kind kind, LocalDate day, String text) {
        boolean known =
                jdbc.sql("select count(*) from anomaly_report where employee_id = :employee and form_key = :key")
                                .param("employee", employeeId)
                                .param("key", formKey)
                                .query(Long.class)
                                .single()
                        > 0;
        if (known) {
            return Optional.empty();
        }
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into anomaly_report (employee_id, form_key, happened_on, kind, anomaly, reported_at)
                        values (:employee, :key, :day, :kind, :text, :now)
                        """)
                .param("employee", employeeId)
                .param("key", formKey)
                .param("day", day)
                .param("kind", kind.name())
                .param("text", text)
                .param("now", now())
                .update(key, "id");
        return Optional.of(PREFIX + Objects.requireNonNull(key.getKey(), "no id drawn"));
    }

    /**
     * Keeps what the manager does about it.
     *
     * @throws InvalidInputException when nothing is said
     */
    @Transactional
    void answer(String number, @Nullable String measure, String manager) {
        if (measure == null || measure.isBlank()) {
            throw new InvalidInputException("anomalyAnswer", text("anomaly.problem.answer"));
        }
        jdbc.sql("""
                        update anomaly_report set measure = :measure, answered_by = :by, answered_at = :now
                        where id = :id
                        """)
                .param("measure", measure.strip())
                .param("by", manager)
                .param("now", now())
                .param("id", Long.parseLong(number.substring(PREFIX.length())))
                .update();
        timeline.record(number, manager, "ANOMALY_ANSWERED", null);
    }

    /** Somebody's own reports, newest first. */
    List<Anomaly> of(String employeeId) {
        return jdbc.sql("select * from anomaly_report where employee_id = :employee order by id desc")
                .param("employee", employeeId)
                .query((row, n) -> new Anomaly(
                        PREFIX + row.getLong("id"),
                        row.getObject("happened_on", LocalDate.class),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("anomaly"),
                        row.getObject("reported_at", OffsetDateTime.class).toInstant(),
                        row.getString("measure"),
                        row.getString("answered_by")))
                .list();
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), SHANGHAI);
    }

    String name(Kind kind) {
        return text("anomaly.kind." + kind);
    }

    private Optional<LocalDate> pastDay(@Nullable String typed) {
        try {
            return Optional.ofNullable(typed)
                    .filter(day -> !day.isBlank())
                    .map(String::strip)
                    .map(LocalDate::parse)
                    .filter(day -> !day.isAfter(today()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private FieldProblem problem(String field) {
        return new FieldProblem(field, text("anomaly.problem." + field, LONGEST_TEXT));
    }

    private String text(String key, Object... details) {
        return messages.getMessage(key, details, locale);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
