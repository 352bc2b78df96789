package org.jiefeng.calling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Account;
import org.jiefeng.account.Account.Status;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Vault;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConductRecord;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.Fault;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.WorkRecords.Week;
import org.jiefeng.process.AppealProcess;
import org.jiefeng.process.CaseMessenger;
import org.jiefeng.process.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Calls, complaints and risk cases on the tables; decision {@code call-risk} is the real one. */
class CallingTest {

    private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");

    private TestRoom room;
    private CallingRecords records;
    private RiskCases riskCases;
    private String appeal;
    private String account;
    private int calls;

    TestRoom open() {
        return TestRoom.onH2(this::register);
    }

    final void register(AnnotationConfigApplicationContext context) {
        context.registerBean(
                CallingProperties.class,
                () -> new CallingProperties(LocalTime.of(9, 0), LocalTime.of(21, 0), 3, 30, 15, 60, 50, 7, 30));
        context.register(
                CallingRecords.class,
                CallingTexts.class,
                CallEvidence.class,
                ViolationFinder.class,
                RiskCases.class,
                CleanPeriods.class,
                WorkHistory.class);
    }

    @BeforeEach
    void setUp() {
        room = open();
        records = room.get(CallingRecords.class);
        riskCases = room.get(RiskCases.class);
        appeal = room.openAppeal("employee");
        account = room.account(appeal).id();
        room.get(Accounts.class).openCalling(account, Status.ACTIVE);
    }

    @AfterEach
    void tearDown() throws Exception {
        room.close();
    }

    @Test
    void risksAreMeasuredOverThePeriodAndKeptWithTheCase() {
        for (int i = 0; i < 200; i++) {
            call("callee-" + i, NOW.minus(Duration.ofDays(2)).plusSeconds(i * 60L), 60);
        }
        call("old", NOW.minus(Duration.ofDays(8)), 60);
        complaint("CM-1", "callee-1", NOW.minus(Duration.ofDays(1)));
        complaint("CM-2", "callee-2", NOW.minus(Duration.ofDays(1)));
        complaint("CM-3", "old", NOW.minus(Duration.ofDays(8)));

        String number = riskCases.open("employee", "COMPLAINT_RATE");
        CallRisk risk = riskCases.measure(number, "employee", "COMPLAINT_RATE");

        assertThat(number).isEqualTo("RK-2026-000001");
        assertThat(risk).isEqualTo(new CallRisk(200, 2));
        assertThat(risk.complaintsPerTenThousand()).isEqualTo(100);
        assertThat(riskCases.responsibleManager("employee")).isEqualTo("manager");
        assertThat(room.get(CaseSheet.class).texts(number))
                .containsEntry("employeeName", "Li Na")
                .containsEntry("accountMask", "138****0001")
                .containsEntry("riskText", "Rule: Too many complaints\n\nIn the last 7 days: 200 calls, 2 complaints.");
    }

    /** Tuesday 2026-03-03; weeks begin on Monday in Shanghai, where Sunday ends eight hours early. */
    @Test
    void workIsCountedByTheWeekInWhichItWasDone() {
        Instant sunday = Instant.parse("2026-03-01T15:59:00Z");
        Instant monday = Instant.parse("2026-03-01T16:00:00Z");
        call("before", NOW.minus(Duration.ofDays(30)), 60);
        call("sunday", sunday, 30);
        call("monday-1", monday, 40);
        call("monday-2", monday.plusSeconds(600), 61);
        complaint("CM-1", "sunday", sunday);
        riskCases.open("employee", "COMPLAINT_RATE");

        assertThat(room.get(WorkHistory.class).weeks("employee", NOW.minus(Duration.ofDays(10)), NOW.plusSeconds(1)))
                .containsExactly(
                        new Week(LocalDate.of(2026, 2, 23), 1, 1, 30, 1, 0),
                        new Week(LocalDate.of(2026, 3, 2), 2, 2, 50, 0, 1));
    }

