package org.jiefeng.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.process.CaseMessenger;
import org.jiefeng.process.ReopeningRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to reopen ended cases, on the tables; the decision and the engine are played. */
class AppealReopeningTest {

    private static final AppealReopening.Request NEW_EVIDENCE =
            new AppealReopening.Request("NEW_EVIDENCE", "The client found the signed consents");

    private static final Instant TODAY = Instant.parse("2026-03-03T02:00:00Z");

    private final ReopeningRule rule = mock(ReopeningRule.class);
    private final CaseMessenger messenger = mock(CaseMessenger.class);
    private TestRoom room;
    private AppealReopening reopening;
    private AppealService appeals;
    private String number = "";

    TestRoom open() {
        return TestRoom.onH2(context -> {
            context.registerBean(ReopeningRule.class, () -> rule);
            context.registerBean(CaseMessenger.class, () -> messenger);
            context.register(AppealReopening.class);
        });
    }

    @BeforeEach
    void closeACase() {
        room = open();
        reopening = room.get(AppealReopening.class);
        appeals = room.get(AppealService.class);
        number = room.openAppeal("employee");
        appeals.enterStage(number, Stage.COLLECTING);
        appeals.close(number, Outcome.NOT_SUPPORTED);
        when(rule.refusal(anyString(), anyLong(), anyLong(), anyString())).thenReturn(Optional.empty());
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    private void judged(String decision, AppealReopening.Result result) {
        reopening.decide(number, decision, Map.of("reopeningNote", "That is how it is"), "compliance");
        reopening.end(number, result);
    }

    @Test
    void caseIsOpenAgainWhereItStoodAndItsAccountHasAnOpenAppeal() {
        Appeal before = appeals.get(number);
        reopening.ask(number, NEW_EVIDENCE, "employee");
        verify(messenger).startReopening(number, "employee", null);

        assertThat(reopening.reopen(number)).isEqualTo(Stage.COLLECTING);
        judged("GRANT", AppealReopening.Result.REOPENED);

        assertThat(appeals.get(number))
                .returns(Stage.COLLECTING, Appeal::stage)
                .returns(true, Appeal::isOpen)
                .returns(null, Appeal::closedAt)
                .returns(before.openedAt(), Appeal::openedAt);
        assertThat(appeals.findOpen(before.accountId())).map(Appeal::number).contains(number);
        assertThat(room.get(Timeline.class).entries(number))
                .extracting(Timeline.Entry::kind)
                .endsWith("CLOSED_NOT_SUPPORTED", "REOPENING_REQUESTED", "REOPENING_REOPENED");
        assertThat(room.jdbc()
                        .sql("select stage || outcome || result from reopening")
                        .query(String.class)
                        .list())
                .containsExactly("COLLECTINGNOT_SUPPORTEDREOPENED");
    }

    @Test
    void managerMayAskTooAndNobodyElse() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> reopening.ask(number, NEW_EVIDENCE, "employee2"));
        assertThat(reopening.chance(number, "compliance")).isEmpty();

        reopening.ask(number, NEW_EVIDENCE, "manager");

        verify(messenger).startReopening(number, "employee", "manager");
        assertThat(room.get(CaseSheet.class).find(number, "reopeningFacts").orElseThrow())
                .startsWith("The manager asks")
                .contains("2026-03-03", "not supported");
    }

    @Test
    void whoAskedDoesNotDecideAndAReasonIsGiven() {
        reopening.ask(number, NEW_EVIDENCE, "manager");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> reopening.decide(number, "GRANT", Map.of("reopeningNote", "Mine"), "manager"));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> reopening.decide(number, "GRANT", Map.of(), "compliance"));
    }

    @Test
    void requestWithoutACauseOrReasonIsRefusedAndOnlyAWithdrawnCaseWasWithdrawnByAccident() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> reopening.ask(number, new AppealReopening.Request(null, " short "), "employee"))
                .satisfies(e ->
                        assertThat(e.problems()).extracting(FieldProblem::field).containsExactly("cause", "reason"));
        AppealReopening.Request accident =
                new AppealReopening.Request("WITHDRAWN_BY_ACCIDENT", "I pressed the wrong button");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> reopening.ask(number, accident, "employee"));
        verifyNoInteractions(messenger);
    }

    @Test
    void whatTheDecisionRulesOutIsNotAskedAndThePageSaysWhy() {
        when(rule.refusal("NOT_SUPPORTED", 40, 0, "NONE")).thenReturn(Optional.of("TOO_LATE"));
        room.now(TODAY.plus(Duration.ofDays(40)));

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> reopening.ask(number, NEW_EVIDENCE, "employee"))
                .withMessageContaining("time for that is over");
        assertThat(reopening.chance(number, "employee"))
                .hasValueSatisfying(chance -> assertThat(chance)
                        .returns(false, AppealReopening.Chance::mayAsk)
                        .returns("It cannot be reopened: the time for that is over.", AppealReopening.Chance::whyNot));
    }

    @Test
    void onlyOneRequestAtATimeAndARefusalIsShownWithItsReason() {
        reopening.ask(number, NEW_EVIDENCE, "employee");
        assertThat(reopening.chance(number, "employee"))
                .hasValueSatisfying(chance -> assertThat(chance)
                        .returns(true, AppealReopening.Chance::pending)
                        .returns(false, AppealReopening.Chance::mayAsk));
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> reopening.ask(number, NEW_EVIDENCE, "manager"));

        judged("REFUSE", AppealReopening.Result.REFUSED);

        assertThat(reopening.chance(number, "employee"))
                .hasValueSatisfying(chance -> assertThat(chance)
                        .returns("That is how it is", AppealReopening.Chance::refusedBecause)
                        .returns(true, AppealReopening.Chance::mayAsk));
        reopening.ask(number, NEW_EVIDENCE, "employee");
    }

    @Test
    void theAccountsPresentAndTheCasesPastAreLookedUp() {
        String account = appeals.get(number).accountId();
        reopening.ask(number, NEW_EVIDENCE, "employee");
        room.now(TODAY.plus(Duration.ofDays(5)));
        assertThat(reopening.facts(number))
                .as("counted to the request")
                .isEqualTo(new AppealReopening.Facts("NOT_SUPPORTED", 0, 0, "NONE"));

        String other = appeals.open(account, "employee", true).number();
        assertThat(reopening.facts(number).bar()).isEqualTo("OTHER_APPEAL");
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> reopening.reopen(number));
        appeals.enterStage(other, Stage.PROBATION);
        assertThat(reopening.facts(number).bar()).as("on probation").isEqualTo("OTHER_APPEAL");
        appeals.close(other, Outcome.REINSTATED);
        room.get(Accounts.class).openCalling(account, Account.Status.ACTIVE);
        assertThat(reopening.facts(number).bar()).isEqualTo("NOT_SUSPENDED");
        room.get(Accounts.class).close(account);
        assertThat(reopening.facts(number).bar()).isEqualTo("CARD_CLOSED");
    }

    @Test
    void timesReopenedAreCounted() {
        reopening.ask(number, NEW_EVIDENCE, "employee");
        reopening.reopen(number);
        judged("GRANT", AppealReopening.Result.REOPENED);
        assertThat(reopening.chance(number, "employee")).as("open").isEmpty();
        appeals.close(number, Outcome.WITHDRAWN);

        reopening.ask(number, NEW_EVIDENCE, "employee");

        assertThat(reopening.facts(number)).isEqualTo(new AppealReopening.Facts("WITHDRAWN", 0, 1, "NONE"));
    }
}
