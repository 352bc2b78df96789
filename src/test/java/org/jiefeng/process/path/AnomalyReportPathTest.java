package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnomalyReportPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    AnomalyReportPathTest() {
        super("anomaly-report");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    @Test
    void theManagerAnswersWhatIsReported() {
        effect("findResponsibleManagerDelegate", "managerId", "manager");
        ProcessInstance report = runtimeService()
                .createMessageCorrelation("anomalyReported")
                .processInstanceBusinessKey("AN-1")
                .setVariable("employeeId", "employee")
                .correlateStartMessage();
        assertThat(report).isWaitingAt("Task_FindResponsibleManager");
        pass("Task_FindResponsibleManager");
        assertThat(report).isWaitingAt("Task_AnswerAnomaly").task().isAssignedTo("manager");

        done("Task_AnswerAnomaly", Map.of());

        assertThat(report).isEnded().hasPassed("EndEvent_AnomalyAnswered");
        assertThat(ran).containsSubsequence("fourEyesListener", "recordAnomalyAnswerListener");
    }
}
