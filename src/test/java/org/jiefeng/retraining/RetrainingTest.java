package org.jiefeng.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.CaseTasks;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Timeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.authentication.TestingAuthenticationToken;

/** Enrolment, drill, exam, grading and certificate on the tables. */
class RetrainingTest {

    private static final List<String> COURSES = List.of("CADENCE", "OPT_OUT");

    private final CaseTasks tasks = mock(CaseTasks.class);
    private TestRoom room;
    private Retraining retraining;
    private Exams exams;
    private Drills drills;
    private String appeal;

    TestRoom open() {
        return TestRoom.onH2(this::register);
    }

    final void register(AnnotationConfigApplicationContext context) {
        context.registerBean(RetrainingProperties.class, () -> new RetrainingProperties(5));
        context.registerBean(CaseTasks.class, () -> tasks);
        context.register(
                CourseLibrary.class,
                DrillLibrary.class,
                RetrainingTexts.class,
                Exams.class,
                Drills.class,
                DrillApi.class,
                CertificateRenewals.class,
                TrainingRegister.class,
                Retraining.class,
                TrainingRecords.class,
                ExamApi.class);
    }

    @BeforeEach
    void setUp() {
        room = open();
        retraining = room.get(Retraining.class);
        exams = room.get(Exams.class);
        drills = room.get(Drills.class);
        appeal = room.openAppeal("employee");
        retraining.enrol(appeal, "employee", COURSES, 80, 80, null);
    }

    @AfterEach
    void tearDown() throws Exception {
        room.close();
    }

    @Test
    void enrolmentPublishesTheCoursesWithTheirPages() {
        assertThat(room.get(CaseSheet.class).find(appeal, "coursesText"))
                .contains("- [Call cadence and caps](/courses/CADENCE)\n"
                        + "- [Refusals and the do-not-call list](/courses/OPT_OUT)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> retraining.enrol(appeal, "employee", List.of("NO_SUCH_COURSE"), 80, 80, null));
    }

    @Test
    void paperComesAfterTheDrillAndWithoutAnswers() {
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> exams.show(enrolment()));

        drill(1, 90);

        ExamPaper paper = exams.show(enrolment());
        assertThat(paper.questions()).hasSize(10);
        assertThat(paper.questions())
                .extracting(ExamPaper.Question::course)
                .containsOnly("Call cadence and caps", "Refusals and the do-not-call list");
        assertThat(paper).returns(1, ExamPaper::attempt).returns(80, ExamPaper::passMark);
    }

    @Test
    void optionsAreShuffledAndTheRightOneIsKnown() {
        drill(1, 90);
        CourseLibrary library = room.get(CourseLibrary.class);

        room.jdbc()
                .sql("select course, question_code, correct, option_a, option_b, option_c, option_d from exam_question")
                .query((row, n) -> {
                    Course.Question question = library.get(row.getString("course")).questions().stream()
                            .filter(known -> known.code().equals(string(row)))
                            .findFirst()
                            .orElseThrow();
                    List<String> shown = List.of(
                            row.getString("option_a"),
                            row.getString("option_b"),
                            row.getString("option_c"),
                            row.getString("option_d"));
                    assertThat(shown.get(row.getInt("correct")))
                            .isEqualTo(question.options().get(0));
                    return n;
                })
                .list();
    }

