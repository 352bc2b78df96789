package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountAppealPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage(
            "manager-report", "evidence-collection", "carrier-review", "conditional-reinstatement", "alternatives");

    AccountAppealPathTest() {
        super("account-appeal");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance suspended(Map<String, Object> differences) {
        effect("registerSuspensionDelegate", execution -> {
            Map<String, Object> facts = new HashMap<>(Map.of(
                    "employeeId", "employee",
                    "accountId", "AC-1",
                    "carrier", "CHINA_MOBILE",
                    "source", "CARRIER",
                    "accountState", "SUSPENDED",
                    "causes", "COMPLAINT",
                    "repeatCount", 0L,
                    "noticeComplete", true,
                    "openAppeal", "NONE"));
            facts.putAll(differences);
            execution.setVariables(facts);
            execution.setProcessBusinessKey(APPEAL);
        });
        return runtimeService()
                .createMessageCorrelation("accountSuspended")
                .setVariable("noticeReference", "1")
                .correlateStartMessage();
    }

    private ProcessInstance withCarrier() {
        ProcessInstance appeal = suspended(Map.of());
        called("manager-report", Map.of("appealSupported", true, "managerId", "manager"));
        called("evidence-collection", Map.of("companyDecision", "APPROVE"));
        assertThat(appeal).isWaitingAt("Task_ObtainCarrierDecision");
        return appeal;
    }

    @Test
    void accountIsReinstatedAfterProbation() {
        ProcessInstance appeal = withCarrier();
        called("carrier-review", Map.of("carrierOutcome", "CONDITIONAL", "submissionRound", 1L));

        called("conditional-reinstatement", Map.of("reinstatementOutcome", "RESTORED"));

        assertThat(appeal).isEnded().hasPassed("EndEvent_AccountReinstated");
        assertThat(ran)
                .containsSubsequence(
                        "registerSuspensionDelegate",
                        "pauseCallingDelegate",
                        "requestRecordingRescueDelegate",
                        "enterStageListener",
                        "closeAppealListener");
    }

    @Test
    void startFormOpensACaseAsTheNoticeDoes() {
        suspended(Map.of("openAppeal", "OPEN"));

        ProcessInstance appeal = start(Map.of("noticeReference", "1"));

        assertThat(appeal).isEnded().hasPassed("StartEvent_SuspensionReported");
    }

    @Test
    void furtherNoticeIsAttachedToTheOpenAppeal() {
        ProcessInstance notice = suspended(Map.of("openAppeal", "OPEN"));

        assertThat(notice).isEnded().hasPassed("EndEvent_NoticeAttached");
        assertThat(ran).doesNotContain("pauseCallingDelegate");
    }

    @Test
    void suspensionInsideProbationOpensANewAppealAndEndsTheProbation() {
        ProcessInstance appeal = suspended(Map.of("openAppeal", "PROBATION", "repeatCount", 1L));

        assertThat(appeal).isWaitingAt("Task_ReportToManager");
        assertThat(ran).containsSubsequence("reportProbationViolationDelegate", "pauseCallingDelegate");
    }

    @Test
    void unsupportedAppealIsClosed() {
        ProcessInstance appeal = suspended(Map.of());

        called("manager-report", Map.of("appealSupported", false));

        assertThat(appeal).isEnded().hasPassed("EndEvent_AppealNotSupported");
    }

    @Test
    void companyDeclinesTheApplication() {
        ProcessInstance appeal = suspended(Map.of());
        called("manager-report", Map.of("appealSupported", true));

        called("evidence-collection", Map.of("companyDecision", "DECLINE"));

        assertThat(appeal).isEnded().hasPassed("EndEvent_AppealDeclined");
    }

    @Test
    void companyImposedSuspensionSkipsTheCarrier() {
        ProcessInstance appeal = suspended(Map.of("source", "INTERNAL"));
        called("manager-report", Map.of("appealSupported", true));

        called("evidence-collection", Map.of("companyDecision", "APPROVE"));

        assertThat(appeal).isWaitingAt("Task_ReinstateUnderConditions").hasNotPassed("Task_ObtainCarrierDecision");
    }

    @Test
    void thirdSuspensionGoesToTheAlternatives() {
        ProcessInstance appeal = suspended(Map.of("repeatCount", 2L));
        called("manager-report", Map.of("appealSupported", true));

        called("evidence-collection", Map.of("companyDecision", "APPROVE", "carrierAppealOverride", false));

        assertThat(appeal).isWaitingAt("Task_PursueAlternatives");
    }

    @Test
    void thirdSuspensionGoesToTheCarrierOnlyByOverride() {
        ProcessInstance appeal = suspended(Map.of("repeatCount", 2L));
        called("manager-report", Map.of("appealSupported", true));

        called("evidence-collection", Map.of("companyDecision", "APPROVE", "carrierAppealOverride", true));

        assertThat(appeal).isWaitingAt("Task_ObtainCarrierDecision");
    }

    @Test
    void rejectedAppealIsResubmittedWithBetterEvidence() {
        ProcessInstance appeal = withCarrier();
        called("carrier-review", Map.of("carrierOutcome", "REJECTED", "submissionRound", 1L));

        called("alternatives", Map.of("alternativesOutcome", "RESUBMIT"));

        assertThat(appeal).isWaitingAt("Task_CollectEvidence");
    }

    @Test
    void resubmissionThatIsReadyTooLateGoesBackToTheOptions() {
        ProcessInstance appeal = withCarrier();
        called("carrier-review", Map.of("carrierOutcome", "REJECTED", "submissionRound", 1L));
        called("alternatives", Map.of("alternativesOutcome", "RESUBMIT"));
        runtimeService().setVariable(appeal.getId(), "tooLateToResubmit", true);

        called("evidence-collection", Map.of("companyDecision", "APPROVE"));

        assertThat(appeal).isWaitingAt("Task_PursueAlternatives").isNotWaitingAt("Task_ObtainCarrierDecision");
    }

    @Test
    void regulatorBringsTheAccountBack() {
        ProcessInstance appeal = withCarrier();
        called("carrier-review", Map.of("carrierOutcome", "NO_ANSWER", "submissionRound", 1L));

        called("alternatives", Map.of("alternativesOutcome", "REINSTATED"));

        assertThat(appeal).isWaitingAt("Task_ReinstateUnderConditions");
    }

    @Test
    void accountCannotBeRestored() {
        ProcessInstance appeal = withCarrier();
        called("carrier-review", Map.of("carrierOutcome", "REJECTED", "submissionRound", 2L));

        called("alternatives", Map.of("alternativesOutcome", "ENDED"));

        assertThat(appeal).isEnded().hasPassed("EndEvent_AccountNotRestorable");
    }

    @Test
    void accountIsSuspendedAgainOnProbation() {
        ProcessInstance appeal = withCarrier();
        called("carrier-review", Map.of("carrierOutcome", "REINSTATED"));

        called("conditional-reinstatement", Map.of("reinstatementOutcome", "SUSPENDED_AGAIN"));

        assertThat(appeal).isEnded().hasPassed("EndEvent_AccountSuspendedAgain");
    }

    @Test
    void callingStaysClosedWhenRetrainingFails() {
        ProcessInstance appeal = withCarrier();
        called("carrier-review", Map.of("carrierOutcome", "REINSTATED"));

        called("conditional-reinstatement", Map.of("reinstatementOutcome", "KEPT_CLOSED"));

        assertThat(appeal).isEnded().hasPassed("EndEvent_CallingKeptClosed");
    }

    @Test
    void carrierLiftsTheSuspensionAtAnyTime() {
        ProcessInstance appeal = withCarrier();

        send("suspensionLifted", Map.of());

        assertThat(appeal).isEnded().hasPassed("EndEvent_SuspensionLifted");
        assertThat(ran).containsSubsequence("liftConditionsDelegate", "reopenCallingAfterLiftDelegate");
        assertThat(runtimeService().createProcessInstanceQuery().count()).isZero();
    }

    @Test
    void applicantWithdraws() {
        ProcessInstance appeal = withCarrier();

        send("appealWithdrawn", Map.of());

        assertThat(appeal).isEnded().hasPassed("EndEvent_AppealWithdrawn");
        assertThat(ran).contains("closeWithdrawnAppealDelegate");
    }
}
