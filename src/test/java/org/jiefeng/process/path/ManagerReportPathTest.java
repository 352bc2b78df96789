package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ManagerReportPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    ManagerReportPathTest() {
        super("manager-report");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance reported() {
        effect("findResponsibleManagerDelegate", "managerId", "manager");
        ProcessInstance report = start(
                Map.of("employeeId", "employee", "severity", "HIGH", "reportReturned", false, "reportRevised", false));
        assertThat(report).isWaitingAt("Task_ReportToManager").task().isAssignedTo("employee");
        done("Task_ReportToManager");
        assertThat(report).isWaitingAt("Task_JudgeReport").task().isAssignedTo("manager");
        return report;
    }

    @Test
    void managerSupports() {
        ProcessInstance report = reported();

        done("Task_JudgeReport", Map.of("managerJudgement", "SUPPORT"));

        assertThat(report).isEnded().hasPassed("EndEvent_AppealSupported");
        assertThat(ran).contains("findResponsibleManagerDelegate", "fourEyesListener");
    }

    @Test
    void managerAsksBackOnceAndThenMustDecide() {
        ProcessInstance report = reported();
        done("Task_JudgeReport", Map.of("managerJudgement", "RETURN"));
        assertThat(report).isWaitingAt("Task_ReportToManager");
        done("Task_ReportToManager");

        done("Task_JudgeReport", Map.of("managerJudgement", "RETURN"));

        assertThat(report).isWaitingAt("Task_RespondToRefusal");
    }

    @Test
    void employeeAcceptsTheRefusal() {
        ProcessInstance report = reported();
        done("Task_JudgeReport", Map.of("managerJudgement", "REFUSE"));

        done("Task_RespondToRefusal", Map.of("refusalResponse", "ACCEPT"));

        assertThat(report).isEnded().hasPassed("EndEvent_RefusalAccepted");
    }

    @Test
    void employeeRevisesARefusedReportOnce() {
        ProcessInstance report = reported();
        done("Task_JudgeReport", Map.of("managerJudgement", "REFUSE"));
        done("Task_RespondToRefusal", Map.of("refusalResponse", "REVISE"));
        assertThat(report).isWaitingAt("Task_ReportToManager");
        done("Task_ReportToManager");
        done("Task_JudgeReport", Map.of("managerJudgement", "REFUSE"));

        done("Task_RespondToRefusal", Map.of("refusalResponse", "REVISE"));

        assertThat(report).isEnded().hasPassed("EndEvent_RefusalAccepted");
    }

    @Test
    void complianceSupportsAgainstTheManager() {
        ProcessInstance report = reported();
        done("Task_JudgeReport", Map.of("managerJudgement", "REFUSE"));
        done("Task_RespondToRefusal", Map.of("refusalResponse", "COMPLIANCE"));
        assertThat(report).isWaitingAt("Task_ReviewRefusal").task().hasCandidateGroup("compliance");

        done("Task_ReviewRefusal", Map.of("complianceJudgement", "SUPPORT"));

        assertThat(report).isEnded().hasPassed("EndEvent_AppealSupported");
    }

    @Test
    void complianceRefusesToo() {
        ProcessInstance report = reported();
        done("Task_JudgeReport", Map.of("managerJudgement", "REFUSE"));
        done("Task_RespondToRefusal", Map.of("refusalResponse", "COMPLIANCE"));

        done("Task_ReviewRefusal", Map.of("complianceJudgement", "REFUSE"));

        assertThat(report).isEnded().hasPassed("EndEvent_AppealNotSupported");
    }

    @Test
    void managerIsRemindedAndThenTheDeputyIsAsked() {
        ProcessInstance report = reported();

        pass("BoundaryEvent_JudgementDueSoon");
        pass("BoundaryEvent_JudgementOverdue");

        assertThat(report)
                .isWaitingAt("Task_JudgeReport")
                .hasPassed("EndEvent_ManagerReminded", "EndEvent_JudgementEscalated");
        assertThat(ran).containsSubsequence("remindManagerDelegate", "escalateToDeputyDelegate");
    }
}