    @Test
    void complaintsWithoutCallsWeighFully() {
        assertThat(new CallRisk(0, 1).complaintsPerTenThousand()).isEqualTo(10_000);
        assertThat(new CallRisk(0, 0).complaintsPerTenThousand()).isZero();
    }

    @Test
    void anEmployeeHasOneCaseAtATimeAndSettledComplaintsCountOnce() {
        complaint("CM-1", "callee", NOW.minus(Duration.ofDays(1)));
        String first = riskCases.open("employee", "COMPLAINT_RATE");
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> riskCases.open("employee", "NO_CONSENT"));

        riskCases.resume(first, true);

        assertThat(riskCases.openOf("employee")).isEmpty();
        assertThat(riskCases.measure("employee").complaints()).isZero();
        assertThat(riskCases.open("employee", "NO_CONSENT")).isNotEqualTo(first);
    }

    @Test
    void gravestViolationIsNamed() {
        ViolationFinder finder = room.get(ViolationFinder.class);
        Instant from = NOW.minus(Duration.ofDays(1));
        consent("nice");
        consent("refused");
        consent("angry");
        assertThat(finder.gravest("employee", from, NOW)).isEmpty();

        // 20:59:59 and 21:00 in Shanghai.
        call("nice", Instant.parse("2026-03-02T12:59:59Z"), 60);
        assertThat(finder.gravest("employee", from, NOW)).isEmpty();
        call("nice", Instant.parse("2026-03-02T13:00:00Z"), 60);
        assertThat(finder.gravest("employee", from, NOW)).contains("OUT_OF_HOURS");

        call("stranger", Instant.parse("2026-03-02T03:00:00Z"), 60);
        assertThat(finder.gravest("employee", from, NOW)).contains("NO_CONSENT");

        complaint("CM-1", "angry", Instant.parse("2026-03-02T04:00:00Z"));
        call("angry", Instant.parse("2026-03-02T03:00:00Z"), 60);
        assertThat(finder.gravest("employee", from, NOW)).contains("NO_CONSENT");
        call("angry", Instant.parse("2026-03-02T05:00:00Z"), 60);
        assertThat(finder.gravest("employee", from, NOW)).contains("COMPLAINANT");

        records.bar("refused", "138****0000", Instant.parse("2026-03-02T04:00:00Z"), "CALLEE_REFUSED");
        records.bar("refused", "138****0000", Instant.parse("2026-03-03T04:00:00Z"), "REGULATOR");
        call("refused", Instant.parse("2026-03-02T04:00:00Z"), 0);
        assertThat(finder.gravest("employee", from, NOW)).contains("DO_NOT_CALL");
    }

    @Test
    void mannerOfCallingIsLookedAt() {
        ViolationFinder finder = room.get(ViolationFinder.class);
        Instant ten = Instant.parse("2026-03-02T02:00:00Z");

        assertThat(finder.inManner(List.of(plain("a", ten, 60), plain("a", ten.plusSeconds(1740), 60))))
                .contains("SAME_CALLEE_GAP");
        assertThat(finder.inManner(List.of(plain("a", ten, 60), plain("a", ten.plusSeconds(1800), 60))))
                .isEmpty();
        assertThat(finder.inManner(List.of(
                        plain("a", ten, 60),
                        plain("a", ten.plusSeconds(3600), 60),
                        plain("a", ten.plusSeconds(7200), 60),
                        plain("a", ten.plusSeconds(10800), 60))))
                .contains("SAME_CALLEE");
        List<Call> short50 = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> plain("c" + i, ten.plusSeconds(i * 60L), 14))
                .toList();
        assertThat(finder.inManner(short50)).contains("SHORT_CALLS");
        assertThat(finder.inManner(short50.subList(0, 49))).isEmpty();
    }

    @Test
    void stopIsAPersonsAndEndsWithTheCorrection() {
        String number = riskCases.open("employee", "COMPLAINT_RATE");

        riskCases.stop(number, "employee", "manager");
        assertThat(room.account(appeal))
                .returns(false, Account::callingOpen)
                .returns(Status.ACTIVE, Account::status)
                .returns("STOPPED_BY_COMPANY", Account::restrictionType);
        assertThat(room.jdbc()
                        .sql("select stopped_by from calling_stop")
                        .query(String.class)
                        .single())
                .isEqualTo("manager");

        riskCases.resume(number, true);
        assertThat(room.account(appeal)).returns(true, Account::callingOpen).returns(null, Account::restrictionType);
    }

    @Test
    void whatAnAppealOrAFailedTrainingForbidsStaysStopped() {
        String first = riskCases.open("employee", "COMPLAINT_RATE");
        riskCases.stop(first, "employee", "manager");
        riskCases.resume(first, false);
        assertThat(room.account(appeal)).returns(false, Account::callingOpen);

        room.get(Accounts.class).openCalling(account, Status.ACTIVE);
        String second = riskCases.open("employee", "COMPLAINT_RATE");
        riskCases.stop(second, "employee", "manager");
        room.get(Accounts.class).pauseCalling(account, Status.SUSPENDED, "SERVICE_STOPPED");
        riskCases.resume(second, true);

        assertThat(room.account(appeal))
                .returns(false, Account::callingOpen)
                .returns("SERVICE_STOPPED", Account::restrictionType);
        assertThat(riskCases.openOf("employee")).isEmpty();
    }

    @Test
    void warningIsRecordedOnce() {
        String number = riskCases.open("employee", "OUT_OF_HOURS");

        riskCases.warn(number, "employee", "OUT_OF_HOURS");
        riskCases.warn(number, "employee", "OUT_OF_HOURS");

        assertThat(room.get(ConductRecord.class).of("employee")).singleElement().satisfies(note -> {
            assertThat(note.caseNumber()).contains(number);
            assertThat(note.text()).contains("Call outside the permitted hours", number);
            assertThat(note.courses()).isNotEmpty();
        });
    }

    /** R33: a day that goes on is not over, so today is none of them. */
    @Test
    void cleanDaysAreCountedFromTheLastBlemish() {
        CleanPeriods periods = room.get(CleanPeriods.class);
        room.get(AppealService.class).settleFault(appeal, Fault.SYSTEM);
        assertThat(periods.of("employee")).as("never called").isEmpty();
        call("first", Instant.parse("2026-01-01T02:00:00Z"), 60);
        call("second", NOW.minus(Duration.ofDays(1)), 60);
        assertThat(periods.of("employee")).contains(new CleanPeriods.Period(LocalDate.parse("2026-01-01"), 61, 2));

        complaint("CM-1", "first", Instant.parse("2026-02-01T02:00:00Z"));
        assertThat(periods.of("employee"))
                .as("a complaint")
                .contains(new CleanPeriods.Period(LocalDate.parse("2026-02-02"), 29, 1));

        room.get(AppealService.class).settleFault(appeal, Fault.EMPLOYEE);
        assertThat(periods.of("employee"))
                .as("the own fault")
                .contains(new CleanPeriods.Period(LocalDate.parse("2026-03-04"), 0, 0));
    }

    @Test
    void theSameDaysAreRecognisedOnce() {
        CleanPeriods periods = room.get(CleanPeriods.class);
        room.get(AppealService.class).settleFault(appeal, Fault.SYSTEM);
        call("first", Instant.parse("2026-01-01T02:00:00Z"), 60);

        periods.recognise("employee", 61, 1);
        periods.recognise("employee", 61, 1);

        assertThat(room.get(ConductRecord.class).of("employee")).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo(ConductRecord.Kind.RECOGNITION);
            assertThat(note.text()).contains("2026-01-01", "61 days", "1 calls");
        });
        assertThat(periods.of("employee"))
                .as("counted anew")
                .contains(new CleanPeriods.Period(LocalDate.parse("2026-03-04"), 0, 0));
    }

    @Test
    void evidenceShowsTheAccountsCallsMasked() {
        consent("nice");
        call("nice", NOW.minus(Duration.ofDays(2)), 61);
        call("nice", NOW.minus(Duration.ofDays(1)), 0);
        call("old", NOW.minus(Duration.ofDays(31)), 60);
        complaint("CM-1", "nice", NOW.minus(Duration.ofHours(3)));

        List<CaseRecords.Extract> extracts =
                room.get(CallEvidence.class).of(room.get(AppealService.class).get(appeal));

        assertThat(extracts)
                .extracting(CaseRecords.Extract::item)
                .containsExactly(
                        "CALL_RECORDS",
                        "TIMESTAMPED_CALL_LIST",
                        "THIRTY_DAY_RECORDS",
                        "CALL_LIST",
                        "CONSENT_PROOF",
                        "COMPLAINT_RECORDS");
        assertThat(extracts)
                .allSatisfy(extract -> assertThat(extract.rows())
                        .allSatisfy(row -> assertThat(row).hasSameSizeAs(extract.columns())));
        assertThat(extracts.get(0).rows())
                .containsExactly(
                        List.of("2026-03-01 10:00:00", "138****0000", "61", "answered", "PRODUCT-A"),
                        List.of("2026-03-02 10:00:00", "138****0000", "0", "no answer", "PRODUCT-A"));
        assertThat(extracts.get(3).rows())
                .containsExactly(List.of("138****0000", "2", "1", "2026-03-01 10:00:00", "2026-03-02 10:00:00"));
        assertThat(extracts.get(4).rows()).singleElement().asList().contains("CP-nice", "form");
        assertThat(extracts.get(5).rows()).singleElement().asList().contains("CM-1", "attitude");
    }

    @Test
    void dailyCheckStartsPreventionOnceWhereTheDecisionAsksForIt() throws Exception {
        CaseMessenger messenger = mock(CaseMessenger.class);
        FindCallViolationsDelegate delegate = new FindCallViolationsDelegate(
                riskCases,
                room.get(ViolationFinder.class),
                records,
                room.get(AppealService.class),
                messenger,
                room.get(TestRoom.MovableClock.class));
        DelegateExecution execution = mock(DelegateExecution.class);
        when(execution.getProcessEngineServices()).thenReturn(TestEngine.shared());
        var deployment = TestEngine.shared()
                .getRepositoryService()
                .createDeployment()
                .addClasspathResource("processes/call-risk.dmn")
                .deploy();
        try {
            consent("nice");
            call("nice", NOW.minus(Duration.ofHours(20)), 60);
            delegate.execute(execution);
            verify(messenger, never()).startPrevention(any(), any(), any());

            complaint("CM-1", "nice", NOW.minus(Duration.ofHours(1)));
            complaint("CM-2", "nice", NOW.minus(Duration.ofHours(1)));
            delegate.execute(execution);
            String first = riskCases.openOf("employee").orElseThrow();
            verify(messenger).startPrevention(first, "employee", "COMPLAINT_RATE");

            when(messenger.isRunning(first)).thenReturn(true);
            delegate.execute(execution);
            assertThat(riskCases.openOf("employee")).contains(first);

            // Ended without any action: the employee is looked at afresh, and what was settled is settled.
            when(messenger.isRunning(first)).thenReturn(false);
            delegate.execute(execution);
            assertThat(riskCases.openOf("employee")).isEmpty();
            verify(messenger).startPrevention(any(), eq("employee"), any());
        } finally {
            TestEngine.shared().getRepositoryService().deleteDeployment(deployment.getId(), true);
        }
    }

    @Test
    void probationAnswersForItselfWhatWasBrokenTheDayBefore() throws Exception {
        CaseMessenger messenger = mock(CaseMessenger.class);
        FindCallViolationsDelegate delegate = new FindCallViolationsDelegate(
                riskCases,
                room.get(ViolationFinder.class),
                records,
                room.get(AppealService.class),
                messenger,
                room.get(TestRoom.MovableClock.class));
        DelegateExecution execution = mock(DelegateExecution.class);
        when(execution.getProcessEngineServices()).thenReturn(TestEngine.shared());
        room.get(AppealService.class).enterStage(appeal, Stage.PROBATION);
        when(messenger.answersViolations(appeal)).thenReturn(true);
        call("nobody-asked", NOW.minus(Duration.ofHours(20)), 60);

        delegate.execute(execution);
        delegate.execute(execution);

        verify(messenger, times(1))
                .violationInProbation(appeal, "NO_CONSENT", Date.from(Instant.parse("2026-03-01T16:00:00Z")));
        verify(messenger, never()).startPrevention(any(), any(), any());
        assertThat(riskCases.openOf("employee")).isEmpty();
    }

    @Test
    void complaintIsTakenInOnceAndToldToTheCasesOfThePerson() {
        CaseMessenger messenger = mock(CaseMessenger.class);
        Complaints complaints = new Complaints(
                records,
                room.get(Accounts.class),
                room.get(AppealService.class),
                messenger,
                room.get(CallingTexts.class),
                room.get(Vault.class),
                room.get(TestRoom.MovableClock.class));
        Complaints.Report report = new Complaints.Report(
                "CRM-1", "+86 13800000001", "19900000010", "2026-03-03T10:00:00+08:00", "CUSTOMER", "ATTITUDE");

        assertThat(complaints.receive(report)).isTrue();
        assertThat(complaints.receive(report)).isFalse();

        verify(messenger, times(1)).send(AppealProcess.COMPLAINT_RECEIVED, appeal, Map.of());
        assertThat(records.complaints("employee", NOW.minusSeconds(1), NOW.plusSeconds(1)))
                .singleElement()
                .satisfies(complaint -> assertThat(complaint.calleeMask()).isEqualTo("199****0010"));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> complaints.receive(new Complaints.Report(
                        "two words", "13999999999", "12", "2026-03-03T10:05:00+08:00", "NEIGHBOUR", null)))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(FieldProblem::field)
                        .containsExactlyInAnyOrder("reference", "complainant", "receivedAt", "source", "kind"));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> complaints.receive(new Complaints.Report(
                        "CRM-2", "13999999999", "19900000010", "2026-03-03T10:00:00+08:00", "CUSTOMER", "ATTITUDE")))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(FieldProblem::field)
                        .containsExactly("caller"));
    }

    private void call(String callee, Instant startedAt, int seconds) {
        Call call = plain(callee, startedAt, seconds);
        records.add(List.of(new Call(
                "C-" + ++calls,
                call.employeeId(),
                account,
                callee,
                call.calleeMask(),
                startedAt,
                seconds,
                call.outcome(),
                "PRODUCT-A")));
    }

    private static Call plain(String callee, Instant startedAt, int seconds) {
        return new Call(
                "C",
                "employee",
                "account",
                callee,
                "138****0000",
                startedAt,
                seconds,
                seconds == 0 ? Call.Outcome.NO_ANSWER : Call.Outcome.ANSWERED,
                null);
    }

    private void complaint(String reference, String callee, Instant receivedAt) {
        records.add(new Complaint(
                reference,
                "employee",
                null,
                callee,
                "138****0000",
                receivedAt,
                Complaint.Source.CUSTOMER,
                Complaint.Kind.ATTITUDE,
                null,
                null));
    }

    private void consent(String callee) {
        records.add(new Consent(
                "CP-" + callee,
                callee,
                "138****0000",
                NOW.minus(Duration.ofDays(90)),
                null,
                null,
                Consent.Channel.FORM));
    }
}
