package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Comment;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jiefeng.account.Absence;
import org.jiefeng.account.Absences;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where new and open tasks go when somebody is away. */
class AbsenceTest extends RunningApp {

    private static final String NOTE = "The recordings are with the dialler's operator";

    private static int cases;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Absences absences;

    @Autowired
    private Employees employees;

    @Autowired
    private Timeline timeline;

    @AfterEach
    void everybodyIsBack() {
        jdbc.sql("delete from absence").update();
        // What a deputy got here would be in the way of tests of what outsiders see.
        for (String process : List.of("judging", "errand")) {
            engine.getRuntimeService()
                    .createProcessInstanceQuery()
                    .processDefinitionKey(process)
                    .list()
                    .forEach(one -> engine.getRuntimeService().deleteProcessInstance(one.getId(), "tried out"));
        }
    }

    private static String number() {
        return "AP-2026-96%04d".formatted(++cases);
    }

    private Absence away(String who, String deputy) {
        LocalDate today = absences.today();
        return absences.add(who, deputy, today, today.plusDays(3), NOTE, who);
    }

    private @Nullable String holder(String taskId) {
        return engine.getTaskService()
                .createTaskQuery()
                .taskId(taskId)
                .singleResult()
                .getAssignee();
    }

    private List<String> said(String number) {
        return timeline.entries(number).stream()
                .map(entry -> entry.kind() + " " + entry.detail())
                .toList();
    }

    private List<String> told(String number) {
        return jdbc.sql("""
                        select recipient from notification
                        where appeal_number = :n and news = 'NEW_TASK' and task_id is not null order by id
                        """).param("n", number).query(String.class).list();
    }

    private List<String> notes(String taskId) {
        return engine.getTaskService().getTaskComments(taskId).stream()
                .map(Comment::getFullMessage)
                .toList();
    }

    /** A case with a manager's task that is judged with four eyes, as the diagrams' are. */
    private String judging(String number, String applicant) {
        if (engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("judging")
                        .count()
                == 0) {
            engine.getRepositoryService()
                    .createDeployment()
                    .addModelInstance(
                            "judging.bpmn",
                            Bpmn.createExecutableProcess("judging")
                                    .camundaHistoryTimeToLive(1)
                                    .startEvent()
                                    .userTask("Task_Judge")
                                    .name("Judge it")
                                    .camundaAssignee("${managerId}")
                                    .camundaTaskListenerDelegateExpression("assignment", "${fourEyesListener}")
                                    .endEvent()
                                    .done())
                    .deploy();
        }
        String instance = engine.getRuntimeService()
                .startProcessInstanceByKey("judging", number, Map.of("employeeId", applicant, "managerId", "manager"))
                .getId();
        return task(instance, "Task_Judge");
    }

    /** The hand-over the engine was asked for. */
    private void handOver(Absence absence) {
        engine.getRuntimeService()
                .createMessageCorrelation("absenceBegun")
                .processInstanceBusinessKey("AB-" + absence.id())
                .setVariable("absenceId", absence.id())
                .correlateStartMessage();
        Job job = engine.getManagementService()
                .createJobQuery()
                .activityId("Task_HandOverTasks")
                .singleResult();
        engine.getManagementService().executeJob(job.getId());
    }

    @Test
    void aNewTaskGoesToTheDeputyWhoAloneIsToldOfItAndFindsTheNote() {
        away("manager", "deputy");
        String number = number();

        String task = judging(number, "employee");

        assertThat(holder(task)).isEqualTo("deputy");
        assertThat(told(number)).containsExactly("deputy");
        assertThat(said(number)).containsExactly("TASK_HANDED_OVER Judge it: manager → deputy");
        assertThat(notes(task)).singleElement().asString().contains("manager", NOTE);
        assertThat(get("deputy", "/engine-rest/task/" + task + "/comment").body())
                .contains(NOTE);
        assertThat(get("deputy", "/engine-rest/task/" + task).statusCode()).isEqualTo(200);
        assertThat(get("manager", "/engine-rest/task/" + task).statusCode()).isNotEqualTo(200);
        assertThat(engine.getHistoryService()
                        .createHistoricVariableInstanceQuery()
                        .list())
                .noneMatch(variable -> String.valueOf(variable.getValue()).contains(NOTE));
    }

    @Test
    void whatOnlyTheApplicantCanDoWaitsForTheApplicant() {
        away("employee", "employee2");
        String number = number();

        String instance = startCase(number);

        assertThat(holder(task(instance, "Task_Applicant"))).isEqualTo("employee");
        assertThat(holder(task(instance, "Task_Manager"))).isEqualTo("manager");
        assertThat(said(number)).containsExactly("TASK_WAITS_FOR_PERSON Task_Applicant: employee");
    }

