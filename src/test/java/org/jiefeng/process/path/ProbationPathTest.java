package org.jiefeng.process.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.taskService;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody catches the error of suspension here; that it ends the probation is for the diagram that calls it. */
class ProbationPathTest extends PathTest {

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = coverage();

    private final List<Object> applied = new ArrayList<>();

    ProbationPathTest() {
        super("probation");
    }

    @Override
    ProcessEngineCoverageExtension extension() {
        return COVERAGE;
    }

    /** How the release stands when it is counted next. */
    private void stands(long present, long cleanDays, long complaints, long tightenings) {
        effect("countCleanDaysDelegate", execution -> {
            execution.setVariableLocal("presentStep", present);
            execution.setVariableLocal("stepCleanDays", cleanDays);
            execution.setVariableLocal("newComplaints", complaints);
            execution.setVariableLocal("newTightenings", tightenings);
        });
    }

    private ProcessInstance onProbation(String causes) {
        effect("applyReleaseStepDelegate", execution -> applied.add(execution.getVariable("releaseStep")));
        stands(0, 0, 0, 0);
        ProcessInstance probation =
                start(Map.of("employeeId", "employee", "managerId", "manager", "causes", causes, "severity", "HIGH"));
        assertThat(probation).isWaitingAt("Event_SelfCheckDue").hasPassed("EndEvent_StepApplied");
        assertThat(applied).as("the first step is in force from the beginning").containsExactly(50L);
        return probation;
    }

    private void broken(String violation, long id, long earlier) {
        effect("recordViolationDelegate", execution -> {
            execution.setVariableLocal("probationViolationId", id);
            execution.setVariableLocal("earlierViolations", earlier);
        });
        send("violationDetected", Map.of("violation", violation));
    }

    private static void selfCheckIsDone(boolean anomaly, boolean over) {
        done("Task_CompleteSelfCheck", Map.of("anomalyReported", anomaly, "probationOver", over));
    }

    @Test
    void probationEndsWithTheLastSelfCheck() {
        ProcessInstance probation = onProbation("NO_CONSENT");
        pass("Event_SelfCheckDue");
        assertThat(probation)
                .isWaitingAt("Task_CompleteSelfCheck")
                .task("Task_CompleteSelfCheck")
                .isAssignedTo("employee");
        selfCheckIsDone(false, false);
        pass("Event_SelfCheckDue");

        selfCheckIsDone(false, true);

        assertThat(probation).isEnded().hasPassed("EndEvent_ProbationEnded");
        assertThat(ran).contains("recordSelfCheckListener");
    }

    @Test
    void reportedAnomalyGoesToTheManager() {
        ProcessInstance probation = onProbation("NO_CONSENT");
        pass("Event_SelfCheckDue");

        selfCheckIsDone(true, false);

        assertThat(probation)
                .isWaitingAt("Task_ReviewAnomaly")
                .task("Task_ReviewAnomaly")
                .isAssignedTo("manager");
        done("Task_ReviewAnomaly");
        assertThat(probation).isWaitingAt("Event_SelfCheckDue");
    }

    @Test
    void everyDayTheStepIsDecidedAnew() {
        ProcessInstance probation = onProbation("NO_CONSENT");

        stands(50, 6, 0, 0);
        pass("BoundaryEvent_DayBegun");
        stands(50, 7, 0, 0);
        pass("BoundaryEvent_DayBegun");

        assertThat(applied).containsExactly(50L, 50L, 80L);
        assertThat(probation).isWaitingAt("Event_SelfCheckDue");
    }

    @Test
    void complaintLowersTheStepAndLeavesTheOpenSelfCheckAlone() {
        ProcessInstance probation = onProbation("NO_CONSENT");
        pass("Event_SelfCheckDue");
        String task = open("Task_CompleteSelfCheck").getId();

        stands(80, 0, 1, 0);
        send("complaintReceived", Map.of());

        assertThat(applied).containsExactly(50L, 50L);
        assertThat(open("Task_CompleteSelfCheck").getId()).isEqualTo(task);
        assertThat(probation).isWaitingAt("Task_CompleteSelfCheck");
    }

    @Test
    void firstSlipIsAWarning() {
        ProcessInstance probation = onProbation("NO_CONSENT");
        List<Object> warned = new ArrayList<>();
        effect("warnEmployeeDelegate", execution -> {
            warned.add(execution.getVariable("probationViolationId"));
            warned.add(execution.getVariable("violationAction"));
        });
        pass("Event_SelfCheckDue");
        stands(50, 0, 0, 0);

        broken("OUT_OF_HOURS", 7, 0);

        assertThat(warned).containsExactly(7L, "WARN");
        assertThat(applied).containsExactly(50L, 50L);
        assertThat(probation).isWaitingAt("Task_CompleteSelfCheck").hasNotPassed("Task_ConfirmSuspension");
    }

    @Test
    void brokenLawTightens() {
        ProcessInstance probation = onProbation("NO_CONSENT");
        effect("warnEmployeeDelegate", execution -> stands(50, 0, 0, 1));

        broken("DO_NOT_CALL", 8, 0);

        assertThat(applied).containsExactly(50L, 25L);
        assertThat(probation).isWaitingAt("Event_SelfCheckDue");
    }

    @Test
    void suspensionNeedsAPersonToConfirmIt() {
        ProcessInstance probation = onProbation("NO_CONSENT");

        broken("SAME_CALLEE", 9, 2);

        assertThat(probation)
                .isWaitingAt("Task_ConfirmSuspension", "Event_SelfCheckDue")
                .task("Task_ConfirmSuspension")
                .isAssignedTo("manager");
        done("Task_ConfirmSuspension", Map.of("violationAction", "SUSPEND"));
        assertThat(probation).hasPassed("EndEvent_SuspendedAgain").hasNotPassed("Task_WarnEmployee");
    }

    /** Two violations wait for the manager at once: each answer is about its own. */
    @Test
    void managerMayWarnInstead() {
        ProcessInstance probation = onProbation("NO_CONSENT");
        List<Object> warned = new ArrayList<>();
        effect("warnEmployeeDelegate", execution -> warned.add(execution.getVariable("probationViolationId")));
        broken("SAME_CALLEE", 9, 2);
        String first = open("Task_ConfirmSuspension").getId();
        broken("OUT_OF_HOURS", 10, 3);
        stands(50, 0, 0, 1);

        taskService().complete(first, Map.of("violationAction", "TIGHTEN"));

        assertThat(warned).containsExactly(9L);
        assertThat(applied).containsExactly(50L, 25L);
        assertThat(probation).isWaitingAt("Task_ConfirmSuspension", "Event_SelfCheckDue");
    }

    @Test
    void newSuspensionIsAFactThatNobodyNeedsToConfirm() {
        ProcessInstance probation = onProbation("NO_CONSENT");

        broken("NEW_SUSPENSION", 11, 0);

        assertThat(probation).hasPassed("EndEvent_SuspendedAgain").hasNotPassed("Task_ConfirmSuspension");
    }
}