    private static String string(java.sql.ResultSet row) {
        try {
            return row.getString("question_code");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void gradeIsTheShareOfRightAnswers() {
        drill(1, 90);
        exams.submit(enrolment(), answers(7));

        assertThat(retraining.gradeExam(appeal, 1)).isEqualTo(70);
        assertThat(retraining.gradeExam(appeal, 2)).isZero();
    }

    @Test
    void paperNeverHandedInIsWorthNothing() {
        drill(1, 90);

        assertThat(retraining.gradeExam(appeal, 1)).isZero();
    }

    @Test
    void incompletePaperIsRefusedQuestionByQuestion() {
        drill(1, 90);
        Map<Integer, Integer> answers = answers(10);
        answers.remove(3);
        answers.put(5, 4);

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> exams.submit(enrolment(), answers))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(problem -> problem.field())
                        .containsExactly("answers.3", "answers.5"));
        exams.submit(enrolment(), answers(10));
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> exams.submit(enrolment(), answers(9)));
        assertThat(retraining.gradeExam(appeal, 1)).isEqualTo(100);
    }

    @Test
    void secondAttemptPrefersQuestionsNotSeenYet() {
        drill(1, 90);
        Set<String> first = codes();
        drill(2, 90);
        Set<String> second = codes();
        second.removeAll(first);

        // Twelve questions in each bank: ten that were not seen yet are drawn before any comes again.
        assertThat(second).hasSize(10);
        assertThat(exams.show(enrolment()).attempt()).isEqualTo(2);
    }

    private Set<String> codes() {
        return new HashSet<>(room.jdbc()
                .sql("select question_code from exam_question")
                .query(String.class)
                .list());
    }

    @Test
    void onlyTheExamineeSeesThePaper() {
        drill(1, 90);
        ExamApi api = room.get(ExamApi.class);

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> api.paper(appeal, new TestingAuthenticationToken("manager", "", "managers")));
        assertThat(api.paper(appeal, new TestingAuthenticationToken("employee", "", "employees"))
                        .questions())
                .hasSize(10);
    }

    @Test
    void drillAndExamMustBothReachTheirPassMark() {
        assertThat(graded(90, 10, 80)).containsExactly(100L, true, null);
        assertThat(graded(79, 10, 80)).containsExactly(100L, false, 2L);
        assertThat(graded(80, 8, 80)).containsExactly(80L, true, null);
        assertThat(graded(100, 7, 80)).containsExactly(70L, false, 2L);
        assertThat(graded(70, 8, 70)).containsExactly(80L, true, null);
        assertThat(graded(69, 8, 70)).containsExactly(80L, false, 2L);
    }

    private Object[] graded(int drill, int right, long drillPassMark) {
        retraining.enrol(appeal, "employee", COURSES, 80, 80, null);
        drill(1, drill);
        exams.submit(enrolment(), answers(right));
        DelegateExecution execution = mock(DelegateExecution.class);
        Map<String, Object> set = new HashMap<>();
        when(execution.getProcessBusinessKey()).thenReturn(appeal);
        when(execution.getVariable("trainingAttempt")).thenReturn(1L);
        when(execution.getVariable("passMark")).thenReturn(80L);
        when(execution.getVariable("drillPassMark")).thenReturn(drillPassMark);
        when(execution.getVariable("drillScore")).thenReturn((long) drill);
        org.mockito.Mockito.doAnswer(call -> set.put(call.getArgument(0), call.getArgument(1)))
                .when(execution)
                .setVariable(org.mockito.ArgumentMatchers.anyString(), org.mockito.ArgumentMatchers.any());

        new GradeRetrainingDelegate(retraining).execute(execution);

        verify(execution).setVariable("retrainingPassed", set.get("retrainingPassed"));
        return new Object[] {set.get("examScore"), set.get("retrainingPassed"), set.get("trainingAttempt")};
    }

    @Test
    void certificateIsIssuedOnceAndSeenInTheTimelineAndTheEvidence() {
        drill(1, 90);
        exams.submit(enrolment(), answers(9));
        retraining.gradeExam(appeal, 1);

        retraining.certify(appeal, "manager", new Retraining.Validity(12, 30));
        retraining.certify(appeal, "manager", new Retraining.Validity(12, 30));

        assertThat(room.get(Timeline.class).entries(appeal))
                .filteredOn(entry -> entry.kind().equals("CERTIFICATE_ISSUED"))
                .extracting(Timeline.Entry::detail)
                .containsExactly("CT-2026-000001, valid until 2027-03-03");
        List<CaseRecords.Extract> extracts =
                room.get(TrainingRecords.class).of(room.get(AppealService.class).get(appeal));
        assertThat(extracts).singleElement().satisfies(extract -> {
            assertThat(extract.item()).isEqualTo("TRAINING_RECORD");
            assertThat(extract.rows())
                    .containsExactly(List.of(
                            "2026-03-03",
                            appeal,
                            "Call cadence and caps; Refusals and the do-not-call list",
                            "1",
                            "90",
                            "90",
                            "CT-2026-000001",
                            "2027-03-03"));
        });
    }

    @Test
    void certificateThatEndsSoonIsRenewedOnce() {
        CertificateRenewals renewals = room.get(CertificateRenewals.class);
        retraining.certify(appeal, "manager", new Retraining.Validity(12, 30));
        room.now(Instant.parse("2027-01-31T02:00:00Z"));
        assertThat(renewals.due()).as("31 days before its end").isEmpty();
        room.now(Instant.parse("2027-02-01T02:00:00Z"));

        CertificateRenewals.Ending ending = new CertificateRenewals.Ending("CT-2026-000001", "employee");
        assertThat(renewals.due()).containsExactly(ending);
        assertThat(ending.renewalNumber()).isEqualTo("CR-2026-000001");
        assertThat(renewals.courses(ending)).isEqualTo("CADENCE,OPT_OUT");
        assertThat(renewals.open(ending)).isTrue();
        assertThat(renewals.open(ending)).as("another node").isFalse();
        assertThat(renewals.due()).isEmpty();
    }

    @Test
    void trainingThatIsUnderWayOrALaterCertificateNeedsNoRenewal() {
        CertificateRenewals renewals = room.get(CertificateRenewals.class);
        retraining.certify(appeal, "manager", new Retraining.Validity(12, 30));
        String other = room.openAppeal("employee");
        retraining.enrol(other, "employee", List.of("PIPL"), 80, 80, null);
        room.now(Instant.parse("2027-02-20T02:00:00Z"));
        assertThat(renewals.due()).as("ordered training is under way").isEmpty();

        retraining.certify(other, "manager", new Retraining.Validity(12, 30));
        assertThat(renewals.due()).as("a later certificate holds").isEmpty();
        room.now(Instant.parse("2028-01-25T02:00:00Z"));
        assertThat(renewals.due())
                .extracting(CertificateRenewals.Ending::number)
                .containsExactly("CT-2027-000002");
        room.now(Instant.parse("2027-02-25T02:00:00Z"));
        assertThat(renewals.courses(new CertificateRenewals.Ending("CT-2027-000002", "employee")))
                .as("what else still holds is not forgotten")
                .isEqualTo("PIPL,CADENCE,OPT_OUT");
    }

    @Test
    void recordShowsToEachWhatIsHisOrHers() {
        TrainingRegister register = room.get(TrainingRegister.class);
        drill(1, 90);
        exams.submit(enrolment(), answers(10));
        retraining.gradeExam(appeal, 1);
        retraining.certify(appeal, "manager", new Retraining.Validity(12, 30));
        String theirs = room.openAppeal("employee2");
        retraining.enrol(theirs, "employee2", COURSES, 80, 80, null);

        assertThat(register.visibleTo(person("employee", "employees")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .returns(1, TrainingRegister.Row::attempts)
                        .returns(90, TrainingRegister.Row::drillScore)
                        .returns(100, TrainingRegister.Row::examScore));
        assertThat(register.visibleTo(person("trainer", "trainers"))).hasSize(2);
        assertThat(register.visibleTo(person("manager", "managers"))).hasSize(2);
        assertThat(register.visibleTo(person("stranger", "managers"))).isEmpty();
        assertThat(TrainingRegister.departments(register.visibleTo(person("auditor", "auditors"))))
                .extracting(TrainingRegister.Department::id)
                .containsExactlyInAnyOrder("of-employee", "of-employee2");
        assertThat(register.certified("CT-2026-000001", person("employee", "employees")))
                .hasValueSatisfying(row -> assertThat(row.name()).isEqualTo("Li Na"));
        assertThat(register.certified("CT-2026-000001", person("employee2", "employees")))
                .isEmpty();
        assertThat(register.find(enrolment().id(), person("employee2", "employees")))
                .isEmpty();
    }

    /** Nobody shall know beforehand what is played. */
    @Test
    void drillIsShownOnlyWhenItWasHeld() {
        TrainingRegister register = room.get(TrainingRegister.class);
        retraining.drawDrill(appeal, 1);
        assertThat(register.attempts(enrolment())).isEmpty();

        drill(1, 90);

        assertThat(register.attempts(enrolment()))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.drill()).isNotNull());
    }

    @Test
    void drillIsDrawnOnceAnAttemptAndNotTheSameTwice() {
        retraining.drawDrill(appeal, 1);
        String first = scenario(1);
        retraining.drawDrill(appeal, 1);
        assertThat(scenario(1)).isEqualTo(first);

        for (int attempt = 2; attempt <= 4; attempt++) {
            retraining.drawDrill(appeal, attempt);
        }

        // Two courses of two scenarios each: each one is played before any comes again, and never twice in a row.
        assertThat(List.of(first, scenario(2), scenario(3), scenario(4))).doesNotHaveDuplicates();
        retraining.enrol(appeal, "employee", COURSES, 80, 80, null);
        retraining.drawDrill(appeal, 1);
        assertThat(scenario(1)).isEqualTo(first);
    }

    private String scenario(int attempt) {
        return room.jdbc()
                .sql("select scenario from drill where enrolment_id = :enrolment and attempt = :attempt")
                .param("enrolment", enrolment().id())
                .param("attempt", attempt)
                .query(String.class)
                .single();
    }

    @Test
    void everyCriterionGetsPointsWithinItsBounds() {
        retraining.drawDrill(appeal, 1);
        Map<Integer, Integer> points = fullMarks();
        points.remove(2);
        points.put(3, 21);
        points.put(4, -1);

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> drills.grade(enrolment(), 1, new Drills.Grading(points, "short", null), "trainer"))
                .satisfies(e -> {
                    assertThat(e.problems())
                            .extracting(problem -> problem.field())
                            .containsExactly("points.2", "points.3", "points.4", "strengths", "practise");
                    assertThat(e.problems().get(1).reason())
                            .startsWith("Accepts a refusal at once")
                            .endsWith("a whole number from 0 to 20.");
                });
        assertThatExceptionOfType(InvalidInputException.class)
                .as("no exam without a graded drill")
                .isThrownBy(() -> retraining.recordDrill(appeal, "task", 1, null, "trainer"));
    }

    @Test
    void aDrillThatWasOpenWhenSheetsCameCanStillBeEnded() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> retraining.recordDrill(appeal, "task-old", 3, 101L, "trainer"));

        assertThat(retraining.recordDrill(appeal, "task-old", 3, 85L, "trainer"))
                .isEqualTo(85);
        assertThat(exams.show(enrolment()).attempt()).isEqualTo(3);

        retraining.drawDrill(appeal, 4);
        assertThatExceptionOfType(InvalidInputException.class)
                .as("where there is a sheet, only the sheet counts")
                .isThrownBy(() -> retraining.recordDrill(appeal, "task-new", 4, 85L, "trainer"));
    }

    @Test
    void pointsAreKeptByCriterionAndAddedUpOnTheServer() {
        assertThat(drill(1, 87)).isEqualTo(87);

        assertThat(drills.sheet(enrolment(), 1)).hasValueSatisfying(sheet -> {
            assertThat(sheet.score()).isEqualTo(87);
            assertThat(sheet.lines())
                    .hasSize(7)
                    .allSatisfy(line -> assertThat(line.points()).isBetween(0, line.maxPoints()));
            assertThat(sheet.employee()).isEqualTo("Li Na");
        });
        assertThat(room.get(CaseSheet.class).find(appeal, "drillPractise")).contains("Speaking more slowly");
    }

    @Test
    void sheetIsForTheTrainerWhoHoldsTheDrillAndNeverForOnesOwn() {
        retraining.drawDrill(appeal, 1);
        DrillApi api = room.get(DrillApi.class);
        Drills.Grading grading = new Drills.Grading(fullMarks(), "Kept calm all the time", "Speaking more slowly");
        when(tasks.find(appeal, "Task_HoldDrill")).thenReturn(Optional.of(new CaseTasks.Open(null)));
        assertThat(api.sheet(appeal, person("trainer", "trainers")).lines()).hasSize(7);
        assertNoDrill(() -> api.sheet(appeal, person("manager", "managers")));
        assertNoDrill(() -> api.grade(appeal, grading, person("trainer", "trainers")));

        when(tasks.find(appeal, "Task_HoldDrill")).thenReturn(Optional.of(new CaseTasks.Open("trainer")));
        assertNoDrill(() -> api.sheet(appeal, person("trainer2", "trainers")));
        api.grade(appeal, grading, person("trainer", "trainers"));
        assertThat(retraining.recordDrill(appeal, "task", 1, null, "trainer")).isEqualTo(100);

        when(tasks.find(appeal, "Task_HoldDrill")).thenReturn(Optional.of(new CaseTasks.Open("employee")));
        assertNoDrill(() -> api.grade(appeal, grading, person("employee", "trainers")));
        when(tasks.find(appeal, "Task_HoldDrill")).thenReturn(Optional.empty());
        assertNoDrill(() -> api.sheet(appeal, person("trainer", "trainers")));
    }

    private static void assertNoDrill(ThrowingCallable call) {
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(call);
    }

    private static TestingAuthenticationToken person(String id, String group) {
        return new TestingAuthenticationToken(id, "", group);
    }

    /** Somebody who failed learns what to read again, and no right answer. */
    @Test
    void resultNamesTopicsAndCriteriaAndNoAnswers() {
        drill(1, 60);
        exams.submit(enrolment(), answers(7));
        retraining.gradeExam(appeal, 1);

        retraining.recordResult(appeal, 1, false);

        String result =
                room.get(CaseSheet.class).find(appeal, "trainingResultText").orElseThrow();
        assertThat(result)
                .contains("Drill: 60 of 100 points, 80 needed", "Exam: 70 of 100 points, 80 needed")
                .contains("Says who is calling")
                .contains("right, read it again")
                .contains("](/courses/");
        assertThat(room.jdbc()
                        .sql("select option_a, option_b, option_c, option_d, correct from exam_question")
                        .query((row, n) -> row.getString(row.getInt("correct") + 1))
                        .list())
                .filteredOn(answer -> answer.length() > 8)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(result).doesNotContain(answer));
        assertThat(exams.results(enrolment().id(), 1))
                .extracting(Exams.TopicResult::questions)
                .as("every question belongs to a topic")
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(10));
    }

    private Enrolment enrolment() {
        return retraining.get(appeal);
    }

    private Map<Integer, Integer> fullMarks() {
        Map<Integer, Integer> points = new HashMap<>();
        drills.sheet(enrolment(), drills.latestAttempt(enrolment().id()).orElseThrow())
                .orElseThrow()
                .lines()
                .forEach(line -> points.put(line.position(), line.maxPoints()));
        return points;
    }

    private int drill(int attempt, int score) {
        retraining.drawDrill(appeal, attempt);
        Map<Integer, Integer> points = fullMarks();
        int tooMuch = 100 - score;
        for (Map.Entry<Integer, Integer> line : points.entrySet()) {
            int less = Math.min(tooMuch, line.getValue());
            line.setValue(line.getValue() - less);
            tooMuch -= less;
        }
        drills.grade(
                enrolment(),
                attempt,
                new Drills.Grading(points, "Kept calm all the time", "Speaking more slowly"),
                "trainer");
        return retraining.recordDrill(appeal, "task-" + enrolment().id() + "-" + attempt, attempt, null, "trainer");
    }

    /** Answers to the latest paper, so many of them right. */
    private Map<Integer, Integer> answers(int right) {
        Map<Integer, Integer> answers = new HashMap<>();
        room.jdbc()
                .sql("""
                        select position, correct from exam_question
                        where paper_id = (select max(id) from exam_paper) order by position
                        """)
                .query((row, n) -> answers.put(
                        row.getInt("position"), n < right ? row.getInt("correct") : (row.getInt("correct") + 1) % 4))
                .list();
        return answers;
    }
}
