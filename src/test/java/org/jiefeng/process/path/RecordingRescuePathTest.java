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

class RecordingRescuePathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    RecordingRescuePathTest() {
        super("recording-rescue");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance atRisk(String causes) {
        effect("openRecordingRescueDelegate", "recordingsDeletedAt", new Date(4_000_000_000_000L));
        effect("findResponsibleManagerDelegate", "managerId", "manager");
        ProcessInstance rescue = runtimeService()
                .createMessageCorrelation("recordingsAtRisk")
                .processInstanceBusinessKey(APPEAL)
                .setVariables(Map.of(
                        "employeeId",
                        "employee",
                        "causes",
                        causes,
                        "suspendedAt",
                        new Date(),
                        "callPlatform",
                        "HOUSE_PBX"))
                .correlateStartMessage();
        assertThat(rescue).isWaitingAt("Task_LookUpRecordingRetention");
        pass("Task_LookUpRecordingRetention");
        return rescue;
    }

    @Test
    void managerSavesTheRecordings() {
        ProcessInstance rescue = atRisk("COMPLAINT");
        assertThat(rescue)
                .isWaitingAt("Task_RescueRecordings")
                .variables()
                .containsEntry("recordingsKeptDays", 180L)
                .containsEntry("recordingsNeededDays", 30L);
        assertThat(rescue).task().isAssignedTo("manager");

        done("Task_RescueRecordings", Map.of("recordingsRescued", true));

        assertThat(rescue).isEnded().hasPassed("EndEvent_RecordingsRescued");
        assertThat(ran)
                .containsSubsequence(
                        "openRecordingRescueDelegate", "fourEyesListener", "recordRecordingRescueListener");
    }

    @Test
    void thereIsNothingToSave() {
        ProcessInstance rescue = atRisk("HIGH_FREQUENCY");

        done("Task_RescueRecordings", Map.of("recordingsRescued", false));

        assertThat(rescue).isEnded().hasPassed("EndEvent_NothingToRescue");
    }

    @Test
    void whatThePlatformHasDeletedIsNotAskedForAnyMore() {
        ProcessInstance rescue = atRisk("COMPLAINT");

        pass("BoundaryEvent_RecordingsDeleted");

        assertThat(rescue).isEnded().hasPassed("EndEvent_RecordingsLost");
        assertThat(ran).endsWith("noteRecordingsLostDelegate");
    }

    @Test
    void unpaidBillsNeedNoRecordings() {
        ProcessInstance rescue = atRisk("ARREARS");

        assertThat(rescue).isEnded().hasPassed("EndEvent_NoRecordingsNeeded");
        assertThat(ran).isEmpty();
    }
}
