package org.jiefeng.retraining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
    private final Drills drills;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final RetrainingTexts texts;
    private final Clock clock;

    Retraining(
            JdbcClient jdbc,
            CourseLibrary library,
            Exams exams,
            Drills drills,
            CaseSheet caseSheet,
            Timeline timeline,
            RetrainingTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.library = library;
        this.exams = exams;
        this.drills = drills;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Enrols an employee and publishes {@code coursesText}, the list of courses with links to their pages.
     *
     * @param renews number of the certificate that this training renews, null for training that was ordered
     */
    @Transactional
    void enrol(
            String businessKey,
            String employeeId,
            List<String> courses,
            int passMark,
            int drillPassMark,
            @Nullable String renews) {
        String list = courses.stream()
                .map(library::get)
                .map(course -> "- [" + course.name() + "](/courses/" + course.code() + ")")
                .collect(Collectors.joining("\n"));
        jdbc.sql("""
                        insert into enrolment (business_key, employee_id, courses, pass_mark, drill_pass_mark, renews, enrolled_at)
                        values (:key, :employee, :courses, :mark, :drillMark, :renews, :now)
                        """)
                .param("key", businessKey)
                .param("employee", employeeId)
                .param("courses", String.join(",", courses))
                .param("mark", passMark)
                .param("drillMark", drillPassMark)
                .param("renews", renews, Types.VARCHAR)
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
                .query(Retraining::enrolment)
                .optional();
    }

    static Enrolment enrolment(ResultSet row, int n) throws SQLException {
        int passMark = row.getInt("pass_mark");
        int drillPassMark = row.getInt("drill_pass_mark");
        return new Enrolment(
                row.getLong("id"),
                row.getString("business_key"),
                row.getString("employee_id"),
                List.of(row.getString("courses").split(",")),
                passMark,
                row.wasNull() ? passMark : drillPassMark);
    }

    /** @throws NotFoundException when nobody is enrolled */
    Enrolment get(String businessKey) {
        return current(businessKey).orElseThrow(() -> new NotFoundException("No retraining in " + businessKey));
    }

    /** Draws what is played in the drill of an attempt. */
    @Transactional
    void drawDrill(String businessKey, int attempt) {
        drills.draw(get(businessKey), attempt);
    }

    /**
     * Adds up the score sheet of an attempt; only now the paper is drawn, so that nobody sees the questions beforehand.
     *
     * @param givenWhole what the form before score sheets asked for, points of 100; counts only where no sheet was drawn,
     *     which is a drill that was open when sheets came
     * @return points of 100
     * @throws InvalidInputException when points are missing
     */
    @Transactional
    int recordDrill(String businessKey, String taskId, int attempt, @Nullable Long givenWhole, String trainer) {
        Enrolment enrolment = get(businessKey);
        Optional<DrillSheet> drawn = drills.sheet(enrolment, attempt);
        if (drawn.isEmpty() && givenWhole != null && givenWhole >= 0 && givenWhole <= 100) {
            return keep(enrolment, taskId, attempt, "", givenWhole.intValue(), null, trainer);
        }
        DrillSheet sheet = drawn.orElseThrow(() -> new InvalidInputException("points", texts.of("drill.notDrawn")));
        Integer score = sheet.score();
        if (score == null) {
            throw new InvalidInputException("points", texts.of("drill.notGraded"));
        }
        caseSheet.write(businessKey, "drillScenario", texts.of("drill.scenario", sheet.course(), sheet.title()));
        caseSheet.write(businessKey, "drillStrengths", String.valueOf(sheet.strengths()));
        caseSheet.write(businessKey, "drillPractise", String.valueOf(sheet.practise()));
        return keep(
                enrolment,
                taskId,
                attempt,
                sheet.title(),
                score,
                sheet.strengths() + "\n\n" + sheet.practise(),
                trainer);
    }

    private int keep(
            Enrolment enrolment,
            String taskId,
            int attempt,
            String scenario,
            int score,
            @Nullable String remarks,
            String trainer) {
        jdbc.sql("""
                        insert into drill_sheet (enrolment_id, task_id, attempt, scenario, score, remarks, trainer, held_at)
                        values (:enrolment, :task, :attempt, :scenario, :score, :remarks, :trainer, :now)
                        """)
                .param("enrolment", enrolment.id())
                .param("task", taskId)
                .param("attempt", attempt)
                .param("scenario", scenario)
                .param("score", score)
                .param("remarks", remarks)
                .param("trainer", trainer)
                .param("now", now())
                .update();
        exams.draw(enrolment.id(), enrolment.courses(), attempt);
        timeline.record(enrolment.businessKey(), trainer, "DRILL_HELD", String.valueOf(attempt));
        return score;
    }

    /** Points of 100 in the exam of an attempt. */
    @Transactional
    int gradeExam(String businessKey, int attempt) {
        return exams.grade(get(businessKey).id(), attempt);
    }

    /** Notes how an attempt ended, and publishes {@code trainingResultText}: what was missing, by criterion and topic. */
    @Transactional
    void recordResult(String businessKey, int attempt, boolean passed) {
        Enrolment enrolment = get(businessKey);
        List<String> lines = new ArrayList<>();
        drills.sheet(enrolment, attempt).ifPresent(sheet -> {
            lines.add(
                    "**" + texts.of("result.drill", String.valueOf(sheet.score()), enrolment.drillPassMark()) + "**\n");
            sheet.lines()
                    .forEach(line -> lines.add("- "
                            + texts.of(
                                    "result.criterion",
                                    line.criterion(),
                                    String.valueOf(line.points()),
                                    line.maxPoints())));
        });
        lines.add("\n**"
                + texts.of("result.exam", exams.score(enrolment.id(), attempt).orElse(0), enrolment.passMark())
                + "**\n");
        exams.results(enrolment.id(), attempt).stream()
                .filter(Exams.TopicResult::isWrongSomewhere)
                .forEach(topic -> lines.add("- " + topicText(topic)));
        caseSheet.write(businessKey, "trainingResultText", String.join("\n", lines));
        timeline.record(
                businessKey, "system", passed ? "RETRAINING_PASSED" : "RETRAINING_NOT_PASSED", String.valueOf(attempt));
    }

    private String topicText(Exams.TopicResult topic) {
        return texts.of(
                "result.topic",
                library.find(topic.course()).map(Course::name).orElse(topic.course()),
                topic.topic() == null ? "" : topic.topic(),
                topic.rightOnes(),
                topic.questions(),
                "/courses/" + topic.course());
    }

    /**
     * How long a certificate holds.
     *
     * @param renewalDays calendar days before its end at which the training that renews it begins
     */
    record Validity(long months, long renewalDays) {}

    /**
     * Issues the certificate of the present enrolment; repeating it issues no second one.
     *
     * @param signedBy the manager who signed the training off
     * @param validity how long it holds, as decision certificate-validity says
     */
    @Transactional
    void certify(String businessKey, String signedBy, Validity validity) {
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
        LocalDate validTo = today.plusMonths(validity.months());
        jdbc.sql("""
                        insert into certificate (number, enrolment_id, employee_id, courses, issued_at, signed_by, valid_to,
                            renew_from)
                        values (:number, :enrolment, :employee, :courses, :now, :by, :validTo, :renewFrom)
                        """)
                .param("number", number)
                .param("enrolment", enrolment.id())
                .param("employee", enrolment.employeeId())
                .param("courses", String.join(",", enrolment.courses()))
                .param("now", now())
                .param("by", signedBy)
                .param("validTo", validTo)
                .param("renewFrom", validTo.minusDays(validity.renewalDays()))
                .update();
        timeline.record(
                businessKey, signedBy, "CERTIFICATE_ISSUED", texts.of("certificate", number, validTo.toString()));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
