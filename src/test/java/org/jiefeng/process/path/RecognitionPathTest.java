package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecognitionPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    RecognitionPathTest() {
        super("recognition");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance found(long days, long calls) {
        ProcessInstance recognition = runtimeService()
                .createMessageCorrelation("cleanPeriodFound")
                .setVariables(Map.of("employeeId", "employee", "cleanDays", days, "callsCounted", calls))
                .correlateStartMessage();
        assertThat(recognition).isWaitingAt("Task_DecideRecognition");
        pass("Task_DecideRecognition");
        return recognition;
    }

    @Test
    void aLongCleanPeriodIsRecordedAndTheEmployeeTold() {
        assertThat(found(90, 500)).isEnded().hasPassed("EndEvent_WorkRecognised");

        assertThat(ran).containsExactly("recordRecognitionDelegate", "recognitionListener");
    }

    @Test
    void aShortOneIsNot() {
        assertThat(found(30, 500)).isEnded().hasPassed("EndEvent_NotRecognised");

        assertThat(ran).isEmpty();
    }

    @Test
    void everyDayCleanPeriodsAreLookedFor() {
        execute(managementService()
                .createJobQuery()
                .activityId("StartEvent_DailyCheckDue")
                .singleResult());

        assertThat(ran).containsExactly("findCleanPeriodsDelegate");
    }
}
