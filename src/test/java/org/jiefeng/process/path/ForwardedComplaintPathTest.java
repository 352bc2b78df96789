package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ForwardedComplaintPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    ForwardedComplaintPathTest() {
        super("forwarded-complaint");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance forwarded() {
        effect("findResponsibleManagerDelegate", "managerId", "manager");
        ProcessInstance complaint = runtimeService()
                .createMessageCorrelation("complaintForwarded")
                .processInstanceBusinessKey(APPEAL)
                .setVariables(Map.of("employeeId", "employee", "forwardedAt", new Date()))
                .correlateStartMessage();
        assertThat(complaint).isWaitingAt("Task_FindResponsibleManager");
        pass("Task_FindResponsibleManager");
        assertThat(complaint)
                .isWaitingAt("Task_AnswerForwardedComplaint")
                .task()
                .hasCandidateGroup("liaisons");
        assertThat(ran).contains("dateForwardedAnswerListener");
        return complaint;
    }

    @Test
    void liaisonAnswersInTime() {
        ProcessInstance complaint = forwarded();

        done("Task_AnswerForwardedComplaint");

        assertThat(complaint).isEnded().hasPassed("EndEvent_ForwardedComplaintAnswered");
        assertThat(ran)
                .contains("recordForwardedAnswerListener")
                .doesNotContain("escalateForwardedComplaintDelegate", "answerNearlyDueListener");
    }

    @Test
    void managerIsToldBeforeTheTimeIsOverAndTheTaskStays() {
        ProcessInstance complaint = forwarded();

        pass("BoundaryEvent_AnswerNearlyDue");

        assertThat(complaint).isWaitingAt("Task_AnswerForwardedComplaint").hasPassed("EndEvent_ManagerTold");
        assertThat(ran).containsSubsequence("escalateForwardedComplaintDelegate", "answerNearlyDueListener");

        done("Task_AnswerForwardedComplaint");
        assertThat(complaint).isEnded();
    }
}
