package org.jiefeng.retraining;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Draws papers from the question banks, takes answers and grades them; the right answers never leave the server. */
@Service
class Exams {

    private final JdbcClient jdbc;
    private final CourseLibrary library;
    private final RetrainingProperties properties;
    private final RetrainingTexts texts;
    private final Timeline timeline;
    private final Clock clock;
    private final Random random = new SecureRandom();

    Exams(
            JdbcClient jdbc,
            CourseLibrary library,
            RetrainingProperties properties,
            RetrainingTexts texts,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.library = library;
        this.properties = properties;
        this.texts = texts;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** Draws the paper of an attempt, unless it was drawn already; questions of earlier attempts come last. */
    @Transactional
    void draw(long enrolmentId, List<String> courses, int attempt) {
        if (paper(enrolmentId, attempt).isPresent()) {
            return;
        }
        Set<String> seen = new HashSet<>(jdbc.sql("""
                        select question_code from exam_question q join exam_paper p on p.id = q.paper_id
                        where p.enrolment_id = :enrolment
                        """)
                .param("enrolment", enrolmentId)
                .query(String.class)
                .list());
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into exam_paper (enrolment_id, attempt, drawn_at) values (:enrolment, :attempt, :now)")
                .param("enrolment", enrolmentId)
                .param("attempt", attempt)
                .param("now", now())
                .update(key, "id");
        long paperId = Objects.requireNonNull(key.getKey(), "no paper").longValue();
        int position = 0;
        for (String course : courses) {
            List<Course.Question> bank = new ArrayList<>(library.get(course).questions());
            Collections.shuffle(bank, random);
            bank.sort(Comparator.comparing(question -> seen.contains(question.code())));
            for (Course.Question question : bank.subList(0, Math.min(properties.questionsPerCourse(), bank.size()))) {
                insert(paperId, ++position, course, question);
            }
        }
    }

    private void insert(long paperId, int position, String course, Course.Question question) {
        List<String> options = new ArrayList<>(question.options());
        Collections.shuffle(options, random);
        jdbc.sql("""
                        insert into exam_question (paper_id, position, course, topic, question_code, prompt, option_a, option_b,
                            option_c, option_d, correct)
                        values (:paper, :position, :course, :topic, :code, :prompt, :a, :b, :c, :d, :correct)
                        """)
                .param("paper", paperId)
                .param("position", position)
                .param("course", course)
                .param("topic", question.topic())
                .param("code", question.code())
                .param("prompt", question.prompt())
                .param("a", options.get(0))
                .param("b", options.get(1))
                .param("c", options.get(2))
                .param("d", options.get(3))
                .param("correct", options.indexOf(question.options().get(0)))
                .update();
    }

    /** A paper's row; {@code id} is its key. */
    private record Paper(
            long id,
            int attempt,
            boolean submitted,
            @Nullable Integer score) {}

    private Optional<Paper> paper(long enrolmentId, int attempt) {
        return papers("p.enrolment_id = :enrolment and p.attempt = " + attempt, enrolmentId);
    }

    private Optional<Paper> latest(long enrolmentId) {
        return papers(
                "p.enrolment_id = :enrolment and p.attempt ="
                        + " (select max(attempt) from exam_paper where enrolment_id = :enrolment)",
                enrolmentId);
    }

    private Optional<Paper> papers(String where, long enrolmentId) {
        return jdbc.sql("select p.id, p.attempt, p.submitted_at, p.score from exam_paper p where " + where)
                .param("enrolment", enrolmentId)
                .query((row, n) -> new Paper(
                        row.getLong("id"),
                        row.getInt("attempt"),
                        row.getObject("submitted_at") != null,
                        row.getObject("score", Integer.class)))
                .optional();
    }

    /** @throws NotFoundException before the drill of the attempt: the exam comes after it */
    ExamPaper show(Enrolment enrolment) {
        Paper paper = latest(enrolment.id()).orElseThrow(() -> new NotFoundException(texts.of("exam.notYet")));
        List<ExamPaper.Question> questions = jdbc.sql("""
                        select position, course, prompt, option_a, option_b, option_c, option_d
                        from exam_question where paper_id = :paper order by position
                        """)
                .param("paper", paper.id)
                .query((row, n) -> new ExamPaper.Question(
                        row.getInt("position"),
                        library.find(row.getString("course")).map(Course::name).orElse(row.getString("course")),
                        row.getString("prompt"),
                        List.of(
                                row.getString("option_a"),
                                row.getString("option_b"),
                                row.getString("option_c"),
                                row.getString("option_d"))))
                .list();
        return new ExamPaper(enrolment.businessKey(), paper.attempt, enrolment.passMark(), paper.submitted, questions);
    }

    /**
     * Takes the answers of the present paper, once.
     *
     * @param answers index of the chosen option by the question's position
     * @throws InvalidInputException naming every question without an answer
     * @throws ConflictException when the paper was handed in already
     */
    @Transactional
    void submit(Enrolment enrolment, Map<Integer, Integer> answers) {
        Paper paper = latest(enrolment.id()).orElseThrow(() -> new NotFoundException(texts.of("exam.notYet")));
        List<Integer> positions = jdbc.sql(
                        "select position from exam_question where paper_id = :paper order by position")
                .param("paper", paper.id)
                .query(Integer.class)
                .list();
        List<FieldProblem> problems = positions.stream()
                .filter(position -> {
                    Integer chosen = answers.get(position);
                    return chosen == null || chosen < 0 || chosen > 3;
                })
                .map(position -> new FieldProblem("answers." + position, texts.of("exam.unanswered", position)))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        int taken = jdbc.sql("update exam_paper set submitted_at = :now where id = :paper and submitted_at is null")
                .param("now", now())
                .param("paper", paper.id)
                .update();
        if (taken == 0) {
            throw new ConflictException(texts.of("exam.submitted"));
        }
        positions.forEach(position -> jdbc.sql(
                        "update exam_question set chosen = :chosen where paper_id = :paper and position = :position")
                .param("chosen", answers.get(position))
                .param("paper", paper.id)
                .param("position", position)
                .update());
        timeline.record(
                enrolment.businessKey(), enrolment.employeeId(), "EXAM_SUBMITTED", String.valueOf(paper.attempt));
    }

    /** Points of 100 for an attempt; what was not answered is wrong, and so is a paper that was never handed in. */
    @Transactional
    int grade(long enrolmentId, int attempt) {
        Optional<Paper> paper = paper(enrolmentId, attempt);
        if (paper.isEmpty()) {
            return 0;
        }
        int score = jdbc.sql("""
                        select count(*) as questions, sum(case when chosen = correct then 1 else 0 end) as right_ones
                        from exam_question where paper_id = :paper
                        """)
                .param("paper", paper.get().id)
                .query((row, n) -> row.getInt("questions") == 0
                        ? 0
                        : (int) Math.round(100.0 * row.getInt("right_ones") / row.getInt("questions")))
                .single();
        jdbc.sql("update exam_paper set score = :score where id = :paper")
                .param("score", score)
                .param("paper", paper.get().id)
                .update();
        return score;
    }

    /** How many answers about a topic were right. */
    record TopicResult(String course, @Nullable String topic, int questions, int rightOnes) {

        boolean isWrongSomewhere() {
            return rightOnes < questions;
        }
    }

    /** What was known and what was not in an attempt that was graded, by topic: never which answer was the right one. */
    List<TopicResult> results(long enrolmentId, int attempt) {
        return jdbc.sql("""
                        select q.course, q.topic, count(*) as questions,
                            sum(case when q.chosen = q.correct then 1 else 0 end) as right_ones
                        from exam_question q join exam_paper p on p.id = q.paper_id
                        where p.enrolment_id = :enrolment and p.attempt = :attempt and p.score is not null
                        group by q.course, q.topic
                        order by min(q.position)
                        """)
                .param("enrolment", enrolmentId)
                .param("attempt", attempt)
                .query(TopicResult.class)
                .list();
    }

    /** Points of 100, empty before it is graded. */
    Optional<Integer> score(long enrolmentId, int attempt) {
        return paper(enrolmentId, attempt).flatMap(paper -> Optional.ofNullable(paper.score));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
