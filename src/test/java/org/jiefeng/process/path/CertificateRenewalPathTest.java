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

class CertificateRenewalPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage("retraining");

    CertificateRenewalPathTest() {
        super("certificate-renewal");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance endsSoon() {
        effect("findResponsibleManagerDelegate", "managerId", "manager");
        ProcessInstance renewal = runtimeService()
                .createMessageCorrelation("certificateEndsSoon")
                .processInstanceBusinessKey("CR-2026-000001")
                .setVariables(Map.of(
                        "employeeId", "employee", "renewedCertificate", "CT-2026-000001", "renewedCourses", "CADENCE"))
                .correlateStartMessage();
        assertThat(renewal).isWaitingAt("Task_FindResponsibleManager");
        pass("Task_FindResponsibleManager");
        return renewal;
    }

    @Test
    void employeeIsToldAndTrainedAndTheCertificateRenewed() {
        ProcessInstance renewal = endsSoon();
        assertThat(renewal).isWaitingAt("Task_RenewCertificate");
        assertThat(runtimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("retraining")
                        .processInstanceBusinessKey("CR-2026-000001")
                        .variableValueEquals("renewedCourses", "CADENCE")
                        .count())
                .as("the training has the renewal's number and its courses")
                .isEqualTo(1);

        called("retraining", Map.of("retrainingCertified", true));

        assertThat(renewal).isEnded().hasPassed("EndEvent_CertificateRenewed");
        assertThat(ran)
                .containsExactly(
                        "findResponsibleManagerDelegate", "announceRenewalDelegate", "certificateEndsListener");
    }

    @Test
    void whoFailsHasNoNewCertificate() {
        ProcessInstance renewal = endsSoon();

        called("retraining", Map.of("retrainingCertified", false));

        assertThat(renewal).isEnded().hasPassed("EndEvent_CertificateNotRenewed");
    }

    @Test
    void dailyCheckLooksForEndingCertificates() {
        execute(managementService()
                .createJobQuery()
                .processDefinitionKey("certificate-renewal")
                .timers()
                .singleResult());

        assertThat(ran).containsExactly("findEndingCertificatesDelegate");
    }
}
