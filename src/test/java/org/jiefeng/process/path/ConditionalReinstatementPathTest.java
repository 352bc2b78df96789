package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConditionalReinstatementPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage("retraining");

    ConditionalReinstatementPathTest() {
        super("conditional-reinstatement");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance accepted(String causes) {
        ProcessInstance reinstatement = start(Map.of(
                "employeeId",
                "employee",
                "managerId",
                "manager",
                "causes",
                causes,
                "severity",
                "HIGH",
                "repeatCount",
                0L));
        assertThat(reinstatement).isWaitingAt("Task_AcceptTerms").task().isAssignedTo("employee");
        done("Task_AcceptTerms", Map.of("termsAccepted", true));
        return reinstatement;
    }

    private ProcessInstance onProbation() {
        ProcessInstance reinstatement = accepted("COMPLAINT");
        called("retraining", Map.of("retrainingCertified", true));
        assertThat(reinstatement).isWaitingAt("Event_SelfCheckDue");
        assertThat(ran).containsSubsequence("bindConditionsDelegate", "reopenCallingDelegate", "enterStageListener");
        return reinstatement;
    }

    @Test
    void callingStaysClosedWithoutCertificate() {
        ProcessInstance reinstatement = accepted("COMPLAINT");

        called("retraining", Map.of("retrainingCertified", false));

        assertThat(reinstatement)
                .isEnded()
                .hasPassed("EndEvent_CallingKeptClosed")
                .variables()
                .containsEntry("reinstatementOutcome", "KEPT_CLOSED");
        assertThat(ran).doesNotContain("reopenCallingDelegate");
    }

    @Test
    void expiredDocumentsNeedNoProbation() {
        ProcessInstance reinstatement = accepted("EXPIRED_DOCUMENTS");

        called("retraining", Map.of("retrainingCertified", true));

        assertThat(reinstatement)
                .isEnded()
                .hasPassed("EndEvent_AccountRestored")
                .hasNotPassed("SubProcess_Probation");
    }

    @Test
    void probationEndsWithTheLastSelfCheck() {
        ProcessInstance reinstatement = onProbation();
        pass("Event_SelfCheckDue");
        assertThat(reinstatement).isWaitingAt("Task_CompleteSelfCheck");
        done("Task_CompleteSelfCheck", Map.of("anomalyReported", false, "probationOver", false));
        pass("Event_SelfCheckDue");

        done("Task_CompleteSelfCheck", Map.of("anomalyReported", false, "probationOver", true));

        assertThat(reinstatement)
                .isEnded()
                .hasPassed("EndEvent_AccountRestored")
                .variables()
                .containsEntry("reinstatementOutcome", "RESTORED");
        assertThat(ran).containsSubsequence("recordSelfCheckListener", "endProbationDelegate");
    }

    @Test
    void reportedAnomalyGoesToTheManager() {
        ProcessInstance reinstatement = onProbation();
        pass("Event_SelfCheckDue");

        done("Task_CompleteSelfCheck", Map.of("anomalyReported", true, "probationOver", false));

        assertThat(reinstatement).isWaitingAt("Task_ReviewAnomaly").task().isAssignedTo("manager");
        done("Task_ReviewAnomaly");
        assertThat(reinstatement).isWaitingAt("Event_SelfCheckDue");
    }

    @Test
    void violationInsideProbationClosesCallingAgain() {
        ProcessInstance reinstatement = onProbation();

        send("violationDetected", Map.of());

        assertThat(reinstatement)
                .isEnded()
                .hasPassed("EndEvent_AccountSuspendedAgain")
                .variables()
                .containsEntry("reinstatementOutcome", "SUSPENDED_AGAIN");
        assertThat(ran).contains("closeCallingAgainDelegate");
    }
}
