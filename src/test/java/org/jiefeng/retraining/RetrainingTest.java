package org.jiefeng.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.CaseSheet;
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

    private TestRoom room;
    private Retraining retraining;
    private Exams exams;
    private String appeal;

    TestRoom open() {
        return TestRoom.onH2(this::register);
    }

    final void register(AnnotationConfigApplicationContext context) {
        context.registerBean(RetrainingProperties.class, () -> new RetrainingProperties(5, 12));
        context.register(
                CourseLibrary.class,
                RetrainingTexts.class,
                Exams.class,
                Retraining.class,
                TrainingRecords.class,
                ExamApi.class);
    }

    @BeforeEach
    void setUp() {
        room = open();
        retraining = room.get(Retraining.class);
        exams = room.get(Exams.class);
        appeal = room.openAppeal("employee");
        retraining.enrol(appeal, "employee", COURSES, 80);
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
                .isThrownBy(() -> retraining.enrol(appeal, "employee", List.of("NO_SUCH_COURSE"), 80));
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

        // Six questions in each bank and five drawn: the sixth is certain to come.
        assertThat(second).hasSize(2);
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
    void drillAndExamMustBothReachThePassMark() {
        assertThat(graded(90, 10)).containsExactly(100L, true, null);
        assertThat(graded(79, 10)).containsExactly(100L, false, 2L);
        assertThat(graded(80, 8)).containsExactly(80L, true, null);
        assertThat(graded(100, 7)).containsExactly(70L, false, 2L);
    }

    private Object[] graded(long drill, int right) {
        retraining.enrol(appeal, "employee", COURSES, 80);
        drill(1, drill);
        exams.submit(enrolment(), answers(right));
        DelegateExecution execution = mock(DelegateExecution.class);
        Map<String, Object> set = new HashMap<>();
        when(execution.getProcessBusinessKey()).thenReturn(appeal);
        when(execution.getVariable("trainingAttempt")).thenReturn(1L);
        when(execution.getVariable("passMark")).thenReturn(80L);
        when(execution.getVariable("drillScore")).thenReturn(drill);
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

        retraining.certify(appeal, "manager");
        retraining.certify(appeal, "manager");

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
    void drillPointsAreBounded() {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> drill(1, 101));
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> drill(1, -1));
    }

    private Enrolment enrolment() {
        return retraining.get(appeal);
    }

    private void drill(int attempt, long score) {
        retraining.recordDrill(
                appeal,
                "task-" + enrolment().id() + "-" + attempt,
                attempt,
                score,
                "An angry customer asks to be left alone",
                "Kept calm",
                "trainer");
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
