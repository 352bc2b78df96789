package org.jiefeng.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Accounts;
import org.jiefeng.appeal.Appeal.Standing;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.Fault;
import org.jiefeng.appeal.FaultRecord.Change;
import org.jiefeng.appeal.FaultRecord.Finding;
import org.jiefeng.appeal.FaultRecord.State;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.process.CaseMessenger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Findings on the tables, and what they do to the count of repeats (domain.md §6.5). */
class FaultFindingsTest {

    private static final long WINDOW = 12;

    private TestRoom room;
    private FaultFindings findings;
    private AppealService appeals;
    private String appeal;

    TestRoom open() {
        return TestRoom.onH2(FaultFindingsTest::register);
    }

    static void register(AnnotationConfigApplicationContext context) {
        CaseMessenger messenger = mock(CaseMessenger.class);
        context.registerBean(CaseMessenger.class, () -> messenger);
        context.register(FaultFindings.class, OverturnedSuspensions.class, SecondReviewerListener.class);
    }

    @BeforeEach
    void setUp() {
        room = open();
        findings = room.get(FaultFindings.class);
        appeals = room.get(AppealService.class);
        appeal = room.openAppeal("employee");
    }

    @AfterEach
    void tearDown() throws Exception {
        room.close();
    }

    private long repeats() {
        return appeals.countRepeats("employee", WINDOW, "AP-0");
    }

    private Finding finding() {
        return findings.of(appeal).orElseThrow();
    }

    private void foundAtFault() {
        findings.found(appeal, Fault.EMPLOYEE, "Called the same customer nine times", "manager");
    }

    @Test
    void nothingCountsBeforeItIsFoundAndAnswered() {
        assertThat(repeats()).isZero();
        assertThat(appeals.get(appeal).standing()).isEqualTo(Standing.NOT_SETTLED);

        foundAtFault();

        assertThat(finding().state()).isEqualTo(State.ANSWER_AWAITED);
        assertThat(repeats()).isZero();
        assertThat(room.get(CaseSheet.class).find(appeal, "faultFindingName")).contains("the employee’s own fault");
    }

    @Test
    void whatIsAcceptedCounts() {
        foundAtFault();
        findings.answered(appeal, false, null, "employee");
        findings.settle(appeal);

        assertThat(finding().state()).isEqualTo(State.SETTLED);
        assertThat(appeals.get(appeal).standing()).isEqualTo(Standing.COUNTS);
        assertThat(repeats()).isEqualTo(1);
    }

    @Test
    void whatIsNotAnsweredInTimeCounts() {
        foundAtFault();
        findings.settle(appeal);

        assertThat(repeats()).isEqualTo(1);
        assertThat(finding().history())
                .last()
                .satisfies(change -> assertThat(change.reason()).contains("The time to answer went by"));
    }

    @Test
    void whatIsDisputedCountsOnlyWhenTheReviewUpholdsIt() {
        foundAtFault();
        findings.answered(appeal, true, "The list had them twice", "employee");
        assertThat(finding().state()).isEqualTo(State.DISPUTED);
        assertThat(repeats()).isZero();

        findings.reviewed(appeal, Fault.EMPLOYEE, "The list had them once", "compliance");
        assertThat(repeats()).as("not before it is recorded").isZero();
        findings.settle(appeal);

        assertThat(repeats()).isEqualTo(1);
    }

    @Test
    void theReviewChangesTheFindingAndTheHistorySaysFromWhat() {
        foundAtFault();
        findings.answered(appeal, true, "The list had them twice", "employee");
        findings.reviewed(appeal, Fault.LEAD_LIST, "It did", "compliance");
        findings.settle(appeal);

        assertThat(repeats()).isZero();
        assertThat(appeals.get(appeal).standing()).isEqualTo(Standing.OTHER_FAULT);
        assertThat(finding().history())
                .extracting(Change::by, Change::kind, change -> change.from().orElse(null), Change::to)
                .containsExactly(
                        tuple("manager", "FOUND", null, Fault.EMPLOYEE),
                        tuple("employee", "DISPUTED", Fault.EMPLOYEE, Fault.EMPLOYEE),
                        tuple("compliance", "REVIEWED", Fault.EMPLOYEE, Fault.LEAD_LIST),
                        tuple("system", "SETTLED", Fault.LEAD_LIST, Fault.LEAD_LIST));
    }

    @Test
    void whoFoundItDoesNotReviewIt() {
        foundAtFault();
        findings.answered(appeal, true, "The list had them twice", "employee");

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> findings.reviewed(appeal, Fault.EMPLOYEE, "I was right", "manager"));
        assertThat(findings.isAnotherThanTheFinder(appeal, "compliance")).isTrue();
    }

    @Test
    void whoFoundItCannotEvenClaimTheReview() {
        foundAtFault();
        DelegateTask review = mock(DelegateTask.class, RETURNS_DEEP_STUBS);
        when(review.getExecution().getProcessBusinessKey()).thenReturn(appeal);
        SecondReviewerListener listener = room.get(SecondReviewerListener.class);

        when(review.getAssignee()).thenReturn("manager");
        assertThatExceptionOfType(BadUserRequestException.class).isThrownBy(() -> listener.notify(review));
        when(review.getAssignee()).thenReturn("compliance");
        assertThatNoException().isThrownBy(() -> listener.notify(review));
    }

    @Test
    void aDisputeSaysWhy() {
        foundAtFault();

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> findings.answered(appeal, true, " ", "employee"));
    }

    @Test
    void anErrorOfTheCarrierNeverCounts() {
        findings.found(appeal, Fault.CARRIER_ERROR, "The carrier mixed up two numbers", "manager");
        findings.settle(appeal);

        assertThat(repeats()).isZero();
    }

    @Test
    void whatIsOverturnedLaterNeverCountsAndEndsTheFinding() {
        foundAtFault();
        findings.settle(appeal);
        assertThat(repeats()).isEqualTo(1);

        appeals.overturn(appeal);

        assertThat(repeats()).isZero();
        assertThat(finding().state()).isEqualTo(State.OVERTURNED);
        assertThat(finding().history())
                .last()
                .satisfies(change -> assertThat(change.from()).contains(Fault.EMPLOYEE));
        verify(room.get(CaseMessenger.class)).send(eq("suspensionOverturned"), eq(appeal), any());
    }

    @Test
    void aNewCardResetsNothing() {
        foundAtFault();
        findings.settle(appeal);
        room.get(Accounts.class).close(room.account(appeal).id());

        String onAnotherCard = room.openAppeal("employee");

        assertThat(appeals.countRepeats("employee", WINDOW, onAnotherCard)).isEqualTo(1);
        assertThat(appeals.countRepeats("somebody", WINDOW, onAnotherCard)).isZero();
    }

    @Test
    void whatHasBeenFoundIsNotFoundAgain() {
        foundAtFault();

        assertThatExceptionOfType(ConflictException.class).isThrownBy(this::foundAtFault);
    }
}
