package org.jiefeng.retraining;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jiefeng.account.Employee;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Draws what is played in a drill and adds up what the trainer gives for it (R73). */
@Service
class Drills {

    private static final int SHORTEST_REMARK = 10;
    private static final int LONGEST_REMARK = 2000;

    private final JdbcClient jdbc;
    private final DrillLibrary library;
    private final CourseLibrary courses;
    private final Employees employees;
    private final RetrainingTexts texts;
    private final Clock clock;
    private final Random random = new SecureRandom();

    Drills(
            JdbcClient jdbc,
            DrillLibrary library,
            CourseLibrary courses,
            Employees employees,
            RetrainingTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.library = library;
        this.courses = courses;
        this.employees = employees;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * What a trainer hands in.
     *
     * @param points by the position of the criterion
     */
    record Grading(
            Map<Integer, Integer> points,
            @Nullable String strengths,
            @Nullable String practise) {

        Grading {
            points = points == null ? Map.of() : points;
        }
    }

    /** Draws the scenario of an attempt, unless it was drawn already; what the person has played comes last. */
    @Transactional
    void draw(Enrolment enrolment, int attempt) {
        if (drill(enrolment.id(), attempt).isPresent()) {
            return;
        }
        List<DrillLibrary.Scenario> candidates = new ArrayList<>(enrolment.courses().stream()
                .flatMap(course -> library.of(course).stream())
                .toList());
        if (candidates.isEmpty()) {
            throw new IllegalStateException("No drill for " + enrolment.courses());
        }
        Map<String, Long> played = new HashMap<>();
        jdbc.sql("""
                        select d.scenario, max(d.id) as latest from drill d join enrolment e on e.id = d.enrolment_id
                        where e.employee_id = :employee group by d.scenario
                        """)
                .param("employee", enrolment.employeeId())
                .query((row, n) -> played.put(row.getString("scenario"), row.getLong("latest")))
                .list();
        Collections.shuffle(candidates, random);
        DrillLibrary.Scenario scenario = Collections.min(
                candidates, Comparator.comparing(candidate -> played.getOrDefault(candidate.code(), 0L)));
        insert(enrolment.id(), attempt, scenario);
    }

    private void insert(long enrolmentId, int attempt, DrillLibrary.Scenario scenario) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into drill (enrolment_id, attempt, scenario, course, title, customer_role, opening_line,
                            difficulties, drawn_at)
                        values (:enrolment, :attempt, :scenario, :course, :title, :role, :opening, :difficulties, :now)
                        """)
                .param("enrolment", enrolmentId)
                .param("attempt", attempt)
                .param("scenario", scenario.code())
                .param("course", scenario.course())
                .param("title", scenario.title())
                .param("role", scenario.role())
                .param("opening", scenario.opening())
                .param("difficulties", String.join("\n", scenario.difficulties()))
                .param("now", now())
                .update(key, "id");
        long drillId = Objects.requireNonNull(key.getKey(), "no drill").longValue();
        int position = 0;
        for (DrillLibrary.Criterion criterion : scenario.criteria()) {
            jdbc.sql("""
                            insert into drill_score (drill_id, position, criterion, max_points)
                            values (:drill, :position, :criterion, :max)
                            """)
                    .param("drill", drillId)
                    .param("position", ++position)
                    .param("criterion", criterion.name())
                    .param("max", criterion.points())
                    .update();
        }
    }

    /** A drawn drill's row. */
    private record Drawn(
            long id,
            int attempt,
            String course,
            String title,
            String customerRole,
            String openingLine,
            String difficulties,
            @Nullable String strengths,
            @Nullable String practise,
            @Nullable String gradedBy) {}

    private Optional<Drawn> drill(long enrolmentId, int attempt) {
        return jdbc.sql("select * from drill where enrolment_id = :enrolment and attempt = :attempt")
                .param("enrolment", enrolmentId)
                .param("attempt", attempt)
                .query(Drawn.class)
                .optional();
    }

    /** The latest attempt whose drill was drawn. */
    Optional<Integer> latestAttempt(long enrolmentId) {
        return jdbc.sql("select max(attempt) from drill where enrolment_id = :enrolment")
                .param("enrolment", enrolmentId)
                .query((row, n) -> Optional.ofNullable(row.getObject(1, Integer.class)))
                .single();
    }

    /** The sheet of an attempt, empty before it was drawn. */
    Optional<DrillSheet> sheet(Enrolment enrolment, int attempt) {
        return drill(enrolment.id(), attempt).map(drill -> {
            List<DrillSheet.Line> lines = lines(drill.id);
            return new DrillSheet(
                    enrolment.businessKey(),
                    employees.find(enrolment.employeeId()).map(Employee::name).orElse(enrolment.employeeId()),
                    attempt,
                    enrolment.drillPassMark(),
                    courses.find(drill.course).map(Course::name).orElse(drill.course),
                    drill.title,
                    drill.customerRole,
                    drill.openingLine,
                    drill.difficulties.lines().toList(),
                    lines,
                    sum(lines),
                    drill.strengths,
                    drill.practise);
        });
    }

    private List<DrillSheet.Line> lines(long drillId) {
        return jdbc.sql("""
                        select position, criterion, max_points, points from drill_score
                        where drill_id = :drill order by position
                        """)
                .param("drill", drillId)
                .query(DrillSheet.Line.class)
                .list();
    }

    private static @Nullable Integer sum(List<DrillSheet.Line> lines) {
        int sum = 0;
        for (DrillSheet.Line line : lines) {
            Integer points = line.points();
            if (points == null) {
                return null;
            }
            sum += points;
        }
        return sum;
    }

    /**
     * Keeps the points for each criterion; until the task is done they may be given anew.
     *
     * @throws InvalidInputException naming every criterion whose points are missing or out of bounds, and missing remarks
     */
    @Transactional
    void grade(Enrolment enrolment, int attempt, Grading grading, String trainer) {
        Drawn drill = drill(enrolment.id(), attempt)
                .orElseThrow(() -> new InvalidInputException("points", texts.of("drill.notDrawn")));
        List<DrillSheet.Line> lines = lines(drill.id);
        List<FieldProblem> problems = new ArrayList<>();
        for (DrillSheet.Line line : lines) {
            Integer points = grading.points().get(line.position());
            if (points == null || points < 0 || points > line.maxPoints()) {
                problems.add(new FieldProblem(
                        "points." + line.position(), texts.of("drill.points", line.criterion(), line.maxPoints())));
            }
        }
        remark(problems, "strengths", grading.strengths());
        remark(problems, "practise", grading.practise());
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        lines.forEach(line -> jdbc.sql(
                        "update drill_score set points = :points where drill_id = :drill and position = :position")
                .param("points", grading.points().get(line.position()))
                .param("drill", drill.id)
                .param("position", line.position())
                .update());
        jdbc.sql("""
                        update drill set strengths = :strengths, practise = :practise, graded_by = :trainer, graded_at = :now
                        where id = :drill
                        """)
                .param("strengths", grading.strengths())
                .param("practise", grading.practise())
                .param("trainer", trainer)
                .param("now", now())
                .param("drill", drill.id)
                .update();
    }

    private void remark(List<FieldProblem> problems, String field, @Nullable String text) {
        int length = text == null ? 0 : text.strip().length();
        if (length < SHORTEST_REMARK || length > LONGEST_REMARK) {
            problems.add(new FieldProblem(
                    field, texts.of("drill." + field, SHORTEST_REMARK, String.valueOf(LONGEST_REMARK))));
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
