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

class RetentionPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    RetentionPathTest() {
        super("retention");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    @Test
    void everyNightCasesAreHandedOutAndThenRecordsDeletedPortionByPortion() {
        execute(managementService().createJobQuery().timers().singleResult());
        ProcessInstance run = runtimeService().createProcessInstanceQuery().singleResult();
        assertThat(run).isWaitingAt("Task_HandOutExpiredCases");
        effect("handOutExpiredCasesDelegate", "casesLeft", true);
        pass("Task_HandOutExpiredCases");
        effect("handOutExpiredCasesDelegate", "casesLeft", false);
        pass("Task_HandOutExpiredCases");
        assertThat(run).isWaitingAt("Task_DeleteExpiredRecords");
        effect("deleteExpiredRecordsDelegate", "recordsLeft", true);
        pass("Task_DeleteExpiredRecords");
        effect("deleteExpiredRecordsDelegate", "recordsLeft", false);
        pass("Task_DeleteExpiredRecords");

        assertThat(run).isEnded().hasPassed("EndEvent_NothingExpiredLeft");
        assertThat(ran)
                .containsExactly(
                        "handOutExpiredCasesDelegate",
                        "handOutExpiredCasesDelegate",
                        "deleteExpiredRecordsDelegate",
                        "deleteExpiredRecordsDelegate");
    }

    @Test
    void expiredCaseIsDeletedInAJobOfItsOwn() {
        ProcessInstance deletion = runtimeService()
                .createMessageCorrelation("caseExpired")
                .processInstanceBusinessKey("RT-" + APPEAL)
                .correlateStartMessage();
        assertThat(deletion).isWaitingAt("Task_DeleteExpiredCase");

        pass("Task_DeleteExpiredCase");

        assertThat(deletion).isEnded().hasPassed("EndEvent_ExpiredCaseDeleted");
        assertThat(ran).containsExactly("deleteExpiredCaseDelegate");
    }
}
