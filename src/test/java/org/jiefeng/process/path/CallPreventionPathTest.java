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

class CallPreventionPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage("retraining");

    CallPreventionPathTest() {
        super("call-prevention");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance violation(long calls, long complaints, long ratePerTenThousand) {
        effect("measureCallRiskDelegate", execution -> {
            execution.setVariable("callsCounted", calls);
            execution.setVariable("complaintsCounted", complaints);
            execution.setVariable("complaintRatePerTenThousand", ratePerTenThousand);
            execution.setVariable("managerId", "manager");
        });
        return runtimeService()
                .createMessageCorrelation("violationDetected")
                .processInstanceBusinessKey("RK-2026-000001")
                .setVariables(Map.of("employeeId", "employee", "violation", "COMPLAINT_RATE"))
                .correlateStartMessage();
    }

    @Test
    void fewComplaintsNeedNoAction() {
        assertThat(violation(1000, 1, 10)).isEnded().hasPassed("EndEvent_NoActionNeeded");
    }

    @Test
    void alertLeadsToAWarningAndACorrection() {
        ProcessInstance prevention = violation(1000, 2, 20);
        assertThat(prevention).isWaitingAt("Task_CorrectBehaviour").hasNotPassed("Task_TrainEmployee");
        done("Task_CorrectBehaviour");

        done("Task_ConfirmCorrection");

        assertThat(prevention).isEnded().hasPassed("EndEvent_BehaviourCorrected");
        assertThat(ran).containsSubsequence("recordWarningDelegate", "resumeCallingDelegate");
    }

    @Test
    void manyComplaintsLeadToTraining() {
        ProcessInstance prevention = violation(200, 3, 150);

        called("retraining", Map.of("retrainingCertified", true));

        assertThat(prevention).isWaitingAt("Task_CorrectBehaviour").hasNotPassed("Task_ConfirmCallingStop");
    }

    @Test
    void callingIsStoppedOnlyWhenAPersonConfirms() {
        ProcessInstance prevention = violation(100, 5, 500);
        assertThat(prevention).isWaitingAt("Task_ConfirmCallingStop").task().isAssignedTo("manager");
        assertThat(ran).doesNotContain("stopCallingDelegate");

        done("Task_ConfirmCallingStop", Map.of("stopConfirmed", "YES"));

        assertThat(prevention).isWaitingAt("Task_TrainEmployee");
        assertThat(ran).contains("stopCallingDelegate");
    }

    @Test
    void unconfirmedStopStillMeansTraining() {
        ProcessInstance prevention = violation(100, 5, 500);

        done("Task_ConfirmCallingStop", Map.of("stopConfirmed", "NO"));

        assertThat(prevention).isWaitingAt("Task_TrainEmployee");
        assertThat(ran).doesNotContain("stopCallingDelegate");
    }

    @Test
    void dailyCheckLooksForViolations() {
        execute(managementService()
                .createJobQuery()
                .activityId("StartEvent_DailyCheckDue")
                .singleResult());

        assertThat(ran).containsExactly("findCallViolationsDelegate");
    }
}
