package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultFindingPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    FaultFindingPathTest() {
        super("fault-finding");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance requested(String causes) {
        effect("findResponsibleManagerDelegate", "managerId", "manager");
        ProcessInstance finding = runtimeService()
                .createMessageCorrelation("faultFindingRequested")
                .processInstanceBusinessKey(APPEAL)
                .setVariables(Map.of("employeeId", "employee", "causes", causes, "severity", "HIGH"))
                .correlateStartMessage();
        assertThat(finding).isWaitingAt("Task_ApplyRepeatRule");
        pass("Task_ApplyRepeatRule");
        return finding;
    }

    private ProcessInstance foundAtFault() {
        ProcessInstance finding = requested("COMPLAINT");
        assertThat(finding).isWaitingAt("Task_FindFault").task().isAssignedTo("manager");
        done("Task_FindFault", Map.of("faultFinding", "EMPLOYEE"));
        assertThat(finding).isWaitingAt("Task_AnswerFinding").task().isAssignedTo("employee");
        assertThat(ran).doesNotContain("recordFaultDelegate");
        return finding;
    }

    @Test
    void whatTheEmployeeAcceptsStands() {
        ProcessInstance finding = foundAtFault();

        done("Task_AnswerFinding", Map.of("findingAnswer", "ACCEPT"));

        assertThat(finding).isEnded().hasPassed("EndEvent_FaultRecorded").hasNotPassed("Task_ReviewDispute");
        assertThat(ran)
                .containsSubsequence(
                        "fourEyesListener",
                        "recordFaultFindingListener",
                        "recordFindingAnswerListener",
                        "recordFaultDelegate",
                        "faultSettledListener");
    }

    @Test
    void whoSaysNothingInTimeLetsTheFindingStand() {
        ProcessInstance finding = foundAtFault();

        pass("BoundaryEvent_AnswerTimeOver");

        assertThat(finding).isEnded().hasPassed("EndEvent_FaultRecorded").hasNotPassed("Task_ReviewDispute");
        assertThat(ran).contains("recordFaultDelegate").doesNotContain("recordFindingAnswerListener");
    }

    @Test
    void whatIsDisputedIsReviewedByComplianceBeforeItStands() {
        ProcessInstance finding = foundAtFault();

        done("Task_AnswerFinding", Map.of("findingAnswer", "DISPUTE"));

        assertThat(finding).isWaitingAt("Task_ReviewDispute").task().hasCandidateGroup("compliance");
        assertThat(ran).doesNotContain("recordFaultDelegate");
        done("Task_ReviewDispute", Map.of("reviewedFault", "LEAD_LIST"));
        assertThat(finding).isEnded().hasPassed("EndEvent_FaultRecorded");
        assertThat(ran)
                .containsSubsequence("secondReviewerListener", "recordDisputeReviewListener", "recordFaultDelegate");
    }

    @Test
    void whatIsNotTheEmployeesFaultNeedsNoDefence() {
        ProcessInstance finding = requested("ARREARS,HIGH_FREQUENCY");

        done("Task_FindFault", Map.of("faultFinding", "SYSTEM"));

        assertThat(finding).isEnded().hasPassed("EndEvent_FaultRecorded").hasNotPassed("Task_AnswerFinding");
        assertThat(ran).endsWith("recordFaultDelegate", "faultSettledListener");
    }

    @Test
    void whatIsNobodysFaultByRuleIsNotAsked() {
        ProcessInstance finding = requested("ARREARS");

        assertThat(finding).isEnded().hasPassed("EndEvent_NobodyToBlame").hasNotPassed("Task_FindFault");
        assertThat(ran).isEmpty();
    }

    @Test
    void nobodyIsAskedAnyMoreOnceTheSuspensionIsOverturned() {
        ProcessInstance finding = foundAtFault();

        send("suspensionOverturned", Map.of());

        assertThat(finding).isEnded().hasPassed("EndEvent_NobodyAtFault");
        assertThat(ran).doesNotContain("recordFaultDelegate");
    }
}
