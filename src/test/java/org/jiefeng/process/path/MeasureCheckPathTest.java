package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MeasureCheckPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    MeasureCheckPathTest() {
        super("measure-check");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance due() {
        effect("findResponsibleManagerDelegate", "managerId", "manager");
        ProcessInstance check = runtimeService()
                .createMessageCorrelation("measureDue")
                .processInstanceBusinessKey(APPEAL)
                .setVariables(Map.of("measureCheckId", 7L, "employeeId", "employee", "measurePostponed", false))
                .correlateStartMessage();
        assertThat(check).isWaitingAt("Task_FindResponsibleManager");
        pass("Task_FindResponsibleManager");
        return check;
    }

    @Test
    void managerFindsThatTheMeasureWasKept() {
        ProcessInstance check = due();
        assertThat(check).isWaitingAt("Task_CheckMeasure").task().isAssignedTo("manager");

        done("Task_CheckMeasure", Map.of("measureResult", "KEPT"));

        assertThat(check).isEnded().hasPassed("EndEvent_MeasureKept");
        assertThat(ran)
                .containsSubsequence("describeMeasureListener", "fourEyesListener", "recordMeasureCheckListener");
    }

    @Test
    void halfAPromiseIsNotAKeptOne() {
        ProcessInstance check = due();

        done("Task_CheckMeasure", Map.of("measureResult", "PARTLY"));

        assertThat(check).isEnded().hasPassed("EndEvent_MeasureBroken");
    }

    @Test
    void whatIsNotDoneYetIsLookedAtAgainOnItsNewDate() {
        ProcessInstance check = due();

        done("Task_CheckMeasure", Map.of("measureResult", "NOT_YET", "measureDueAt", new Date(4_000_000_000_000L)));
        assertThat(check).isWaitingAt("Event_NewDateReached");
        pass("Event_NewDateReached");
        pass("Task_FindResponsibleManager");
        done("Task_CheckMeasure", Map.of("measureResult", "BROKEN"));

        assertThat(check).isEnded().hasPassed("EndEvent_MeasureBroken");
        assertThat(ran).filteredOn("findResponsibleManagerDelegate"::equals).hasSize(2);
    }

    @Test
    void dailyControlLooksForDueMeasures() {
        execute(managementService()
                .createJobQuery()
                .activityId("StartEvent_DailyControlDue")
                .singleResult());

        assertThat(ran).containsExactly("findDueMeasuresDelegate");
    }
}
