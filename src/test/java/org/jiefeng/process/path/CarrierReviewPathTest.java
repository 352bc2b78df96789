package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.job;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.processEngine;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.taskService;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.jiefeng.process.CaseDates;
import org.jiefeng.process.OpenSteps;
import org.jiefeng.process.StuckSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CarrierReviewPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    CarrierReviewPathTest() {
        super("carrier-review");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance submitted() {
        ProcessInstance review = start(appeal("CHINA_MOBILE"));
        assertThat(review).isWaitingAt("Task_SubmitAppealToCarrier");
        pass("Task_SubmitAppealToCarrier");
        pass("Task_SubmitAppealToCarrier");
        assertThat(review).isWaitingAt("Task_AwaitCarrierDecision");
        return review;
    }

    private static Map<String, Object> appeal(String carrier) {
        return Map.of(
                "employeeId",
                "employee",
                "carrier",
                carrier,
                "causes",
                "COMPLAINT",
                "severity",
                "HIGH",
                "submissionRound",
                0L);
    }

    @Test
    void carrierReinstates() {
        ProcessInstance review = submitted();

        send("carrierDecisionReceived", Map.of("carrierOutcome", "REINSTATED"));

        assertThat(review).isEnded().hasPassed("EndEvent_AccountReinstated");
        assertThat(ran)
                .containsSubsequence(
                        "prepareSubmissionDelegate",
                        "submitAppealToCarrierDelegate",
                        "recordCarrierDecisionDelegate",
                        "decisionArrivedListener");
    }

    @Test
    void carrierReinstatesConditionally() {
        ProcessInstance review = submitted();

        send("carrierDecisionReceived", Map.of("carrierOutcome", "CONDITIONAL"));

        assertThat(review).isEnded().hasPassed("EndEvent_AccountReinstatedConditionally");
    }

    @Test
    void carrierRejects() {
        ProcessInstance review = submitted();

        send("carrierDecisionReceived", Map.of("carrierOutcome", "REJECTED"));

        assertThat(review).isEnded().hasPassed("EndEvent_AppealRejected");
    }

    @Test
    void liaisonSubmitsWhereThereIsNoInterface() {
        ProcessInstance review = start(appeal("CHINA_TELECOM"));
        assertThat(review).isWaitingAt("Task_SubmitThroughPortal").task().hasCandidateGroup("liaisons");

        done("Task_SubmitThroughPortal");

        assertThat(review).isWaitingAt("Task_AwaitCarrierDecision");
        assertThat(ran).contains("recordManualSubmissionListener");
    }

    @Test
    void refusedSubmissionIsTakenOnByTheLiaison() {
        effect("submitAppealToCarrierDelegate", execution -> {
            throw new BpmnError("Err_SubmissionRefused");
        });
        ProcessInstance review = start(appeal("CHINA_MOBILE"));

        pass("Task_SubmitAppealToCarrier");

        assertThat(review).isWaitingAt("Task_SubmitThroughPortal").hasPassed("BoundaryEvent_SubmissionRefused");
    }

    @Test
    void stuckSubmissionIsFoundAndGoesOnWhenAPersonSaysSo() {
        StuckSteps stuck = new StuckSteps(runtimeService(), managementService(), Clock.systemUTC());
        AtomicBoolean down = new AtomicBoolean(true);
        effect("submitAppealToCarrierDelegate", execution -> {
            if (down.get()) {
                throw new IllegalStateException("The carrier is down");
            }
        });
        ProcessInstance review = start(appeal("CHINA_MOBILE"));
        fail("Task_SubmitAppealToCarrier");
        assertThat(stuck.at("Task_SubmitAppealToCarrier"))
                .as("more retries to come")
                .isEmpty();
        managementService().setJobRetries(job("Task_SubmitAppealToCarrier").getId(), 1);
        fail("Task_SubmitAppealToCarrier");
        assertThat(stuck.at("Task_SubmitAppealToCarrier")).containsExactly(APPEAL);
        assertThat(stuck.at("Task_SendSupplement")).isEmpty();

        stuck.runAgain("Task_SendSupplement", APPEAL);
        stuck.runAgain("Task_SubmitAppealToCarrier", "AP-2026-000002");
        assertThat(job("Task_SubmitAppealToCarrier").getRetries()).isZero();
        stuck.runAgain("Task_SubmitAppealToCarrier", APPEAL);
        fail("Task_SubmitAppealToCarrier");
        assertThat(stuck.at("Task_SubmitAppealToCarrier")).containsExactly(APPEAL);

        down.set(false);
        stuck.runAgain("Task_SubmitAppealToCarrier", APPEAL);
        assertThat(job("Task_SubmitAppealToCarrier").getDuedate()).isBeforeOrEqualTo(new Date());
        pass("Task_SubmitAppealToCarrier");
        pass("Task_SubmitAppealToCarrier");
        assertThat(review).isWaitingAt("Task_AwaitCarrierDecision");
        assertThat(stuck.at("Task_SubmitAppealToCarrier")).isEmpty();
    }

    private static void fail(String step) {
        assertThatThrownBy(() -> pass(step)).hasMessageContaining("The carrier is down");
    }

    @Test
    void carrierIsContactedAgainAndAgainUntilItDecides() {
        ProcessInstance review = submitted();
        pass("BoundaryEvent_FollowUpDue");
        assertThat(review).isWaitingAt("Task_ContactCarrier", "Task_AwaitCarrierDecision");
        done("Task_ContactCarrier");
        assertThat(review).isWaitingAt("Event_NextFollowUpDue");
        pass("Event_NextFollowUpDue");
        assertThat(review).isWaitingAt("Task_ContactCarrier");

        send("carrierDecisionReceived", Map.of("carrierOutcome", "REINSTATED"));

        assertThat(review).isEnded();
        assertThat(ran).contains("recordContactListener");
    }

    @Test
    void promiseAndMoreTimeMoveWhatWaits() {
        CaseDates dates = new CaseDates(runtimeService(), taskService(), managementService());
        Date promised = date("2030-03-05T10:00:00Z");
        Date extended = date("2030-03-08T10:00:00Z");
        submitted();
        assertThat(dates.supplement(APPEAL, extended)).isFalse();
        send("supplementRequested", Map.of());

        dates.followUp(APPEAL, promised);
        OpenSteps steps = new OpenSteps(
                taskService(),
                runtimeService(),
                managementService(),
                processEngine().getRepositoryService());
        assertThat(steps.of(APPEAL))
                .extracting(step -> step.kind() + " " + step.name() + " " + step.assignee())
                .containsExactlyInAnyOrder(
                        "TASK Provide supplement employee",
                        "ANSWER Await carrier decision null",
                        "DATE Follow-up due null");
        assertThat(steps.of(APPEAL)).extracting(step -> step.dueAt()).contains(promised.toInstant());
        assertThat(job("BoundaryEvent_FollowUpDue").getDuedate()).isEqualTo(promised);
        assertThat(dates.supplement(APPEAL, extended)).isTrue();
        assertThat(open("Task_ProvideSupplement").getDueDate()).isEqualTo(extended);

        pass("BoundaryEvent_FollowUpDue");
        assertThat(steps.of(APPEAL))
                .filteredOn(step -> step.name().equals("Contact carrier"))
                .singleElement()
                .satisfies(step -> assertThat(step.groups()).containsExactly("liaisons"));
        done("Task_ContactCarrier");
        dates.followUp(APPEAL, extended);
        assertThat(job("Event_NextFollowUpDue").getDuedate()).isEqualTo(extended);
    }

    private static Date date(String text) {
        return Date.from(Instant.parse(text));
    }

    @Test
    void supplementIsProvidedWhileTheDecisionIsAwaited() {
        ProcessInstance review = submitted();
        send("supplementRequested", Map.of());
        assertThat(review).isWaitingAt("Task_ProvideSupplement", "Task_AwaitCarrierDecision");
        done("Task_ProvideSupplement");

        pass("Task_SendSupplement");
        pass("Task_SendSupplement");

        assertThat(review).isWaitingAt("Task_AwaitCarrierDecision").hasPassed("EndEvent_SupplementSent");
        assertThat(ran)
                .containsSubsequence("supplementAskedListener", "sealSupplementListener", "sendSupplementDelegate");
    }

    @Test
    void overdueReviewMakesTheLiaisonAskWhetherMaterialIsMissing() {
        ProcessInstance review = submitted();
        pass("BoundaryEvent_ReviewOverdue");

        done("Task_AskForMissingMaterial");

        assertThat(review).isWaitingAt("Task_AwaitCarrierDecision").hasPassed("EndEvent_MissingMaterialAsked");
    }

    @Test
    void silenceOpensTheRegulatorsPath() {
        ProcessInstance review = submitted();
        pass("BoundaryEvent_FollowUpDue");

        pass("BoundaryEvent_NoAnswerReceived");

        assertThat(review)
                .isEnded()
                .hasPassed("EndEvent_CarrierSilent")
                .variables()
                .containsEntry("carrierOutcome", "NO_ANSWER");
    }
}
