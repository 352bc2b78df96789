package org.jiefeng.retraining;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** From enrolment to certificate. */
@Service
class Retraining {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final JdbcClient jdbc;
    private final CourseLibrary library;
    private final Exams exams;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final RetrainingProperties properties;
    private final RetrainingTexts texts;
    private final Clock clock;

    Retraining(
            JdbcClient jdbc,
            CourseLibrary library,
            Exams exams,
            CaseSheet caseSheet,
            Timeline timeline,
            RetrainingProperties properties,
            RetrainingTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.library = library;
        this.exams = exams;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.properties = properties;
        this.texts = texts;
        this.clock = clock;
    }

    /** Enrols an employee and publishes {@code coursesText}, the list of courses with links to their pages. */
    @Transactional
    void enrol(String businessKey, String employeeId, List<String> courses, int passMark) {
        String list = courses.stream()
                .map(library::get)
                .map(course -> "- [" + course.name() + "](/courses/" + course.code() + ")")
                .collect(Collectors.joining("\n"));
        jdbc.sql("""
                        insert into enrolment (business_key, employee_id, courses, pass_mark, enrolled_at)
                        values (:key, :employee, :courses, :mark, :now)
                        """)
                .param("key", businessKey)
                .param("employee", employeeId)
                .param("courses", String.join(",", courses))
                .param("mark", passMark)
                .param("now", now())
                .update();
        caseSheet.write(businessKey, "coursesText", list);
        timeline.record(businessKey, "system", "ENROLLED", null);
    }

    /** The present enrolment of a case. */
    Optional<Enrolment> current(String businessKey) {
        return jdbc.sql("""
                        select * from enrolment where business_key = :key
                        order by id desc fetch first 1 row only
                        """)
                .param("key", businessKey)
                .query((row, n) -> new Enrolment(
                        row.getLong("id"),
                        row.getString("business_key"),
                        row.getString("employee_id"),
                        List.of(row.getString("courses").split(",")),
                        row.getInt("pass_mark")))
                .optional();
    }

    /** @throws NotFoundException when nobody is enrolled */
    Enrolment get(String businessKey) {
        return current(businessKey).orElseThrow(() -> new NotFoundException("No retraining in " + businessKey));
    }

    /**
     * Keeps the drill of an attempt; only now the paper is drawn, so that nobody sees the questions beforehand.
     *
     * @throws InvalidInputException when the points are not between 0 and 100
     */
    @Transactional
    void recordDrill(
            String businessKey,
            String taskId,
            int attempt,
            long score,
            @Nullable String scenario,
            @Nullable String remarks,
            String trainer) {
        if (score < 0 || score > 100) {
            throw new InvalidInputException("drillScore", texts.of("drill.score"));
        }
        Enrolment enrolment = get(businessKey);
        jdbc.sql("""
                        insert into drill_sheet (enrolment_id, task_id, attempt, scenario, score, remarks, trainer, held_at)
                        values (:enrolment, :task, :attempt, :scenario, :score, :remarks, :trainer, :now)
                        """)
                .param("enrolment", enrolment.id())
                .param("task", taskId)
                .param("attempt", attempt)
                .param("scenario", scenario == null ? "" : scenario)
                .param("score", score)
                .param("remarks", remarks)
                .param("trainer", trainer)
                .param("now", now())
                .update();
        exams.draw(enrolment.id(), enrolment.courses(), attempt);
        timeline.record(businessKey, trainer, "DRILL_HELD", String.valueOf(attempt));
    }

    /** Points of 100 in the exam of an attempt. */
    @Transactional
    int gradeExam(String businessKey, int attempt) {
        return exams.grade(get(businessKey).id(), attempt);
    }

    /** Notes how an attempt ended. */
    void recordResult(String businessKey, int attempt, boolean passed) {
        timeline.record(
                businessKey, "system", passed ? "RETRAINING_PASSED" : "RETRAINING_NOT_PASSED", String.valueOf(attempt));
    }

    /**
     * Issues the certificate of the present enrolment; repeating it issues no second one.
     *
     * @param signedBy the manager who signed the training off
     */
    @Transactional
    void certify(String businessKey, String signedBy) {
        Enrolment enrolment = get(businessKey);
        boolean issued = jdbc.sql("select count(*) from certificate where enrolment_id = :id")
                        .param("id", enrolment.id())
                        .query(Long.class)
                        .single()
                > 0;
        if (issued) {
            return;
        }
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into certificate_number (drawn_at) values (:now)")
                .param("now", now())
                .update(key, "id");
        LocalDate today = LocalDate.ofInstant(clock.instant(), SHANGHAI);
        String number = "CT-%d-%06d"
                .formatted(
                        today.getYear(),
                        Objects.requireNonNull(key.getKey(), "no number drawn").longValue());
        LocalDate validTo = today.plusMonths(properties.certificateMonths());
        jdbc.sql("""
                        insert into certificate (number, enrolment_id, employee_id, courses, issued_at, signed_by, valid_to)
                        values (:number, :enrolment, :employee, :courses, :now, :by, :validTo)
                        """)
                .param("number", number)
                .param("enrolment", enrolment.id())
                .param("employee", enrolment.employeeId())
                .param("courses", String.join(",", enrolment.courses()))
                .param("now", now())
                .param("by", signedBy)
                .param("validTo", validTo)
                .update();
        timeline.record(
                businessKey, signedBy, "CERTIFICATE_ISSUED", texts.of("certificate", number, validTo.toString()));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
