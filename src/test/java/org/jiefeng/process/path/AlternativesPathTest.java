package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AlternativesPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage("retraining");

    AlternativesPathTest() {
        super("alternatives");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    private ProcessInstance rejected() {
        ProcessInstance alternatives = start(Map.of(
                "employeeId", "employee",
                "managerId", "manager",
                "carrierOutcome", "REJECTED",
                "submissionRound", 1L,
                "causes", "COMPLAINT",
                "severity", "HIGH",
                "complaintMade", false,
                "route", "NORMAL"));
        assertThat(alternatives).isWaitingAt("Task_ChooseNextStep").task().isAssignedTo("employee");
        assertThat(ran).containsSubsequence("findCardBarListener", "explainOptionsDelegate");
        return alternatives;
    }

    private void choose(String step, boolean card, boolean lawyer) {
        done(
                "Task_ChooseNextStep",
                Map.of("nextStep", step, "replacementCardWanted", card, "legalAdviceWanted", lawyer));
        done("Task_ConfirmNextStep", Map.of("managerAgrees", "YES"));
    }

    @Test
    void managerDisagreesAndTheEmployeeChoosesAnew() {
        ProcessInstance alternatives = rejected();
        done(
                "Task_ChooseNextStep",
                Map.of("nextStep", "STOP", "replacementCardWanted", false, "legalAdviceWanted", false));

        done("Task_ConfirmNextStep", Map.of("managerAgrees", "NO"));

        assertThat(alternatives).isWaitingAt("Task_ChooseNextStep");
    }

    @Test
    void resubmissionGoesBackToTheEvidence() {
        ProcessInstance alternatives = rejected();

        choose("RESUBMIT", false, false);

        assertThat(alternatives)
                .isEnded()
                .hasPassed("EndEvent_ResubmissionChosen")
                .variables()
                .containsEntry("alternativesOutcome", "RESUBMIT");
    }

    @Test
    void windowThatClosesWhileTheEmployeePondersIsSaid() {
        ProcessInstance alternatives = rejected();
        runtimeService().setVariable(alternatives.getId(), "tooLateToResubmit", true);

        pass("BoundaryEvent_ResubmissionTooLate");

        assertThat(alternatives).isWaitingAt("Task_ChooseNextStep").variables().containsEntry("canResubmit", false);
        assertThat(ran).containsSubsequence("explainOptionsDelegate", "explainOptionsDelegate");
        choose("RESUBMIT", false, false);
        assertThat(alternatives).isEnded().hasNotPassed("EndEvent_ResubmissionChosen");
    }

    @Test
    void windowThatClosesBeforeTheManagerConfirmsIsSaid() {
        ProcessInstance alternatives = rejected();
        done(
                "Task_ChooseNextStep",
                Map.of("nextStep", "RESUBMIT", "replacementCardWanted", false, "legalAdviceWanted", false));
        runtimeService().setVariable(alternatives.getId(), "tooLateToResubmit", true);

        pass("BoundaryEvent_ConfirmationTooLate");

        assertThat(alternatives)
                .isWaitingAt("Task_ChooseNextStep")
                .isNotWaitingAt("Task_ConfirmNextStep")
                .variables()
                .containsEntry("canResubmit", false);
    }

    @Test
    void regulatorOrdersReinstatement() {
        ProcessInstance alternatives = complained();

        done("Task_RecordRegulatorAnswer", Map.of("regulatorAnswer", "UPHELD"));

        assertThat(alternatives)
                .isEnded()
                .hasPassed("EndEvent_ReinstatedByRegulator")
                .variables()
                .containsEntry("alternativesOutcome", "REINSTATED");
    }

    @Test
    void dismissedComplaintLeavesTheOtherOptions() {
        ProcessInstance alternatives = complained();

        done("Task_RecordRegulatorAnswer", Map.of("regulatorAnswer", "DISMISSED", "complaintMade", true));

        assertThat(alternatives).isWaitingAt("Task_ChooseNextStep");
    }

    @Test
    void complaintNobodyFiledInTimeLeavesTheOtherOptions() {
        ProcessInstance alternatives = complaintChosen();
        runtimeService().setVariable(alternatives.getId(), "tooLate", true);

        pass("BoundaryEvent_ComplaintTooLate");

        assertThat(alternatives)
                .isWaitingAt("Task_ChooseNextStep")
                .isNotWaitingAt("Task_FileRegulatorComplaint")
                .variables()
                .containsEntry("canComplain", false)
                .containsEntry("canTakeAdvice", true);
    }

    @Test
    void regulatorCannotBeChosenWhenItIsTooLate() {
        ProcessInstance alternatives = start(Map.of(
                "employeeId", "employee",
                "managerId", "manager",
                "carrierOutcome", "NO_ANSWER",
                "submissionRound", 2L,
                "causes", "ARREARS",
                "severity", "LOW",
                "tooLate", true,
                "route", "NORMAL"));

        choose("REGULATOR", false, false);

        assertThat(alternatives).isEnded().hasNotPassed("Task_FileRegulatorComplaint");
    }

    private ProcessInstance complaintChosen() {
        ProcessInstance alternatives = start(Map.of(
                "employeeId", "employee",
                "managerId", "manager",
                "carrierOutcome", "NO_ANSWER",
                "submissionRound", 2L,
                "causes", "COMPLAINT",
                "severity", "HIGH",
                "complaintMade", false,
                "route", "NORMAL"));
        choose("REGULATOR", false, false);
        assertThat(alternatives)
                .isWaitingAt("Task_FileRegulatorComplaint")
                .task()
                .hasCandidateGroup("compliance");
        return alternatives;
    }

    private ProcessInstance complained() {
        ProcessInstance alternatives = complaintChosen();
        done("Task_FileRegulatorComplaint");
        return alternatives;
    }

    private ProcessInstance exhausted() {
        return start(Map.of(
                "employeeId", "employee",
                "managerId", "manager",
                "carrierOutcome", "REJECTED",
                "submissionRound", 2L,
                "causes", "COMPLAINT",
                "severity", "HIGH",
                "complaintMade", true,
                "route", "NORMAL"));
    }

    @Test
    void replacementCardAndLegalAdviceGoSideBySide() {
        ProcessInstance alternatives = exhausted();
        choose("ALTERNATIVES", true, true);
        assertThat(alternatives).isWaitingAt("Task_ApproveReplacement", "Task_ConsultLawyer");
        done("Task_ApproveReplacement", Map.of("replacementApproved", "APPROVE"));
        called("retraining", Map.of("retrainingCertified", true));
        done("Task_RegisterReplacementCard");
        assertThat(alternatives).isWaitingAt("Task_ConsultLawyer");

        done("Task_ConsultLawyer", Map.of("legalAdviceOutcome", "NO_CASE"));

        assertThat(alternatives)
                .isEnded()
                .hasPassed("EndEvent_AlternativesEnded")
                .variables()
                .containsEntry("alternativesOutcome", "ENDED");
        assertThat(ran)
                .contains("prepareLegalFileDelegate", "activateReplacementCardDelegate", "recordLegalAdviceListener");
    }

    @Test
    void complianceRefusesTheReplacementCard() {
        ProcessInstance alternatives = exhausted();
        choose("ALTERNATIVES", true, false);

        done("Task_ApproveReplacement", Map.of("replacementApproved", "REFUSE"));

        assertThat(alternatives).isEnded().hasNotPassed("Task_ActivateReplacementCard");
    }

    @Test
    void noReplacementCardWithoutCertificate() {
        ProcessInstance alternatives = exhausted();
        choose("ALTERNATIVES", true, false);
        done("Task_ApproveReplacement", Map.of("replacementApproved", "APPROVE"));

        called("retraining", Map.of("retrainingCertified", false));

        assertThat(alternatives).isEnded().hasNotPassed("Task_RegisterReplacementCard");
    }

    @Test
    void noFurtherStepEndsTheMatter() {
        ProcessInstance alternatives = exhausted();

        choose("STOP", true, true);

        assertThat(alternatives).isEnded().hasNotPassed("Task_ApproveReplacement", "Task_PrepareLegalFile");
    }
}
