package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people can and cannot do to tasks through the engine's own interface, by tool and by browser. */
class EngineWritesTest extends RunningApp {

    private static int cases;

    private String instance = "";

    @BeforeEach
    void openCase() {
        instance = startCase("AP-2026-%06d".formatted(100 + ++cases));
        Canary.HITS.set(0);
    }

    /** {task} is replaced by the applicant's task, which every caller would like to finish. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /task/{task}/complete",
                "POST /task/{task}/resolve",
                "POST /task/{task}/delegate",
                "POST /task/{task}/bpmnError",
                "POST /task/{task}/bpmnEscalation",
                "POST /task/{task}/identity-links",
                "POST /task/{task}/identity-links/delete",
                "POST /task/{task}/variables",
                "POST /task/{task}/localVariables",
                "PUT /task/{task}/variables/appealSupported",
                "PUT /task/{task}/localVariables/appealSupported",
                "DELETE /task/{task}/variables/causes",
                "PUT /task/{task}",
                "DELETE /task/{task}",
                "POST /task/create",
                "POST /task/{task}/attachment/create",
                "POST /message",
                "POST /signal",
                "POST /condition",
                "POST /deployment/create",
                "DELETE /deployment/x",
                "POST /process-definition/key/account-appeal/start",
                "POST /process-definition/key/manager-report/start",
                "POST /process-instance/{instance}/modification",
                "POST /process-instance/{instance}/variables",
                "PUT /process-instance/{instance}/variables/appealSupported",
                "DELETE /process-instance/{instance}",
                "POST /process-instance/delete",
                "POST /process-instance/message-async",
                "POST /process-instance/variables-async",
                "POST /execution/{instance}/signal",
                "POST /execution/{instance}/localVariables",
                "POST /modification/execute",
                "POST /decision-definition/key/appeal-policy/evaluate",
                "POST /external-task/fetchAndLock",
                "POST /filter/create",
                "POST /authorization/create",
                "POST /user/create",
                "PUT /group/camunda-admin/members/employee",
                "POST /identity/verify",
                "POST /history/process-instance/delete",
                "DELETE /history/process-instance/{instance}",
                "POST /history/cleanup",
                "POST /task/{task}/COMPLETE",
                "POST /task/{task}/complete/",
                "DELETE /batch/x"
            })
    void nobodyButTheFormsChangesACase(String write) {
        String method = write.split(" ")[0];
        String path = write.split(" ")[1]
                .replace("{task}", task(instance, "Task_Applicant"))
                .replace("{instance}", instance);
        for (String person : PEOPLE.stream().filter(p -> !p.equals("admin")).toList()) {
            assertThat(as(person, method, "/engine-rest" + path, "{}").statusCode())
                    .as(person)
                    .isEqualTo(403);
        }
        assertThat(as("employee", method, "/engine-rest/engine/default" + path, "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser("employee")
                        .send(method, "/camunda/api/engine/engine/default" + path, "{}")
                        .statusCode())
                .isEqualTo(403);
    }

    /** By Tasklist's path; 404 is how the engine hides what somebody may not see. */
    @ParameterizedTest
    @CsvSource({
        "employee,   Task_Applicant,  submit-form, 204",
        "employee,   Task_Manager,    submit-form, 403",
        "employee,   Task_Compliance, submit-form, 403",
        "employee2,  Task_Applicant,  submit-form, 403",
        "employee2,  Task_Applicant,  claim,       403",
        "employee2,  Task_Liaison,    claim,       403",
        "manager,    Task_Manager,    submit-form, 204",
        "manager,    Task_Manager,    unclaim,     204",
        "manager,    Task_Applicant,  submit-form, 403",
        "deputy,     Task_Manager,    submit-form, 403",
        "liaison,    Task_Liaison,    claim,       204",
        "liaison,    Task_Liaison,    submit-form, 403",
        "liaison,    Task_Compliance, claim,       403",
        "compliance, Task_Compliance, claim,       204",
        "compliance, Task_Manager,    submit-form, 403",
        "trainer,    Task_Liaison,    claim,       403",
        "owner,      Task_Liaison,    claim,       403",
        "auditor,    Task_Liaison,    claim,       403",
        "admin,      Task_Liaison,    claim,       403"
    })
    void peopleWorkOnTheirTasksOnly(String person, String key, String action, int expected) {
        String path = "/engine-rest/task/" + task(instance, key) + "/" + action;
        String body = action.equals("claim") ? "{\"userId\":\"" + person + "\"}" : "{\"variables\":{}}";

        HttpResponse<String> answer = as(person, "POST", path, body);

        assertThat(answer.statusCode() == 500 || answer.statusCode() == 404 ? 403 : answer.statusCode())
                .as(answer.body())
                .isEqualTo(expected);
    }

