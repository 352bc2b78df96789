package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;

/** Who is told what as tasks come, move and grow late, and who may see that. */
class NotificationsTest extends RunningApp {

    private static int cases;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("overdueTasks")
    Object overdueTasks;

    @BeforeEach
    void deployReminded() {
        if (engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("reminded")
                        .count()
                > 0) {
            return;
        }
        engine.getRepositoryService()
                .createDeployment()
                .addString("reminded.bpmn", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t">
                          <process id="reminded" isExecutable="true" camunda:historyTimeToLive="1">
                            <startEvent id="s"><extensionElements>
                              <camunda:executionListener delegateExpression="${decisionArrivedListener}" event="end"/>
                              <camunda:executionListener delegateExpression="${supplementAskedListener}" event="end"/>
                            </extensionElements></startEvent>
                            <sequenceFlow id="f" sourceRef="s" targetRef="t"/>
                            <userTask id="t" name="Answer the owl" camunda:assignee="${managerId}" camunda:dueDate="${due}">
                              <extensionElements>
                                <camunda:taskListener delegateExpression="${taskReminderListener}" event="timeout" id="r">
                                  <timerEventDefinition><timeDate xsi:type="tFormalExpression">${due}</timeDate></timerEventDefinition>
                                </camunda:taskListener>
                              </extensionElements>
                            </userTask>
                          </process>
                        </definitions>
                        """)
                .deploy();
    }

    private String number() {
        return "AP-2026-95%04d".formatted(++cases);
    }

    /** What people were told of a case: event, reader and subject, in order. */
    private List<String> told(String number) {
        return jdbc.sql("select news, recipient, subject, state from notification where appeal_number = :n order by id")
                .param("n", number)
                .query((row, n) -> row.getString(1) + " " + row.getString(2) + ": " + row.getString(3)
                        + (row.getString(4).equals("PREVIEW") ? "" : " " + row.getString(4)))
                .list();
    }

    @Test
    void everybodyIsToldOfTheOwnTasksAndOfTheGroups() {
        String number = number();
        String instance = startCase(number);

        assertThat(told(number))
                .containsExactlyInAnyOrder(
                        "NEW_TASK employee: New task: Task_Applicant (" + number + ")",
                        "NEW_TASK manager: New task: Task_Manager (" + number + ")",
                        "NEW_TASK liaison: New task for your group: Task_Liaison (" + number + ")",
                        "NEW_TASK compliance: New task for your group: Task_Compliance (" + number + ")");
        String body = jdbc.sql(
                        "select body from notification where appeal_number = :n and recipient = 'manager' and news = 'NEW_TASK'")
                .param("n", number)
                .query(String.class)
                .single();
        assertThat(body)
                .startsWith("A task is waiting for you in case " + number + ": Task_Manager.")
                .endsWith("/tasks/" + task(instance, "Task_Manager"));
    }

    @Test
    void whoClaimsATaskKnowsAndWhoGetsOneIsToldAlsoWhenItComesBack() {
        String number = number();
        String task = task(startCase(number), "Task_Manager");
        int before = told(number).size();

        assertThat(as("manager", "POST", "/engine-rest/task/" + task + "/assignee", "{\"userId\":\"deputy\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(as("deputy", "POST", "/engine-rest/task/" + task + "/assignee", "{\"userId\":\"manager\"}")
                        .statusCode())
                .isEqualTo(204);
        String groups = task(startCaseTasksOf(number), "Task_Liaison");
        assertThat(as("liaison", "POST", "/engine-rest/task/" + groups + "/claim", "{\"userId\":\"liaison\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(told(number).subList(before, told(number).size()))
                .containsExactly(
                        "NEW_TASK deputy: New task: Task_Manager (" + number + ")",
                        "NEW_TASK manager: New task: Task_Manager (" + number + ")");
    }

    private String startCaseTasksOf(String number) {
        return engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
    }

    @Test
    void aTaskThatIsLateIsToldBeforeAndOnceAfterwardsAndAgainWhenItsDateMoves() {
        String number = number();
        Instant due = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "reminded",
                        number,
                        Map.of("employeeId", "employee", "managerId", "manager", "due", Date.from(due)));
        Task task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .singleResult();
        Job reminder = engine.getManagementService()
                .createJobQuery()
                .processInstanceId(task.getProcessInstanceId())
                .singleResult();

        engine.getManagementService().executeJob(reminder.getId());
        lookForOverdueTasks();
        lookForOverdueTasks();

        String name = "Answer the owl (" + number + ")";
        assertThat(told(number))
                .containsExactlyInAnyOrder(
                        "DECISION_ARRIVED employee: The carrier has decided: " + number,
                        "DECISION_ARRIVED manager: The carrier has decided: " + number,
                        "SUPPLEMENT_ASKED manager: The carrier asks for more material: " + number,
                        "NEW_TASK manager: New task: " + name,
                        "DUE_SOON manager: Due soon: " + name,
                        "OVERDUE manager: Overdue: " + name);

        task = engine.getTaskService().createTaskQuery().taskId(task.getId()).singleResult();
        task.setDueDate(Date.from(due.plusSeconds(30)));
        engine.getTaskService().saveTask(task);
        lookForOverdueTasks();
        assertThat(told(number)).filteredOn(line -> line.startsWith("OVERDUE")).hasSize(2);

        engine.getTaskService().complete(task.getId());
        assertThat(jdbc.sql("select count(*) from overdue_told where task_id = :t")
                        .param("t", task.getId())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void lookForOverdueTasks() {
        ReflectionTestUtils.invokeMethod(overdueTasks, "look");
    }

    @Test
    void ownersReadWhatWasSaidAndAdministratorsOnlyThatItWas() {
        String number = number();
        startCase(number);

        assertThat(browser("owner").send("GET", "/notifications", "").body())
                .contains("There is no mail server", "New task: ", number, "Shown only", "liaison");
        assertThat(browser("admin").send("GET", "/notifications", "").body())
                .contains("Shown only", "liaison")
                .doesNotContain(number, "/tasks/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"employee", "manager", "compliance", "liaison", "trainer", "auditor"})
    void nobodyElseSeesIt(String person) {
        assertThat(browser(person).send("GET", "/notifications", "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void anOwnerHasSomethingSentAgain() {
        String number = number();
        startCase(number);
        jdbc.sql("""
                        update notification set state = 'FAILED', problem = 'ConnectException', attempts = 7, outlet = 'gone'
                        where appeal_number = :n and recipient = 'manager'
                        """).param("n", number).update();
        long id = jdbc.sql("select id from notification where appeal_number = :n and recipient = 'manager'")
                .param("n", number)
                .query(Long.class)
                .single();
        String page = browser("owner").send("GET", "/notifications", "").body();
        assertThat(page).contains("Attempt 7: ConnectException", "/notifications/" + id, "1 could not be sent");

        assertThat(browser("owner").send("POST", "/notifications/" + id, "").statusCode())
                .isEqualTo(403);
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        HttpResponse<String> answer = browser("owner")
                .exchange(java.net.http.HttpRequest.newBuilder(at("/notifications/" + id))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("_csrf=" + token.group(1)))
                        .build());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(told(number))
                .filteredOn(line -> line.startsWith("NEW_TASK manager"))
                .allMatch(line -> line.endsWith("WAITING") || line.endsWith("FAILED"));
        jdbc.sql("update notification set state = 'PREVIEW', outlet = 'mail' where id = :id")
                .param("id", id)
                .update();
    }

    @Test
    void aLinkToATaskSurvivesTheLogin() {
        Session stranger = new Session("manager", "/tasks/0b7e7b3f-0001");

        assertThat(stranger.login().headers().firstValue("Location").orElseThrow())
                .endsWith("/tasks/0b7e7b3f-0001");
        assertThat(stranger.send("GET", "/tasks/0b7e7b3f-0001", "")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/camunda/app/tasklist/default/#/?task=0b7e7b3f-0001");
        assertThat(stranger.send("GET", "/tasks/a%22b", "").statusCode()).isIn(400, 404);
    }
}