    @Test
    void aProcessOwnerMayLetADeputyDoAnApplicantsTask() {
        engine.getRepositoryService()
                .createDeployment()
                .addString("errand.bpmn", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
                          <process id="errand" isExecutable="true" camunda:historyTimeToLive="1">
                            <startEvent id="s"/>
                            <sequenceFlow id="f" sourceRef="s" targetRef="Task_Errand"/>
                            <userTask id="Task_Errand" camunda:assignee="${employeeId}">
                              <extensionElements><camunda:properties>
                                <camunda:property name="personal" value="false"/>
                              </camunda:properties></extensionElements>
                            </userTask>
                          </process>
                        </definitions>
                        """)
                .deploy();
        away("employee", "employee2");

        String instance = engine.getRuntimeService()
                .startProcessInstanceByKey("errand", number(), Map.of("employeeId", "employee"))
                .getId();

        assertThat(holder(task(instance, "Task_Errand"))).isEqualTo("employee2");
    }

    @Test
    void theApplicantNeverStandsInForTheJudgeOfTheOwnCase() {
        away("manager", "employee2");
        String number = number();

        String task = judging(number, "employee2");

        assertThat(holder(task)).isEqualTo("deputy");
        assertThat(said(number)).containsExactly("TASK_HANDED_OVER Judge it: manager → deputy");
    }

    @Test
    void whenNobodyIsThereTheTaskStaysAndTheTimelineSaysSo() {
        away("manager", "deputy");
        away("deputy", "manager");
        String number = number();

        String task = judging(number, "employee");

        assertThat(holder(task)).isEqualTo("manager");
        assertThat(said(number)).containsExactly("TASK_WITHOUT_DEPUTY Judge it: manager");
    }

    @Test
    void aDeputyWhoIsAwayIsRepresentedInTurn() {
        away("manager", "deputy");
        away("deputy", "compliance");

        assertThat(holder(judging(number(), "employee"))).isEqualTo("compliance");
    }

    @Test
    void openTasksMoveWhenTheAbsenceBeginsAndClaimedOnesGoBackToTheGroup() {
        String number = number();
        String instance = startCase(number);
        String judged = task(instance, "Task_Manager");
        String liaisons = task(instance, "Task_Liaison");
        engine.getTaskService().claim(liaisons, "manager");
        String own = judging(number(), "employee");
        Absence absence = away("manager", "deputy");
        assertThat(holder(judged)).isEqualTo("manager");

        handOver(absence);

        assertThat(List.of(judged, own))
                .allSatisfy(task -> assertThat(holder(task)).isEqualTo("deputy"));
        assertThat(holder(liaisons)).isNull();
        assertThat(said(number))
                .containsExactlyInAnyOrder(
                        "TASK_HANDED_OVER Task_Manager: manager → deputy", "TASK_BACK_TO_GROUP Task_Liaison: manager");
        assertThat(notes(judged)).singleElement().asString().contains(NOTE);
        assertThat(told(number)).contains("deputy");
        assertThat(get("deputy", "/engine-rest/task/" + judged).statusCode()).isEqualTo(200);
        assertThat(get("manager", "/engine-rest/task/" + judged).statusCode()).isNotEqualTo(200);
        assertThat(get("manager", "/engine-rest/task/" + liaisons).statusCode()).isNotEqualTo(200);

        engine.getTaskService().setAssignee(judged, "manager");
        handOver(absence);
        assertThat(holder(judged)).as("handed over once only").isEqualTo("manager");
    }

    @Test
    void theDailyControlStartsTheHandOverOfWhatBeginsToday() {
        String task = judging(number(), "employee");
        away("manager", "deputy");
        Job control = engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("absence-handover")
                .activityId("StartEvent_DailyControlDue")
                .singleResult();

        engine.getManagementService().executeJob(control.getId());
        engine.getManagementService()
                .createJobQuery()
                .activityId("Task_HandOverTasks")
                .list()
                .forEach(job -> engine.getManagementService().executeJob(job.getId()));

        assertThat(holder(task)).isEqualTo("deputy");
    }

    @Test
    void whatIsNotDoneAtTheEndStaysWithTheDeputyWhoMayStillReadTheCase() {
        Absence absence = away("manager", "deputy");
        String task = judging(number(), "employee");

        absences.end(absence.id(), "manager");

        assertThat(holder(task)).isEqualTo("deputy");
        Task next = engine.getTaskService()
                .createTaskQuery()
                .taskId(judging(number(), "employee"))
                .singleResult();
        assertThat(next.getAssignee()).isEqualTo("manager");
    }
}