    @Test
    void whoeverClaimedHandsInAndNobodyElseOfTheGroup() {
        String task = task(instance, "Task_Liaison");
        engine.getTaskService().setAssignee(task, "deputy");

        assertThat(as("liaison", "POST", "/engine-rest/task/" + task + "/submit-form", "{\"variables\":{}}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aTaskHandedOverIsGoneFromWhoHadIt() {
        String task = task(instance, "Task_Manager");
        String path = "/engine-rest/task/" + task;
        assertThat(get("manager", path).statusCode()).isEqualTo(200);
        assertThat(get("deputy", path).statusCode()).isEqualTo(404);

        assertThat(as("manager", "POST", path + "/assignee", "{\"userId\":\"deputy\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(get("manager", path).statusCode()).isEqualTo(404);
        assertThat(get("manager", path + "/form-variables").statusCode()).isIn(403, 404);
        assertThat(get("manager", "/engine-rest/history/task?taskId=" + task).body())
                .isEqualTo("[]");
        assertThat(get("deputy", path).statusCode()).isEqualTo(200);
        assertThat(as("compliance", "POST", path + "/assignee", "{\"userId\":\"manager\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(get("deputy", path).statusCode()).isEqualTo(404);
        assertThat(get("manager", path).statusCode()).isEqualTo(200);
    }

    @Test
    void aCandidateTakenOffTheTaskSeesItNoMore() {
        String task = task(instance, "Task_Applicant");
        engine.getTaskService().addCandidateUser(task, "employee2");
        engine.getTaskService().addCandidateGroup(task, "trainers");
        assertThat(get("employee2", "/engine-rest/task/" + task).statusCode()).isEqualTo(200);
        assertThat(get("trainer", "/engine-rest/task/" + task).statusCode()).isEqualTo(200);

        engine.getTaskService().deleteCandidateUser(task, "employee2");
        engine.getTaskService().deleteCandidateGroup(task, "trainers");

        assertThat(get("employee2", "/engine-rest/task/" + task).statusCode()).isEqualTo(404);
        assertThat(get("trainer", "/engine-rest/task/" + task).statusCode()).isEqualTo(404);
    }

    @Test
    void theApplicantSeesWhereTheCaseStandsAndNotItsVariables() {
        assertThat(get("employee", "/engine-rest/process-instance/" + instance).statusCode())
                .isEqualTo(200);
        assertThat(get("employee", "/engine-rest/process-instance/" + instance + "/variables")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("employee2", "/engine-rest/process-instance/" + instance).statusCode())
                .isEqualTo(404);
        for (String person : List.of("employee", "employee2", "manager", "liaison", "compliance", "owner")) {
            for (String history : List.of("variable-instance", "detail", "decision-instance")) {
                assertThat(get(person, "/engine-rest/history/" + history + "?processInstanceId=" + instance)
                                .body())
                        .as(person + " at " + history)
                        .isEqualTo("[]");
            }
        }
        assertThat(get("auditor", "/engine-rest/history/variable-instance?processInstanceId=" + instance)
                        .body())
                .contains("CANARY-CAUSE");
    }

    @Test
    void aCommentIsForThoseWhoSeeTheTask() {
        String path = "/engine-rest/task/" + task(instance, "Task_Applicant") + "/comment";
        String body = "{\"message\":\"CANARY-COMMENT\"}";

        assertThat(as("employee", "POST", path + "/create", body).statusCode()).isEqualTo(200);
        assertThat(as("employee2", "POST", path + "/create", body).statusCode()).isIn(400, 403, 404);
        assertThat(get("employee2", path).body()).doesNotContain("CANARY-COMMENT");
        for (String reader : List.of("employee", "compliance", "auditor")) {
            assertThat(get(reader, path).body()).as(reader).contains("CANARY-COMMENT");
        }
        for (String other : List.of("owner", "manager", "liaison", "trainer", "admin")) {
            assertThat(get(other, path).body()).as(other).doesNotContain("CANARY-COMMENT");
        }
    }

    @Test
    void aCommentStaysInTheCaseOfItsTask() {
        String other = startCase("AP-2026-%06d".formatted(100 + ++cases));
        String path = "/engine-rest/task/" + task(instance, "Task_Applicant") + "/comment/create";
        String body = "{\"message\":\"CANARY-SMUGGLED\",\"processInstanceId\":\"%s\"}";

        assertThat(as("employee", "POST", path, body.formatted(other)).statusCode())
                .isIn(400, 403);
        assertThat(as("employee", "POST", path, body.formatted(instance)).statusCode())
                .isEqualTo(200);

        assertThat(get("auditor", "/engine-rest/process-instance/" + instance + "/comment")
                        .body())
                .contains("CANARY-SMUGGLED");
        assertThat(get("auditor", "/engine-rest/process-instance/" + other + "/comment")
                        .body())
                .doesNotContain("CANARY-SMUGGLED");
        assertThat(get("owner", "/engine-rest/process-instance/" + instance + "/comment")
                        .body())
                .doesNotContain("CANARY-SMUGGLED");
    }

    @Test
    void everyProcessHasItsRights() {
        String ours = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey("account-appeal")
                .processDefinitionVersion(1)
                .singleResult()
                .getDeploymentId();
        assertThat(engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .deploymentId(ours)
                        .list())
                .extracting(ProcessDefinition::getKey)
                .containsExactlyInAnyOrderElementsOf(AccessRights.STORY);
    }

    @Test
    void filtersShowEachTheirOwn() {
        engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .list()
                .forEach(task -> {
                    task.setDueDate(new java.util.Date(System.currentTimeMillis() - 1000));
                    engine.getTaskService().saveTask(task);
                });
        String number = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getBusinessKey();
        assertThat(listed("employee", "My tasks")).contains(number);
        assertThat(listed("manager", "My tasks")).contains(number);
        assertThat(listed("compliance", "My tasks")).doesNotContain(number);
        assertThat(listed("compliance", "My group's tasks")).contains(number).contains("Task_Compliance");
        assertThat(listed("compliance", "My group's tasks")).doesNotContain("Task_Manager");
        assertThat(listed("liaison", "My group's tasks"))
                .contains("Task_Liaison")
                .doesNotContain("Task_Compliance");
        assertThat(listed("employee", "Overdue")).contains("Task_Applicant").doesNotContain("Task_Manager");
        assertThat(listed("compliance", "Overdue")).contains("Task_Compliance").doesNotContain("Task_Manager");
        assertThat(listed("employee2", "Overdue")).doesNotContain("Task_");
    }

    /** As Tasklist asks: with the variables of the filter. */
    private String listed(String person, String filter) {
        String id = "";
        for (var known : json(get(person, "/engine-rest/filter"))) {
            if (known.get("name").asText().equals(filter)) {
                id = known.get("id").asText();
            }
        }
        return send(request("GET", "/engine-rest/filter/" + id + "/list?maxResults=100", "")
                        .header("Accept", "application/hal+json")
                        .header(
                                "Authorization",
                                "Basic "
                                        + java.util.Base64.getEncoder()
                                                .encodeToString((person + ":" + PASSWORD).getBytes()))
                        .build())
                .body();
    }

    @Test
    void noEndpointEvaluatesAnExpression() {
        // All payloads meet our engine in QueryGuardTest; over HTTP each field and hiding place comes by once for each
        // payload's kind.
        List<String> hostile = HostileQueries.all().subList(0, 300);
        Session browser = browser("employee");
        String filter =
                json(get("employee", "/engine-rest/filter")).get(0).get("id").asText();
        JsonNode token = json(browser.send("GET", "/api/csrf", ""));
        List<String> endpoints = List.of(
                "/task",
                "/task/count",
                "/filter/" + filter + "/list",
                "/filter/" + filter + "/count",
                "/filter/" + filter + "/singleResult");

        for (int i = 0; i < hostile.size(); i++) {
            String endpoint = endpoints.get(i % endpoints.size());
            assertThat(browser.exchange(request("POST", "/engine-rest" + endpoint, hostile.get(i))
                                    .header(
                                            token.get("headerName").asText(),
                                            token.get("token").asText())
                                    .build())
                            .statusCode())
                    .as(endpoint + " " + hostile.get(i))
                    .isEqualTo(400);
            assertThat(browser.send("POST", "/camunda/api/engine/engine/default" + endpoint, hostile.get(i))
                            .statusCode())
                    .as(endpoint + " " + hostile.get(i))
                    .isEqualTo(400);
        }
        for (int i = 0; i < hostile.size(); i += 10) {
            String stored = "{\"resourceType\":\"Task\",\"name\":\"hostile\",\"query\":" + hostile.get(i) + "}";
            assertThat(as("admin", "POST", "/engine-rest/filter/create", stored).statusCode())
                    .isEqualTo(400);
            assertThat(as("admin", "PUT", "/engine-rest/filter/" + filter, stored)
                            .statusCode())
                    .isEqualTo(400);
        }
        // These know no expressions; they may ignore them, but never evaluate.
        for (String other : List.of(
                "/history/task",
                "/history/task/count",
                "/history/process-instance",
                "/process-instance",
                "/process-instance/suspended-async",
                "/batch")) {
            for (int i = 0; i < hostile.size(); i += 30) {
                assertThat(as("owner", "POST", "/engine-rest" + other, hostile.get(i))
                                .statusCode())
                        .as(other)
                        .isLessThan(500);
            }
        }
        assertThat(Canary.HITS).hasValue(0);
    }
}
