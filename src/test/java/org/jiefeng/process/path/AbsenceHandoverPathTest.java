package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AbsenceHandoverPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    AbsenceHandoverPathTest() {
        super("absence-handover");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    @Test
    void theTasksOfAnAbsenceThatHasBegunMoveInAJobOfTheirOwn() {
        ProcessInstance handover = runtimeService()
                .createMessageCorrelation("absenceBegun")
                .processInstanceBusinessKey("AB-7")
                .setVariable("absenceId", 7L)
                .correlateStartMessage();
        assertThat(handover).isWaitingAt("Task_HandOverTasks");
        assertThat(ran).isEmpty();

        pass("Task_HandOverTasks");

        assertThat(handover).isEnded().hasPassed("EndEvent_TasksHandedOver");
        assertThat(ran).containsExactly("handOverTasksDelegate");
    }

    @Test
    void dailyControlLooksForAbsencesThatHaveBegun() {
        execute(managementService()
                .createJobQuery()
                .activityId("StartEvent_DailyControlDue")
                .singleResult());

        assertThat(ran).containsExactly("findBegunAbsencesDelegate");
    }
}
