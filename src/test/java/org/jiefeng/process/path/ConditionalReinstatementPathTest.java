package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.taskService;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConditionalReinstatementPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage("retraining", "probation");

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
        assertThat(reinstatement).isWaitingAt("Task_ServeProbation");
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
                .hasNotPassed("Task_ServeProbation");
    }

    @Test
    void probationThatIsServedRestoresTheAccount() {
        ProcessInstance reinstatement = onProbation();

        called("probation", Map.of());

        assertThat(reinstatement)
                .isEnded()
                .hasPassed("EndEvent_AccountRestored")
                .variables()
                .containsEntry("reinstatementOutcome", "RESTORED");
        assertThat(ran).contains("endProbationDelegate");
    }

    @Test
    void probationThatIsBrokenOffClosesCallingAgain() {
        ProcessInstance reinstatement = onProbation();

        taskService().handleBpmnError(open("Called_probation").getId(), "Err_SuspendedAgain");

        assertThat(reinstatement)
                .isEnded()
                .hasPassed("EndEvent_AccountSuspendedAgain")
                .variables()
                .containsEntry("reinstatementOutcome", "SUSPENDED_AGAIN");
        assertThat(ran).contains("closeCallingAgainDelegate").doesNotContain("endProbationDelegate");
    }
}
