package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Date;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {

    private static final RepositoryService repository = TestEngine.shared().getRepositoryService();
    private static String deployment = "";

    private final VariableScope execution = mock(VariableScope.class);
    private final Deadlines deadlines = TestEngine.deadlines(TestEngine.shared());

    @BeforeAll
    static void deploy() {
        ClockUtil.setCurrentTime(date("2026-01-05T10:00+08:00"));
        deployment = repository
                .createDeployment()
                .addClasspathResource("processes/reminders.dmn")
                .addClasspathResource("processes/alternative-options.dmn")
                .addClasspathResource("processes/carrier-service-level.dmn")
                .deploy()
                .getId();
    }

    @AfterAll
    static void undeploy() {
        repository.deleteDeployment(deployment, true);
    }

    /** A Monday morning in a week without holidays. */
    @BeforeEach
    void setTime() {
        ClockUtil.setCurrentTime(date("2026-11-02T10:00+08:00"));
    }

    @AfterEach
    void resetTime() {
        ClockUtil.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "CRITICAL, 2026-11-03T18:00+08:00, 2026-11-03T18:00+08:00, 2026-11-04T18:00+08:00",
        "MEDIUM,   2026-11-04T18:00+08:00, 2026-11-03T18:00+08:00, 2026-11-05T18:00+08:00",
        "        , 2026-11-04T18:00+08:00, 2026-11-03T18:00+08:00, 2026-11-05T18:00+08:00",
    })
    void datesOfATaskFollowTheSeverityOfTheCase(String severity, String due, String reminder, String escalation) {
        when(execution.getVariable("severity")).thenReturn(severity);

        assertThat(deadlines.due("Task_JudgeReport", execution)).isEqualTo(date(due));
        assertThat(deadlines.reminder("Task_JudgeReport", execution)).isEqualTo(date(reminder));
        assertThat(deadlines.escalation("Task_JudgeReport", execution)).isEqualTo(date(escalation));
    }

    @Test
    void noDaysMeansNever() {
        assertThat(deadlines.escalation("Task_StudyCourses", execution)).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void taskWithoutARuleIsAnErrorOfTheModel() {
        assertThatThrownBy(() -> deadlines.due("Task_Unknown", execution))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Task_Unknown");
    }

    @Test
    void carrierIsFollowedUpAndOverdueByWorkingDays() {
        when(execution.getVariable("followUpWorkingDays")).thenReturn(2L);
        when(execution.getVariable("reviewWorkingDays")).thenReturn(7L);

        assertThat(deadlines.followUp(execution)).isEqualTo(date("2026-11-04T18:00+08:00"));
        assertThat(deadlines.reviewOverdue(execution)).isEqualTo(date("2026-11-11T18:00+08:00"));
    }

    @Test
    void carrierIsAskedAgainAtTheDateItPromised() {
        when(execution.getVariable("followUpWorkingDays")).thenReturn(2L);
        when(execution.getVariable("followUpAt")).thenReturn(date("2026-11-09T18:00+08:00"));

        assertThat(deadlines.followUp(execution)).isEqualTo(date("2026-11-09T18:00+08:00"));

        ClockUtil.setCurrentTime(date("2026-11-10T10:00+08:00"));
        assertThat(deadlines.followUp(execution)).as("after it").isEqualTo(date("2026-11-12T18:00+08:00"));
    }

    /** 30 days from 2 November end on a Wednesday, from 6 November on a Sunday. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-02T23:59+08:00, 2026-12-02T18:00+08:00",
        "2026-11-06T10:00+08:00, 2026-12-07T18:00+08:00",
        // 1 to 7 October are holidays, 10 October is a make-up Saturday.
        "2026-09-03T10:00+08:00, 2026-10-08T18:00+08:00",
    })
    void carrierTakesAResubmissionForSoManyDaysAndALastDayOffMovesToTheNextWorkingDay(String decided, String until) {
        rejected(decided);

        assertThat(deadlines.resubmitUntil(execution)).isEqualTo(date(until));
    }

    private void rejected(String decided) {
        when(execution.getVariable("carrierOutcome")).thenReturn("REJECTED");
        when(execution.getVariable("carrier")).thenReturn("CHINA_MOBILE");
        when(execution.getVariable("carrierDecidedAt")).thenReturn(date(decided));
    }

    @Test
    void resubmissionIsInTimeUntilTheLastMoment() {
        rejected("2026-11-02T10:00+08:00");

        ClockUtil.setCurrentTime(date("2026-12-02T17:59+08:00"));
        assertThat(deadlines.resubmissionInTime(execution)).isTrue();
        ClockUtil.setCurrentTime(date("2026-12-02T18:00+08:00"));
        assertThat(deadlines.resubmissionInTime(execution)).isFalse();
    }

    @Test
    void silenceSetsNoTimeToResubmit() {
        rejected("2026-01-02T10:00+08:00");
        when(execution.getVariable("carrierOutcome")).thenReturn("NO_ANSWER");

        assertThat(deadlines.resubmitUntil(execution)).isEqualTo(Deadlines.NEVER);
        assertThat(deadlines.resubmissionInTime(execution)).isTrue();
    }

    @Test
    void onlyWhoMayResubmitIsInterruptedAndAManagerOnlyWhenThatWasChosen() {
        rejected("2026-11-02T10:00+08:00");
        assertThat(deadlines.resubmissionClosed(execution)).isEqualTo(Deadlines.NEVER);

        when(execution.getVariable("canResubmit")).thenReturn(true);
        assertThat(deadlines.resubmissionClosed(execution)).isEqualTo(date("2026-12-02T18:00+08:00"));
        when(execution.getVariable("nextStep")).thenReturn("REGULATOR");
        assertThat(deadlines.chosenResubmissionClosed(execution)).isEqualTo(Deadlines.NEVER);
        when(execution.getVariable("nextStep")).thenReturn("RESUBMIT");
        assertThat(deadlines.chosenResubmissionClosed(execution)).isEqualTo(date("2026-12-02T18:00+08:00"));
    }

    @Test
    void nobodyGetsLongerForAResubmissionThanTheCarrierGives() {
        rejected("2026-10-04T10:00+08:00");
        assertThat(deadlines.due("Task_PrepareApplication", execution)).isAfter(date("2026-11-03T18:00+08:00"));

        when(execution.getVariable("alternativesOutcome")).thenReturn("RESUBMIT");
        assertThat(deadlines.due("Task_PrepareApplication", execution)).isEqualTo(date("2026-11-03T18:00+08:00"));
    }

    @Test
    void carrierWithALongTimeIsAskedBeforeItsSilenceCounts() {
        when(execution.getVariable("reviewWorkingDays")).thenReturn(15L);
        when(execution.getVariable("escalationWorkingDays")).thenReturn(8L);
        when(execution.getVariable("noAnswerDays")).thenReturn(15L);
        when(execution.getVariable("reviewHours")).thenReturn(0L);

        assertThat(deadlines.reviewOverdue(execution))
                .isEqualTo(date("2026-11-12T18:00+08:00"))
                .isBefore(deadlines.noAnswer(execution));
    }

    /** Paid on a Friday afternoon: the hours run through the weekend. */
    @Test
    void hoursAfterPaymentAreHours() {
        when(execution.getVariable("reviewWorkingDays")).thenReturn(2L);
        when(execution.getVariable("reviewHours")).thenReturn(48L);
        when(execution.getVariable("noAnswerDays")).thenReturn(15L);
        when(execution.getVariable("reviewStartedAt")).thenReturn(date("2026-10-30T16:20+08:00"));

        assertThat(deadlines.reviewOverdue(execution)).isEqualTo(date("2026-11-01T16:20+08:00"));
        assertThat(deadlines.noAnswer(execution)).isEqualTo(date("2026-11-15T00:00+08:00"));
    }

    @Test
    void silenceIsCountedInCalendarDays() {
        when(execution.getVariable("noAnswerDays")).thenReturn(15L);

        assertThat(deadlines.noAnswer(execution)).isEqualTo(date("2026-11-18T00:00+08:00"));
        assertThat(deadlines.afterCalendarDays(1)).isEqualTo(date("2026-11-04T00:00+08:00"));
    }

    @Test
    void workingDaysSkipTheHoliday() {
        ClockUtil.setCurrentTime(date("2026-09-30T10:00+08:00"));

        assertThat(deadlines.afterWorkingDays(1)).isEqualTo(date("2026-10-08T18:00+08:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-02T10:00+08:00, 2026-11-09T10:00+08:00, in the middle of probation",
        "2026-11-05T10:00+08:00, 2026-11-05T10:00+08:00, the last one falls on the end",
    })
    void selfChecksRepeatUntilProbationEnds(String probationEnds, String due, String why) {
        when(execution.getVariable("selfCheckDays")).thenReturn(7L);
        when(execution.getVariable("probationEndsAt")).thenReturn(date(probationEnds));

        assertThat(deadlines.selfCheck(execution)).as(why).isEqualTo(date(due));
    }

    /** A Monday; by the rule there is time until Wednesday evening. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T09:00+08:00, 2026-11-04T18:00+08:00, deleted later than the rule",
        "2026-11-04T09:30+08:00, 2026-11-04T09:30+08:00, deleted before the rule",
        "2026-10-01T09:00+08:00, 2026-11-03T00:00+08:00, being deleted already: today",
    })
    void recordingsAreSavedBeforeThePlatformDeletesThem(String deletedFrom, String due, String why) {
        when(execution.getVariable("recordingsDeletedFrom")).thenReturn(date(deletedFrom));

        assertThat(deadlines.due("Task_RescueRecordings", execution)).as(why).isEqualTo(date(due));
        assertThat(deadlines.reminder("Task_RescueRecordings", execution))
                .as("reminded in time")
                .isBeforeOrEqualTo(date(due));
    }

    /** Today is 2026-11-02. */
    @ParameterizedTest
    @CsvSource({
        "ARREARS,           2026-06-30T23:59+08:00, 2026-11-30T18:00+08:00, 2026-12-02T18:00+08:00, true",
        "ARREARS,           2026-06-01T10:00+08:00, 2026-11-01T18:00+08:00, 2026-11-04T18:00+08:00, false",
        "ARREARS,           2026-06-02T00:00+08:00, 2026-11-02T18:00+08:00, 2026-11-04T18:00+08:00, true",
        "'ARREARS,COMPLAINT', 2024-11-02T10:00+08:00, 2026-11-02T18:00+08:00, 2026-11-04T18:00+08:00, true",
        "COMPLAINT,         2024-11-01T10:00+08:00, 2026-11-01T18:00+08:00, 2026-11-04T18:00+08:00, false",
        "COMPLAINT,         2025-09-30T10:00+08:00, 2027-09-30T18:00+08:00, 2027-10-04T18:00+08:00, true",
    })
    void regulatorTakesComplaintsForALimitedTime(
            String causes, String suspended, String until, String closed, boolean inTime) {
        when(execution.getVariable("causes")).thenReturn(causes);
        when(execution.getVariable("suspendedAt")).thenReturn(date(suspended));

        assertThat(deadlines.complainUntil(execution)).isEqualTo(date(until));
        assertThat(deadlines.complaintClosed(execution)).isEqualTo(date(closed));
        assertThat(deadlines.complaintInTime(execution)).isEqualTo(inTime);
    }

    /** A Monday; by the rule there is time until Thursday evening. */
    @ParameterizedTest
    @CsvSource({
        "true,  2026-11-20T18:00+08:00, 2026-11-05T18:00+08:00, the regulator's time is longer",
        "true,  2026-11-03T18:00+08:00, 2026-11-03T18:00+08:00, the regulator's time is shorter",
        "true,  2026-11-01T18:00+08:00, 2026-11-03T00:00+08:00, filed yesterday and still to be recorded: today",
        "false, 2026-11-03T18:00+08:00, 2026-11-05T18:00+08:00, nobody may complain anyway",
    })
    void complaintIsFiledBeforeItIsTooLate(boolean open, String until, String due, String why) {
        when(execution.getVariable("canComplain")).thenReturn(open);
        when(execution.getVariable("complainUntil")).thenReturn(date(until));

        assertThat(deadlines.due("Task_FileRegulatorComplaint", execution))
                .as(why)
                .isEqualTo(date(due));
    }

    /** Fifteen working days after the day 12321 passed it on, whenever we hear of it: today is Monday 2026-11-02. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-02T00:00+08:00, 2026-11-23T18:00+08:00, 2026-11-16T18:00+08:00, 2026-11-19T18:00+08:00, passed on today",
        "2026-10-31T00:00+08:00, 2026-11-20T18:00+08:00, 2026-11-13T18:00+08:00, 2026-11-18T18:00+08:00, on a Saturday",
        "2026-09-18T00:00+08:00, 2026-10-15T18:00+08:00, 2026-10-09T18:00+08:00, 2026-10-13T18:00+08:00, before both holidays with their make-up days: late already",
    })
    void forwardedComplaintIsAnsweredWithinTheDaysOfTheLaw(
            String forwarded, String due, String reminder, String escalation, String why) {
        when(execution.getVariable("forwardedAt")).thenReturn(date(forwarded));

        String task = "Task_AnswerForwardedComplaint";
        assertThat(deadlines.due(task, execution)).as(why).isEqualTo(date(due));
        assertThat(deadlines.reminder(task, execution)).as(why).isEqualTo(date(reminder));
        assertThat(deadlines.escalation(task, execution)).as(why).isEqualTo(date(escalation));
    }

    @Test
    void aDateIsCountedAgainFromItsOwnStart() {
        when(execution.getVariable("followUpWorkingDays")).thenReturn(2L);
        when(execution.getVariable("reviewWorkingDays")).thenReturn(7L);
        when(execution.getVariable("recordingsDeletedFrom")).thenReturn(date("2026-10-01T09:00+08:00"));
        ClockUtil.setCurrentTime(date("2026-11-20T10:00+08:00"));

        deadlines.asOf(date("2026-11-02T10:00+08:00").toInstant(), () -> {
            assertThat(deadlines.escalation("Task_JudgeReport", execution)).isEqualTo(date("2026-11-05T18:00+08:00"));
            assertThat(deadlines.followUp(execution)).isEqualTo(date("2026-11-04T18:00+08:00"));
            assertThat(deadlines.reviewOverdue(execution)).isEqualTo(date("2026-11-11T18:00+08:00"));
            assertThat(deadlines.due("Task_RescueRecordings", execution))
                    .as("the day it was then")
                    .isEqualTo(date("2026-11-03T00:00+08:00"));
            return execution;
        });

        assertThat(deadlines.followUp(execution)).as("from now on again").isEqualTo(date("2026-11-24T18:00+08:00"));
    }

    @Test
    void aPromiseWinsAsItDidWhenTheWaitBegan() {
        when(execution.getVariable("followUpWorkingDays")).thenReturn(2L);
        when(execution.getVariable("followUpAt")).thenReturn(date("2026-11-09T18:00+08:00"));
        ClockUtil.setCurrentTime(date("2026-11-20T10:00+08:00"));

        assertThat(deadlines.<Date>asOf(
                        date("2026-11-02T10:00+08:00").toInstant(), () -> deadlines.followUp(execution)))
                .isEqualTo(date("2026-11-09T18:00+08:00"));
    }

    /** As process-owners.md promises: a task that is open keeps its numbers. */
    @Test
    void aDateThatIsCountedAgainKeepsTheNumbersItBeganWith() throws IOException {
        String table = Files.readString(Path.of("processes/reminders.dmn"));
        ClockUtil.setCurrentTime(date("2026-11-04T10:00+08:00"));
        String later = repository
                .createDeployment()
                .addString("reminders.dmn", table.replace("<text>3</text>", "<text>9</text>"))
                .deploy()
                .getId();
        try {
            assertThat(deadlines.<Date>asOf(
                            date("2026-11-02T10:00+08:00").toInstant(),
                            () -> deadlines.escalation("Task_JudgeReport", execution)))
                    .isEqualTo(date("2026-11-05T18:00+08:00"));
            assertThat(deadlines.<Date>asOf(
                            date("2026-11-05T10:00+08:00").toInstant(),
                            () -> deadlines.escalation("Task_JudgeReport", execution)))
                    .isEqualTo(date("2026-11-18T18:00+08:00"));
            assertThat(deadlines.escalation("Task_JudgeReport", execution)).isEqualTo(date("2026-11-17T18:00+08:00"));
        } finally {
            repository.deleteDeployment(later, true);
        }
    }

    @Test
    void stepsUnderWayAreDoneAfterTheTimeTheyMayTake() {
        assertThat(deadlines.stepsUnderWayDone()).isEqualTo(date("2026-11-02T10:02+08:00"));
    }

    @Test
    void dailyCheckComesFromConfiguration() {
        assertThat(deadlines.dailyCheck()).isEqualTo("0 0 6 * * ?");
        assertThat(deadlines.releaseStep()).isEqualTo("0 30 6 * * ?");
    }

    @ParameterizedTest
    @CsvSource({"0 0 6 * * ?, 0", "0 30 22 * * MON-FRI, 0", "every morning, 1", "0 0 25 * * ?, 1"})
    void dailyCheckMustBeACronExpression(String cron, int violations) {
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            assertThat(validators.getValidator().validate(new PreventionProperties(cron, "0 30 6 * * ?")))
                    .hasSize(violations);
            assertThat(validators.getValidator().validate(new PreventionProperties("0 0 6 * * ?", cron)))
                    .hasSize(violations);
        }
    }

    private static Date date(String text) {
        return Date.from(OffsetDateTime.parse(text).toInstant());
    }
}
