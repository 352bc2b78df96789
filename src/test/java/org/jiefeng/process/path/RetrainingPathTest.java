package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetrainingPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    RetrainingPathTest() {
        super("retraining");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance enrolled() {
        effect("enrolEmployeeDelegate", "trainingAttempt", 1L);
        ProcessInstance retraining = start(
                Map.of("employeeId", "employee", "managerId", "manager", "causes", "COMPLAINT", "severity", "HIGH"));
        assertThat(retraining)
                .isWaitingAt("Task_StudyCourses")
                .variables()
                .containsKeys("courses", "passMark", "drillPassMark", "attemptsAllowed");
        return retraining;
    }

    private void attempt(boolean passed) {
        effect("gradeRetrainingDelegate", execution -> {
            execution.setVariable("retrainingPassed", passed);
            if (!passed) {
                execution.setVariable("trainingAttempt", (Long) execution.getVariable("trainingAttempt") + 1);
            }
        });
        done("Task_StudyCourses");
        assertThat(open("Task_HoldDrill").getAssignee()).isNull();
        done("Task_HoldDrill");
        done("Task_TakeExam");
    }

    @Test
    void whoPassesIsSignedOffAndCertified() {
        ProcessInstance retraining = enrolled();
        attempt(true);
        assertThat(retraining).isWaitingAt("Task_SignOffTraining").task().isAssignedTo("manager");

        done("Task_SignOffTraining");

        assertThat(retraining)
                .isEnded()
                .hasPassed("EndEvent_EmployeeCertified")
                .variables()
                .containsEntry("retrainingCertified", true)
                .containsEntry("certificateMonths", 12L)
                .containsEntry("renewalDays", 30L);
        assertThat(ran)
                .containsSubsequence(
                        "enrolEmployeeDelegate",
                        "drawDrillListener",
                        "recordDrillListener",
                        "gradeRetrainingDelegate",
                        "issueCertificateDelegate");
    }

    @Test
    void nothingToLearnNothingToPass() {
        ProcessInstance retraining =
                start(Map.of("employeeId", "employee", "managerId", "manager", "causes", "ARREARS"));

        assertThat(retraining).isEnded().hasPassed("EndEvent_EmployeeCertified").hasNotPassed("Task_EnrolEmployee");
    }

    @Test
    void secondAttemptMayStillPass() {
        ProcessInstance retraining = enrolled();
        attempt(false);
        assertThat(retraining).isWaitingAt("Task_StudyCourses");

        attempt(true);

        assertThat(retraining).isWaitingAt("Task_SignOffTraining");
    }

    @Test
    void afterTwoAttemptsTheManagerDecides() {
        ProcessInstance retraining = enrolled();
        attempt(false);
        attempt(false);
        assertThat(retraining).isWaitingAt("Task_DecideFurtherAttempt").task().isAssignedTo("manager");
        done("Task_DecideFurtherAttempt", Map.of("furtherAttempt", "GRANT"));
        assertThat(retraining).isWaitingAt("Task_StudyCourses");
        attempt(false);

        done("Task_DecideFurtherAttempt", Map.of("furtherAttempt", "REFUSE"));

        assertThat(retraining)
                .isEnded()
                .hasPassed("EndEvent_RetrainingFailed")
                .variables()
                .containsEntry("retrainingCertified", false);
    }
}
