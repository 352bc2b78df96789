package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CaseReopeningPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    CaseReopeningPathTest() {
        super("case-reopening");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance requested() {
        ProcessInstance reopening = runtimeService()
                .createMessageCorrelation("reopeningRequested")
                .processInstanceBusinessKey(APPEAL)
                .setVariable("employeeId", "employee")
                .correlateStartMessage();
        assertThat(reopening).isWaitingAt("Task_JudgeReopening").task().hasCandidateGroup("compliance");
        return reopening;
    }

    private ProcessInstance granted(String bar) {
        ProcessInstance reopening = requested();
        runtimeService()
                .setVariables(
                        reopening.getId(),
                        Map.of("caseOutcome", "WITHDRAWN", "daysClosed", 3L, "timesReopened", 0L, "reopeningBar", bar));
        done("Task_JudgeReopening", Map.of("reopeningDecision", "GRANT"));
        assertThat(ran).contains("fourEyesListener", "recordReopeningListener").doesNotContain("reopenCaseDelegate");
        pass("Task_DetermineReopening");
        return reopening;
    }

    @Test
    void grantedRequestReopensTheCase() {
        ProcessInstance reopening = granted("NONE");

        assertThat(reopening).isEnded().hasPassed("EndEvent_CaseReopened");
        assertThat(ran)
                .containsSubsequence(
                        "findReopeningFactsListener",
                        "reopenCaseDelegate",
                        "endReopeningListener",
                        "reopeningDecidedListener");
    }

    @Test
    void refusedRequestLeavesTheCaseClosed() {
        ProcessInstance reopening = requested();

        done("Task_JudgeReopening", Map.of("reopeningDecision", "REFUSE"));

        assertThat(reopening).isEnded().hasPassed("EndEvent_ReopeningRefused");
        assertThat(ran)
                .contains("endReopeningListener", "reopeningDecidedListener")
                .doesNotContain("reopenCaseDelegate");
    }

    @Test
    void caseThatGotAnotherAppealMeanwhileStaysClosed() {
        ProcessInstance reopening = granted("OTHER_APPEAL");

        assertThat(reopening).isEnded().hasPassed("EndEvent_ReopeningNotAllowed");
        assertThat(ran).contains("reopeningDecidedListener").doesNotContain("reopenCaseDelegate");
    }
}
