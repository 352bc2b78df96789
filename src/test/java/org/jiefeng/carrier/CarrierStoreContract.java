package org.jiefeng.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Identity;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Answers;

/** Outbox, inbox and contact log; the same on every database we run on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CarrierStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");

    private CarrierDesk desk;

    abstract CarrierDesk open();

    @BeforeAll
    void start() {
        desk = open();
    }

    @AfterAll
    void stop() throws Exception {
        desk.close();
    }

    @BeforeEach
    void calm() {
        desk.carrier.posts.clear();
        desk.carrier.hangsAfterAccepting = false;
        desk.carrier.refusal = null;
        desk.carrier.out = null;
        desk.carrier.refusesFiles = false;
        desk.carrier.files.clear();
        desk.room.now(NOW);
        desk.caseWaits(true);
    }

    @AfterEach
    void clean() {
        for (String table : List.of("carrier_matter", "carrier_decision_reason", "carrier_decision", "carrier_event")) {
            desk.room.jdbc().sql("delete from " + table).update();
        }
        org.mockito.Mockito.reset(desk.engine, desk.steps);
        desk.room.jdbc().sql("update submission set next_poll_at = null").update();
    }

    // Outbox

    @Test
    void appealIsSentOnceHoweverOftenTheJobRuns() {
        AppealKey key = desk.prepared();

        String first = submissions().submit(key.appealNumber());
        String second = submissions().submit(key.appealNumber());

        assertThat(second).isEqualTo(first);
        assertThat(desk.carrier.posts).containsExactly(key.toString());
        assertThat(desk.timeline(key.appealNumber())).containsOnlyOnce("APPEAL_SUBMITTED");
    }

    // Incidents

    @Test
    void appealsOfOneActionBelongTogetherUntilTheyAreTakenOut() {
        Incidents incidents = desk.room.get(Incidents.class);
        String one = desk.room.openAppeal("employee");
        String other = desk.room.openAppeal("employee2");

        Incidents.Incident action = incidents.join(one, "CHINA_UNICOM", "批次-7", "liaison");
        assertThat(incidents.join(other, "CHINA_UNICOM", "批次-7", "liaison")).isEqualTo(action);
        incidents.join(other, "CHINA_UNICOM", "批次-7", "liaison");
        assertThat(incidents.appeals(action.id())).containsExactly(one, other);
        assertThat(desk.timeline(other)).containsOnlyOnce("INCIDENT_JOINED");

        Incidents.Incident another = incidents.join(other, "CHINA_MOBILE", "批次-7", "liaison");
        assertThat(another.id()).isNotEqualTo(action.id());
        assertThat(incidents.appeals(action.id())).containsExactly(one);
        assertThat(incidents.of(other)).contains(another);

        incidents.leave(one, "liaison");
        incidents.leave(one, "liaison");
        assertThat(incidents.of(one)).isEmpty();
        assertThat(desk.timeline(one)).containsOnlyOnce("INCIDENT_LEFT");
        assertThat(incidents.newest(10)).contains(another).doesNotContain(action);
    }

    @Test
    void whatArrivedBeforeTheTimeoutIsFoundAndNotSentAgain() {
        AppealKey key = desk.prepared();
        desk.carrier.hangsAfterAccepting = true;
        assertThatThrownBy(() -> submissions().submit(key.appealNumber())).hasMessage("timeout");
        desk.carrier.hangsAfterAccepting = false;

        String reference = submissions().submit(key.appealNumber());

        assertThat(desk.carrier.posts).hasSize(1);
        assertThat(desk.carrier.cases.values())
                .extracting(Receipt::carrierCaseId)
                .contains(reference);
    }

    /** PIPL art. 55: what went to the carrier, once, and what a liaison saw in full, each time with its purpose. */
    @Test
    void everyDisclosureIsNoted() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        submissions().submit(key.appealNumber());
        DisclosureLog log = desk.room.get(DisclosureLog.class);
        assertThat(log.of(key.appealNumber())).singleElement().satisfies(entry -> {
            assertThat(entry.recipient()).isEqualTo("China Mobile");
            assertThat(entry.purpose()).isEqualTo("Appeal to the carrier");
            assertThat(entry.items()).contains(CarrierDesk.DIGEST);
        });
        AppealService appeals = desk.room.get(AppealService.class);
        CarrierDisclosures disclosures = desk.room.get(CarrierDisclosures.class);

        Identity identity =
                disclosures.show(appeals.get(key.appealNumber()), CarrierDisclosures.Purpose.HOTLINE_CALL, "liaison");

        assertThat(identity.mobile()).matches("1\\d{10}");
        assertThat(identity.idNumber()).hasSize(18);
        assertThat(log.of(key.appealNumber())).hasSize(2).last().satisfies(entry -> {
            assertThat(entry.recipient()).isEqualTo("liaison");
            assertThat(entry.by()).isEqualTo("liaison");
            assertThat(entry.purpose()).isEqualTo("Call to a carrier hotline");
            assertThat(entry.items()).doesNotContain(identity.mobile(), identity.idNumber(), identity.iccid());
        });
        assertThat(desk.timeline(key.appealNumber())).contains("NUMBERS_SHOWN");
        appeals.close(key.appealNumber(), Outcome.NOT_RESTORABLE);
        assertThatThrownBy(() -> disclosures.show(
                        appeals.get(key.appealNumber()), CarrierDisclosures.Purpose.HOTLINE_CALL, "liaison"))
                .isInstanceOf(ConflictException.class);
        assertThat(log.of(key.appealNumber())).hasSize(2);
    }

    @Test
    void roundIsWrittenDownOnceAndAReopenedCaseGoesOnWithIt() {
        AppealKey key = desk.prepared();
        Submission before = submissions().find(key).orElseThrow();

        desk.prepare(key);

        assertThat(submissions().of(key.appealNumber())).containsExactly(before);
    }

    @Test
    void letterSaysNoMoreThanTheCarrierNeeds() {
        AppealKey key = desk.prepared();

        assertThat(submissions().find(key).orElseThrow().body())
                .contains("138****0001", "COMPLAINT", CarrierDesk.DIGEST)
                .doesNotContain("Li Na", "110101199001010007", "employee");
    }

    @Test
    void refusalIsKeptForTheLiaison() {
        AppealKey key = desk.prepared();
        desk.carrier.refusal = new SubmissionRefusedException("WRONG_CHANNEL", "Please use the portal");

        assertThatThrownBy(() -> submissions().submit(key.appealNumber()))
                .isInstanceOf(SubmissionRefusedException.class)
                .hasMessageNotContaining("portal");

        assertThat(desk.sheet(key.appealNumber(), "submissionRefusal"))
                .isEqualTo("WRONG_CHANNEL: Please use the portal");
        assertThat(submissions().find(key).orElseThrow().state()).isEqualTo(Submission.State.REFUSED);
    }

    @Test
    void guidanceAndDueDayStandOnTheSheet() {
        AppealKey key = desk.prepared();

        assertThat(desk.sheet(key.appealNumber(), "carrierGuidance")).contains("Hotline: 10086", "Not yet verified");
        assertThat(desk.sheet(key.appealNumber(), "reviewDueOn")).isEqualTo("2026-03-10");
    }

    @Test
    void whatWasHandedInByHandIsKeptWithItsTicket() {
        AppealKey key = desk.prepared();

        submissions()
                .recordByHand(
                        key.appealNumber(),
                        new ManualSubmission("HOTLINE", "T-4711", NOW.minusSeconds(60), "R-1", NOW, null),
                        NOW.minusSeconds(3600),
                        5,
                        "liaison");

        Submission submission = submissions().find(key).orElseThrow();
        assertThat(submission.reference()).isEqualTo("T-4711");
        assertThat(submission.isByHand()).isTrue();
        assertThat(desk.room
                        .jdbc()
                        .sql("select receipt_number from submission where receipt_at is not null")
                        .query(String.class)
                        .list())
                .containsExactly("R-1");
    }

    @Test
    void wrongTicketAndTimeAreNamed() {
        AppealKey key = desk.prepared();

        assertThatThrownBy(() -> submissions()
                        .recordByHand(
                                key.appealNumber(),
                                new ManualSubmission("AGENT", "?", NOW.plusSeconds(60), "?", NOW, NOW.plusSeconds(60)),
                                NOW,
                                5,
                                "liaison"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .extracting("field")
                                .containsExactly(
                                        "channelUsed",
                                        "ticketNumber",
                                        "submittedAt",
                                        "receiptNumber",
                                        "receivedAt",
                                        "paidAt"));
    }

    @Test
    void supplementGoesTheWayOfTheAppeal() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        desk.room.get(CaseSheet.class).write(key.appealNumber(), "supplementManifest", CarrierDesk.manifest(1));

        desk.room.get(Supplements.class).send(key.appealNumber());
        desk.room.get(Supplements.class).send(key.appealNumber());

        assertThat(desk.carrier.posts).containsExactly(key.toString(), key + ":supplement:1");
    }

    @Test
    void supplementToACarrierWithoutInterfaceIsLeftToTheLiaison() {
        AppealKey key = desk.prepared();
        submissions().recordByHand(key.appealNumber(), new ManualSubmission("PORTAL", "T-1", NOW), NOW, 5, "liaison");
        desk.room.get(CaseSheet.class).write(key.appealNumber(), "supplementManifest", CarrierDesk.manifest(2));

        desk.room.get(Supplements.class).send(key.appealNumber());

        assertThat(desk.carrier.posts).isEmpty();
        assertThat(desk.sheet(key.appealNumber(), "supplementRequest"))
                .contains("/api/appeals/" + key.appealNumber() + "/supplement/2");
    }

    @Test
    void everySealedSupplementGoesOutInItsOrder() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        desk.carrier.files.clear();
        for (int seal : new int[] {1, 2, 3}) {
            desk.room.get(CaseSheet.class).write(key.appealNumber(), "supplementManifest", CarrierDesk.manifest(seal));
        }

        desk.room.get(Supplements.class).send(key.appealNumber());
        desk.room.get(Supplements.class).send(key.appealNumber());

        assertThat(desk.carrier.posts)
                .containsExactly(key.toString(), key + ":supplement:1", key + ":supplement:2", key + ":supplement:3");
        assertThat(desk.carrier.files).hasSize(3);
    }

    @Test
    void supplementOfAnEarlierRoundStaysThere() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        desk.room.get(CaseSheet.class).write(key.appealNumber(), "supplementManifest", CarrierDesk.manifest(1));
        desk.room.now(NOW.plusSeconds(60));
        AppealKey next = new AppealKey(key.appealNumber(), 2);
        desk.prepare(next);
        submissions().submit(key.appealNumber());
        desk.room.get(CaseSheet.class).write(key.appealNumber(), "supplementManifest", CarrierDesk.manifest(2));

        desk.room.get(Supplements.class).send(key.appealNumber());

        assertThat(desk.carrier.posts)
                .endsWith(next.toString(), next + ":supplement:2")
                .hasSize(3);
    }

    @Test
    void sealedFilesAreHandedOverAndNoted() {
        AppealKey key = desk.prepared();

        submissions().submit(key.appealNumber());

        assertThat(desk.carrier.files).containsExactly(key + " " + CarrierDesk.DIGEST);
        assertThat(desk.room.get(DisclosureLog.class).of(key.appealNumber()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.items()).startsWith("Sealed papers"));
    }

    /** The appeal was taken on, so it must not be handed in again; the liaison brings the files. */
    @Test
    void refusedFilesAreLeftToTheLiaison() {
        AppealKey key = desk.prepared();
        desk.carrier.refusesFiles = true;

        submissions().submit(key.appealNumber());

        assertThat(submissions().find(key).orElseThrow().state()).isEqualTo(Submission.State.SUBMITTED);
        assertThat(desk.room.get(DisclosureLog.class).of(key.appealNumber()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.items()).startsWith("Digests"));
        assertThat(matters()).containsExactly(CarrierMatter.Kind.FILES_REFUSED);
    }

    // A carrier that is busy, or does not answer at all

    @Test
    void busyCarrierIsWaitedForAndThenAFailure() {
        AppealKey key = desk.prepared();
        desk.carrier.out = new CarrierBusyException("busy", NOW.plusSeconds(600));

        assertThatThrownBy(() -> submissions().submit(key.appealNumber()))
                .isInstanceOfSatisfying(
                        CarrierBusyException.class, e -> assertThat(e.until()).isEqualTo(NOW.plusSeconds(600)));

        desk.room.now(NOW.plusSeconds(5 * 3600));
        assertThatThrownBy(() -> submissions().submit(key.appealNumber())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stuckAppealIsAMatterUntilItGoesOn() {
        AppealKey key = desk.prepared();
        when(desk.steps.at("Task_SubmitAppealToCarrier")).thenReturn(List.of(key.appealNumber()));

        stuck().look();
        stuck().look();
        assertThat(matters()).containsExactly(CarrierMatter.Kind.STUCK_SUBMISSION);

        when(desk.steps.at("Task_SubmitAppealToCarrier")).thenReturn(List.of());
        stuck().look();
        assertThat(matters()).isEmpty();
        assertThat(desk.timeline(key.appealNumber())).contains("MATTER_HEALED");
    }

    @Test
    void stuckAppealIsTriedAgain() {
        AppealKey key = desk.prepared();
        when(desk.steps.at("Task_SubmitAppealToCarrier")).thenReturn(List.of(key.appealNumber()));
        stuck().look();

        work(CarrierMatter.Settlement.AGAIN, "");

        verify(desk.steps).runAgain("Task_SubmitAppealToCarrier", key.appealNumber());
        assertThat(submissions().find(key).orElseThrow().state()).isEqualTo(Submission.State.PREPARED);
    }

    @Test
    void stuckAppealIsHandedInByAPerson() {
        AppealKey key = desk.prepared();
        when(desk.steps.at("Task_SubmitAppealToCarrier")).thenReturn(List.of(key.appealNumber()));
        stuck().look();

        work(CarrierMatter.Settlement.BY_HAND, "");
        desk.carrier.out = new IllegalStateException("timeout");

        assertThatThrownBy(() -> submissions().submit(key.appealNumber()))
                .isInstanceOf(SubmissionRefusedException.class);
        verify(desk.steps).runAgain("Task_SubmitAppealToCarrier", key.appealNumber());
        assertThat(desk.carrier.posts).isEmpty();
        assertThat(desk.sheet(key.appealNumber(), "submissionRefusal")).contains("Ask the hotline");
    }

    @Test
    void whatArrivedAfterAllIsNotHandedInByAPersonToo() {
        AppealKey key = desk.prepared();
        desk.carrier.hangsAfterAccepting = true;
        assertThatThrownBy(() -> submissions().submit(key.appealNumber())).hasMessage("timeout");
        submissions().leaveToLiaison(key.appealNumber());

        submissions().submit(key.appealNumber());

        assertThat(submissions().find(key).orElseThrow().state()).isEqualTo(Submission.State.SUBMITTED);
        assertThat(desk.carrier.posts).hasSize(1);
    }

    @Test
    void stuckSupplementIsHandedOverByAPerson() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        desk.room.get(CaseSheet.class).write(key.appealNumber(), "supplementManifest", CarrierDesk.manifest(1));
        when(desk.steps.at("Task_SendSupplement")).thenReturn(List.of(key.appealNumber()));
        stuck().look();

        work(CarrierMatter.Settlement.BY_HAND, "");
        desk.carrier.out = new IllegalStateException("timeout");
        desk.room.get(Supplements.class).send(key.appealNumber());

        assertThat(desk.carrier.posts).hasSize(1);
        assertThat(desk.sheet(key.appealNumber(), "supplementRequest")).contains("/supplement/1");
    }

    // Asking for answers that got lost

    @Test
    void lostAnswerIsFoundByAsking() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        desk.carrier.said.put(key.toString(), List.of(decision(key, "p-1", CarrierEvent.Decision.REINSTATED)));

        polls().poll();
        assertThat(desk.rows("carrier_event")).isZero();
        desk.room.now(NOW.plusSeconds(3600));
        polls().poll();
        correlator().correlate();

        verify(desk.engine).send(eq("carrierDecisionReceived"), eq(key.appealNumber()), any());
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("DELIVERED");
    }

    @Test
    void whatCameByBothWaysIsOneAnswer() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        CarrierEvent event = decision(key, "p-2", CarrierEvent.Decision.REINSTATED);
        desk.carrier.said.put(key.toString(), List.of(event));
        inbox().receive(Carrier.CHINA_MOBILE, event, " " + Submissions.json(event));

        desk.room.now(NOW.plusSeconds(3600));
        polls().poll();

        assertThat(desk.rows("carrier_event")).isEqualTo(1);
    }

    @Test
    void decidedRoundIsNotAskedAboutAnyMore() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        receive(decision(key, "p-3", CarrierEvent.Decision.REINSTATED));
        desk.room
                .get(CarrierDecisions.class)
                .record(inbox().of(key.appealNumber()).get(0).id());
        desk.carrier.out = new IllegalStateException("asked nevertheless");

        desk.room.now(NOW.plusSeconds(3600));
        polls().poll();

        assertThat(desk.room
                        .jdbc()
                        .sql("select count(*) from submission where submission_key = :key and next_poll_at is null")
                        .param("key", key.toString())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void carrierThatCannotBeAskedIsAskedAgainInItsTime() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        desk.carrier.out = new IllegalStateException("timeout");
        desk.room.now(NOW.plusSeconds(3600));
        polls().poll();
        desk.carrier.out = null;
        desk.carrier.said.put(key.toString(), List.of(decision(key, "p-4", CarrierEvent.Decision.REINSTATED)));

        polls().poll();
        assertThat(desk.rows("carrier_event")).isZero();
        desk.room.now(NOW.plusSeconds(7200));
        polls().poll();
        assertThat(desk.rows("carrier_event")).isEqualTo(1);
    }

    @Test
    void idsOfOurOwnAreNotTakenFromACarrier() {
        AppealKey key = desk.prepared();
        submissions().submit(key.appealNumber());
        desk.carrier.said.put(key.toString(), List.of(decision(key, "matter:1", CarrierEvent.Decision.REINSTATED)));

        desk.room.now(NOW.plusSeconds(3600));
        polls().poll();

        assertThat(desk.rows("carrier_event")).isZero();
    }

    // Inbox

    @Test
    void decisionReachesTheCaseThatWaits() {
        AppealKey key = desk.prepared();
        receive(decision(key, "e-1", CarrierEvent.Decision.REINSTATED));

        correlator().correlate();

        verify(desk.engine).send(eq("carrierDecisionReceived"), eq(key.appealNumber()), any());
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("DELIVERED");
    }

    @Test
    void earlyAnswerIsTriedAgainUntilTheCaseWaits() {
        AppealKey key = desk.prepared();
        receive(supplement(key, "e-2"));
        desk.caseWaits(false);

        correlator().correlate();
        correlator().correlate();
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("RECEIVED");
        // Nothing of a request that did not arrive may stand on the forms.
        assertThat(desk.sheet(key.appealNumber(), "supplementRequest")).isEmpty();

        desk.caseWaits(true);
        desk.room.now(NOW.plusSeconds(2));
        correlator().correlate();

        verify(desk.engine, times(2)).send(anyString(), anyString(), any());
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("DELIVERED");
        assertThat(desk.sheet(key.appealNumber(), "supplementRequest")).isEqualTo("- recordings");
        assertThat(desk.timeline(key.appealNumber())).containsOnlyOnce("SUPPLEMENT_REQUESTED");
    }

    @Test
    void failureOfTheEngineLosesNothing() {
        AppealKey key = desk.prepared();
        receive(decision(key, "e-3", CarrierEvent.Decision.REJECTED));
        org.mockito.Mockito.when(desk.engine.send(anyString(), anyString(), any()))
                .thenThrow(new IllegalStateException("two nodes at one case"))
                .thenReturn(true);

        correlator().correlate();
        desk.room.now(NOW.plusSeconds(2));
        correlator().correlate();

        assertThat(desk.stateOfOnlyEvent()).isEqualTo("DELIVERED");
    }

    @Test
    void answerToAnEarlierRoundNeverTouchesTheNext() {
        AppealKey key = desk.prepared();
        desk.prepare(new AppealKey(key.appealNumber(), 2));
        receive(decision(key, "e-4", CarrierEvent.Decision.REINSTATED));

        correlator().correlate();

        verify(desk.engine, never()).send(anyString(), anyString(), any());
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("LATE");
        assertThat(desk.timeline(key.appealNumber())).contains("CARRIER_ANSWER_LATE");
    }

    @Test
    void answerAfterTheCaseMovedOnIsKeptAndShown() {
        AppealKey key = desk.prepared();
        desk.room.get(AppealService.class).enterStage(key.appealNumber(), Stage.ALTERNATIVES);
        receive(decision(key, "e-5", CarrierEvent.Decision.REINSTATED));

        correlator().correlate();

        verify(desk.engine, never()).send(anyString(), anyString(), any());
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("LATE");
    }

    @Test
    void answerNobodyEverWaitsForIsAMatterAfterADay() {
        AppealKey key = desk.prepared();
        receive(decision(key, "e-6", CarrierEvent.Decision.REINSTATED));
        desk.caseWaits(false);
        correlator().correlate();
        assertThat(matters()).isEmpty();

        desk.room.now(NOW.plusSeconds(25 * 3600));
        correlator().correlate();

        assertThat(desk.stateOfOnlyEvent()).isEqualTo("UNRESOLVED");
        assertThat(matters()).containsExactly(CarrierMatter.Kind.UNRESOLVED_ANSWER);

        desk.caseWaits(true);
        work(CarrierMatter.Settlement.AGAIN, "");
        correlator().correlate();
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("DELIVERED");
        assertThat(matters()).isEmpty();
    }

    /** We may have been down for longer than an answer is kept trying: it is brought first, and given up afterwards. */
    @Test
    void oldAnswerStillReachesTheCaseThatWaits() {
        AppealKey key = desk.prepared();
        receive(decision(key, "e-61", CarrierEvent.Decision.REINSTATED));

        desk.room.now(NOW.plusSeconds(48 * 3600));
        correlator().correlate();

        assertThat(desk.stateOfOnlyEvent()).isEqualTo("DELIVERED");
    }

    @Test
    void latePositiveDecisionIsAMatterAndCanBeFollowed() {
        AppealKey key = desk.prepared();
        desk.room.get(AppealService.class).enterStage(key.appealNumber(), Stage.ALTERNATIVES);
        receive(decision(key, "e-62", CarrierEvent.Decision.REINSTATED));
        correlator().correlate();
        assertThat(matters()).containsExactly(CarrierMatter.Kind.LATE_ANSWER);

        assertThatThrownBy(() -> work(CarrierMatter.Settlement.FOLLOWED, "?"))
                .isInstanceOf(InvalidInputException.class);
        work(CarrierMatter.Settlement.FOLLOWED, "Hotline confirms: reinstated");
        correlator().correlate();

        verify(desk.engine).send(eq("suspensionLifted"), eq(key.appealNumber()), any());
        assertThat(matters()).isEmpty();
        assertThat(desk.timeline(key.appealNumber())).contains("MATTER_FOLLOWED");
    }

    /** Somebody has to accept the conditions, and a closed case stays closed; both are said, not done. */
    @Test
    void lateDecisionThatCannotBeFollowedIsSettledWithANote() {
        AppealKey key = desk.prepared();
        desk.room.get(AppealService.class).enterStage(key.appealNumber(), Stage.ALTERNATIVES);
        CarrierEvent conditional = new CarrierEvent(
                "e-63",
                CarrierEvent.Type.DECISION,
                key.toString(),
                NOW,
                CarrierEvent.Decision.CONDITIONAL,
                new CarrierEvent.Terms(50, null, null, null, null),
                null,
                null,
                null);
        receive(conditional);
        correlator().correlate();

        assertThatThrownBy(() -> work(CarrierMatter.Settlement.FOLLOWED, "Hotline confirms"))
                .isInstanceOf(ConflictException.class);
        work(CarrierMatter.Settlement.DONE, "New round agreed with the employee");
        assertThat(matters()).isEmpty();

        AppealKey closed = desk.prepared();
        desk.room.get(AppealService.class).close(closed.appealNumber(), Outcome.NOT_RESTORABLE);
        receive(decision(closed, "e-64", CarrierEvent.Decision.REINSTATED));
        correlator().correlate();
        assertThat(matters()).containsExactly(CarrierMatter.Kind.LATE_ANSWER);
        assertThatThrownBy(() -> work(CarrierMatter.Settlement.FOLLOWED, "Hotline confirms"))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void sameDecisionAgainIsNobodysWork() {
        AppealKey key = desk.prepared();
        receive(decision(key, "e-65", CarrierEvent.Decision.REJECTED));
        desk.room
                .get(CarrierDecisions.class)
                .record(inbox().of(key.appealNumber()).get(0).id());
        desk.room.jdbc().sql("update carrier_event set state = 'DELIVERED'").update();
        receive(decision(key, "e-66", CarrierEvent.Decision.REJECTED));
        correlator().correlate();
        assertThat(matters()).isEmpty();

        receive(decision(key, "e-67", CarrierEvent.Decision.REINSTATED));
        correlator().correlate();
        assertThat(matters()).containsExactly(CarrierMatter.Kind.LATE_ANSWER);
    }

    @Test
    void liftingReachesACaseInWhateverStage() {
        AppealKey key = desk.prepared();
        desk.room.get(AppealService.class).enterStage(key.appealNumber(), Stage.ALTERNATIVES);
        receive(new CarrierEvent(
                "e-7", CarrierEvent.Type.SUSPENSION_LIFTED, key.toString(), NOW, null, null, null, null, null));

        correlator().correlate();

        verify(desk.engine).send(eq("suspensionLifted"), eq(key.appealNumber()), any());
    }

    @Test
    void answerToWhatWasNeverSubmittedWaitsForAPerson() {
        assertThat(receive(decision(new AppealKey("AP-2026-999999", 1), "e-8", CarrierEvent.Decision.REINSTATED)))
                .isTrue();

        correlator().correlate();
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("RECEIVED");
        desk.room.now(NOW.plusSeconds(25 * 3600));
        correlator().correlate();

        verify(desk.engine, never()).send(anyString(), anyString(), any());
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("UNRESOLVED");
        assertThat(matters()).containsExactly(CarrierMatter.Kind.UNRESOLVED_ANSWER);
        work(CarrierMatter.Settlement.DONE, "Told the carrier");
    }

    /** The answer may be here before our own words are committed. */
    @Test
    void answerBeforeTheSubmissionIsWrittenDownWaitsForIt() {
        String number = desk.room.openAppeal("employee");
        AppealKey key = new AppealKey(number, 1);
        receive(decision(key, "e-81", CarrierEvent.Decision.REINSTATED));
        correlator().correlate();

        desk.room.get(CaseSheet.class).write(number, "dossierManifest", CarrierDesk.manifest(1));
        desk.room.get(CaseSheet.class).write(number, "carrierName", "China Mobile");
        desk.room.get(AppealService.class).enterStage(number, Stage.WITH_CARRIER);
        desk.prepare(key);
        desk.room.now(NOW.plusSeconds(2));
        correlator().correlate();

        assertThat(desk.stateOfOnlyEvent()).isEqualTo("DELIVERED");
    }

    @Test
    void anotherCarriersAnswerMovesNothing() {
        AppealKey key = desk.prepared();

        inbox().receive(
                        Carrier.MVNO,
                        decision(key, "e-9", CarrierEvent.Decision.REINSTATED),
                        Submissions.json(decision(key, "e-9", CarrierEvent.Decision.REINSTATED)));
        correlator().correlate();

        verify(desk.engine, never()).send(anyString(), anyString(), any());
        assertThat(desk.stateOfOnlyEvent()).isEqualTo("RECEIVED");
    }

    @Test
    void oneEventAHundredTimesOnSixteenThreadsHasOneEffect() throws Exception {
        AppealKey key = desk.prepared();
        CarrierEvent event = decision(key, "e-10", CarrierEvent.Decision.REINSTATED);
        AtomicInteger stored = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        for (int i = 0; i < 100; i++) {
            threads.execute(() -> {
                try {
                    if (receive(event)) {
                        stored.incrementAndGet();
                    }
                } catch (RuntimeException e) {
                    failed.incrementAndGet();
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        correlator().correlate();
        correlator().correlate();

        assertThat(failed).hasValue(0);
        assertThat(stored).hasValue(1);
        assertThat(desk.rows("carrier_event")).isEqualTo(1);
        verify(desk.engine, times(1)).send(anyString(), anyString(), any());
    }

    @Test
    void twoCorrelatorsHaveOneEffectForEachEvent() throws Exception {
        for (int i = 0; i < 20; i++) {
            AppealKey key = desk.prepared();
            receive(decision(key, "many-" + i, CarrierEvent.Decision.REINSTATED));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(correlator()::correlate);
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        desk.room.now(NOW.plusSeconds(120));
        correlator().correlate();

        verify(desk.engine, times(20)).send(anyString(), anyString(), any());
    }

    @Test
    void anotherBodyUnderTheSameEventIdIsRefused() {
        AppealKey key = desk.prepared();
        receive(decision(key, "e-11", CarrierEvent.Decision.REJECTED));

        assertThatThrownBy(() -> receive(decision(key, "e-11", CarrierEvent.Decision.REINSTATED)))
                .isInstanceOf(ConflictException.class);
    }

    // Decisions

    @Test
    void termsAreKeptAndPublishedInBothNotations() {
        AppealKey key = desk.prepared();
        CarrierEvent.Terms terms = new CarrierEvent.Terms(50, 15, "09:30-18:00", 30, "No cross-region calls");
        receive(new CarrierEvent(
                "e-12",
                CarrierEvent.Type.DECISION,
                key.toString(),
                NOW,
                CarrierEvent.Decision.CONDITIONAL,
                terms,
                List.of(new CarrierEvent.Reason("OTHER", "First offence")),
                null,
                null));
        long id = inbox().of(key.appealNumber()).get(0).id();

        desk.room.get(CarrierDecisions.class).record(id);

        assertThat(desk.sheet(key.appealNumber(), "carrierTerms"))
                .isEqualTo("DAILY_CAP=50;HOURLY_CAP=15;PROBATION_DAYS=30;HOURS=09:30-18:00");
        assertThat(desk.sheet(key.appealNumber(), "carrierTermsText"))
                .contains("At most 50 calls a day", "No cross-region calls");
        assertThat(desk.sheet(key.appealNumber(), "decisionText"))
                .isEqualTo("Reinstated under conditions on 2026-03-03\n- Other reason: First offence");
        CarrierDecision kept = desk.room.get(CarrierDecisions.class).find(key).orElseThrow();
        assertThat(kept.terms()).isEqualTo(terms);
        assertThat(kept.reasons()).containsExactly(new CarrierEvent.Reason("OTHER", "First offence"));
    }

    @Test
    void secondDecisionOfARoundIsLate() {
        AppealKey key = desk.prepared();
        receive(decision(key, "e-13", CarrierEvent.Decision.REJECTED));
        desk.room
                .get(CarrierDecisions.class)
                .record(inbox().of(key.appealNumber()).get(0).id());
        receive(decision(key, "e-14", CarrierEvent.Decision.REINSTATED));

        correlator().correlate();

        verify(desk.engine, never()).send(anyString(), anyString(), any());
    }

    // Contacts

    @Test
    void decisionByTelephoneGoesTheSameWay() {
        AppealKey key = desk.prepared();

        contacts()
                .record(
                        key.appealNumber(),
                        "liaison",
                        contact(
                                "CONDITIONAL",
                                Map.of(
                                        "decidedOn", "2026-03-02",
                                        "enteredDailyCap", "50",
                                        "enteredTermsText", "Fifty calls a day")));
        correlator().correlate();

        CarrierEvent event = inbox().of(key.appealNumber()).get(0).event();
        assertThat(event.decision()).isEqualTo(CarrierEvent.Decision.CONDITIONAL);
        assertThat(event.terms()).isEqualTo(new CarrierEvent.Terms(50, null, null, null, "Fifty calls a day"));
        assertThat(event.eventId()).startsWith("contact:");
        verify(desk.engine).send(eq("carrierDecisionReceived"), eq(key.appealNumber()), any());
        assertThat(desk.sheet(key.appealNumber(), "contactsText"))
                .startsWith("- 2026-03-03, Hotline: Reinstated under conditions.");
    }

    @Test
    void noNewsMovesNothing() {
        AppealKey key = desk.prepared();

        contacts().record(key.appealNumber(), "liaison", contact("NO_NEWS", Map.of()));

        assertThat(desk.rows("carrier_event")).isZero();
        assertThat(desk.timeline(key.appealNumber())).contains("CARRIER_CONTACTED");
    }

    @Test
    void wishesOfTheCarrierAreTakenLineByLine() {
        AppealKey key = desk.prepared();

        contacts()
                .record(
                        key.appealNumber(),
                        "liaison",
                        contact(
                                "SUPPLEMENT",
                                Map.of(
                                        "supplementWanted",
                                        "recordings\n\n licence ",
                                        "supplementDueOn",
                                        "2026-03-09")));

        CarrierEvent event = inbox().of(key.appealNumber()).get(0).event();
        assertThat(event.requestedMaterials()).containsExactly("recordings", "licence");
        assertThat(event.dueOn()).isEqualTo(LocalDate.of(2026, 3, 9));
    }

    @Test
    void promisedDateSetsTheNextFollowUp() {
        AppealKey key = desk.prepared();

        contacts().record(key.appealNumber(), "liaison", contact("PROMISED_DATE", Map.of("promisedOn", "2026-03-07")));

        // A Saturday: we ask when the Monday is over.
        Instant monday = Instant.parse("2026-03-09T10:00:00Z");
        verify(desk.dates).followUp(key.appealNumber(), Date.from(monday));
        assertThat(dates(key)).containsExactly("FOLLOW_UP 2026-03-09T10:00:00Z PROMISED");
        assertThat(desk.sheet(key.appealNumber(), "contactsShown"))
                .isEqualTo("- 2026-03-03, Hotline: Answer promised 2026-03-07.");
        assertThatThrownBy(() -> contacts()
                        .record(
                                key.appealNumber(),
                                "liaison",
                                contact("PROMISED_DATE", Map.of("promisedOn", "2026-03-02"))))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void moreTimeMovesTheDueDateAndKeepsTheEarlierOne() {
        AppealKey key = desk.prepared();
        CarrierDates dates = desk.room.get(CarrierDates.class);
        when(desk.dates.awaitsSupplement(key.appealNumber())).thenReturn(true);
        when(desk.dates.supplement(eq(key.appealNumber()), any())).thenReturn(true);
        dates.supplementAsked(key.appealNumber(), CarrierDates.endOf(LocalDate.of(2026, 3, 6)));

        contacts().record(key.appealNumber(), "liaison", contact("EXTENSION_ASKED", Map.of()));
        contacts()
                .record(
                        key.appealNumber(),
                        "liaison",
                        contact("EXTENSION_GRANTED", Map.of("extendedUntil", "2026-03-11")));
        contacts().record(key.appealNumber(), "liaison", contact("EXTENSION_REFUSED", Map.of()));

        verify(desk.dates).supplement(key.appealNumber(), Date.from(Instant.parse("2026-03-11T10:00:00Z")));
        assertThat(dates(key))
                .containsExactly(
                        "SUPPLEMENT 2026-03-06T10:00:00Z ASKED",
                        "SUPPLEMENT 2026-03-11T10:00:00Z EXTENDED",
                        "SUPPLEMENT 2026-03-11T10:00:00Z NOT_EXTENDED");
        assertThat(desk.sheet(key.appealNumber(), "supplementDueOn")).isEqualTo("2026-03-11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXTENSION_ASKED", "EXTENSION_GRANTED", "EXTENSION_REFUSED"})
    void moreTimeNeedsASupplementThatIsAskedFor(String answer) {
        AppealKey key = desk.prepared();

        assertThatThrownBy(() -> contacts()
                        .record(key.appealNumber(), "liaison", contact(answer, Map.of("extendedUntil", "2026-03-11"))))
                .isInstanceOf(ConflictException.class);
        assertThat(contacts().of(key.appealNumber())).isEmpty();
        assertThat(dates(key)).isEmpty();
    }

    @Test
    void everySupplementIsDueWhenTheCarrierWantsIt() {
        AppealKey key = desk.prepared();
        DateSupplementListener listener =
                new DateSupplementListener(desk.room.get(CarrierDates.class), desk.room.get(CaseSheet.class));
        Date usual = Date.from(Instant.parse("2026-03-04T10:00:00Z"));
        DelegateTask first = supplementTask(key, usual);
        desk.room.get(CaseSheet.class).write(key.appealNumber(), "supplementDueOn", "2026-03-06");
        listener.notify(first);
        verify(first).setDueDate(Date.from(Instant.parse("2026-03-06T10:00:00Z")));

        // The next one comes without a date: the one before does not count for it.
        DelegateTask second = supplementTask(key, usual);
        desk.room.get(CaseSheet.class).write(key.appealNumber(), "supplementDueOn", "");
        listener.notify(second);
        verify(second).setDueDate(usual);

        assertThat(dates(key))
                .containsExactly("SUPPLEMENT 2026-03-06T10:00:00Z ASKED", "SUPPLEMENT 2026-03-04T10:00:00Z ASKED");
    }

    private static DelegateTask supplementTask(AppealKey key, Date due) {
        DelegateTask task = mock(DelegateTask.class, Answers.RETURNS_DEEP_STUBS);
        when(task.getExecution().getProcessBusinessKey()).thenReturn(key.appealNumber());
        when(task.getDueDate()).thenReturn(due);
        return task;
    }

    /** What is counted again when the calendar changes, and what is not. */
    @Test
    void theCarriersTimeIsKnownToBeCountedInWorkingDaysOrNot() {
        AppealKey key = desk.prepared();
        CarrierDates dates = desk.room.get(CarrierDates.class);
        Instant from = Instant.parse("2026-03-03T02:00:00Z");

        dates.submitted(key.appealNumber(), from, 5, 0, "liaison");
        dates.submitted(key.appealNumber(), from, 2, 48, "liaison");

        assertThat(desk.room.get(DueDates.class).of(key.appealNumber()))
                .extracting(DueDates.Entry::counted)
                .containsExactly(new DueDates.Counted(from, 5), null);
    }

    private List<String> dates(AppealKey key) {
        return desk.room.get(DueDates.class).of(key.appealNumber()).stream()
                .map(date -> date.kind() + " " + date.dueAt() + " " + date.reason())
                .toList();
    }

    @Test
    void everyWrongFieldOfAContactIsNamed() {
        AppealKey key = desk.prepared();

        assertThatThrownBy(() -> contacts()
                        .record(
                                key.appealNumber(),
                                "liaison",
                                Map.of(
                                        "contactChannel", "AGENT",
                                        "contactedOn", "2026-03-04",
                                        "contactAnswer", "CONDITIONAL",
                                        "decidedOn", "soon",
                                        "enteredDailyCap", "1.5",
                                        "contactNote", "ok")))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .extracting("field")
                                .containsExactly(
                                        "contactChannel",
                                        "contactedOn",
                                        "contactNote",
                                        "decidedOn",
                                        "enteredDailyCap",
                                        "enteredTermsText"));
    }

    @Test
    void carrierCannotDecideWhatItNeverGot() {
        String number = desk.room.openAppeal("employee");

        assertThatThrownBy(() ->
                        contacts().record(number, "liaison", contact("REINSTATED", Map.of("decidedOn", "2026-03-02"))))
                .isInstanceOf(ConflictException.class);
        contacts().record(number, "liaison", contact("LIFTED", Map.of("decidedOn", "2026-03-02")));
        correlator().correlate();

        verify(desk.engine).send(eq("suspensionLifted"), eq(number), any());
    }

    @Test
    void endedCaseTakesNoContact() {
        AppealKey key = desk.prepared();
        desk.room.get(AppealService.class).close(key.appealNumber(), Outcome.WITHDRAWN);

        assertThatThrownBy(() -> contacts().record(key.appealNumber(), "liaison", contact("NO_NEWS", Map.of())))
                .isInstanceOf(ConflictException.class);
    }

    private static Map<String, String> contact(String answer, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(more);
        fields.put("contactChannel", "HOTLINE");
        fields.put("contactedOn", "2026-03-03");
        fields.put("contactAnswer", answer);
        fields.put("contactNote", "Spoke with desk 12");
        return fields;
    }

    private boolean receive(CarrierEvent event) {
        return inbox().receive(Carrier.CHINA_MOBILE, event, Submissions.json(event));
    }

    private static CarrierEvent decision(AppealKey key, String id, CarrierEvent.Decision decision) {
        return new CarrierEvent(id, CarrierEvent.Type.DECISION, key.toString(), NOW, decision, null, null, null, null);
    }

    private static CarrierEvent supplement(AppealKey key, String id) {
        return new CarrierEvent(
                id,
                CarrierEvent.Type.SUPPLEMENT_REQUESTED,
                key.toString(),
                NOW,
                null,
                null,
                null,
                List.of("recordings"),
                null);
    }

    private List<CarrierMatter.Kind> matters() {
        return desk.room.get(CarrierMatters.class).open().stream()
                .map(CarrierMatter::kind)
                .toList();
    }

    /** Does something about the only open matter. */
    private void work(CarrierMatter.Settlement settlement, String note) {
        List<CarrierMatter> open = desk.room.get(CarrierMatters.class).open();
        assertThat(open).hasSize(1);
        desk.room.get(CarrierDeskWork.class).settle(open.get(0), settlement, note, "liaison");
    }

    private StuckTransfers stuck() {
        return desk.room.get(StuckTransfers.class);
    }

    private CarrierPolls polls() {
        return desk.room.get(CarrierPolls.class);
    }

    private Submissions submissions() {
        return desk.room.get(Submissions.class);
    }

    private CarrierInbox inbox() {
        return desk.room.get(CarrierInbox.class);
    }

    private InboxCorrelator correlator() {
        return desk.room.get(InboxCorrelator.class);
    }

    private CarrierContacts contacts() {
        return desk.room.get(CarrierContacts.class);
    }
}
