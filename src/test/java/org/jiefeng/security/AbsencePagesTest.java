package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.task.Comment;
import org.jiefeng.account.Absence;
import org.jiefeng.account.Absences;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may set whose absence and move whose tasks, by page and by API. */
class AbsencePagesTest extends RunningApp {

    private static int cases;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Absences absences;

    private LocalDate today = LocalDate.EPOCH;

    @BeforeEach
    void today() {
        today = absences.today();
    }

    @AfterEach
    void everybodyIsBack() {
        jdbc.sql("delete from absence").update();
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey("absence-handover")
                .list()
                .forEach(one -> engine.getRuntimeService().deleteProcessInstance(one.getId(), "tried out"));
    }

    private static String number() {
        return "AP-2026-97%04d".formatted(++cases);
    }

    private HttpResponse<String> post(Session browser, String path, String... fields) {
        Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"")
                .matcher(browser.send("GET", "/api/csrf", "").body());
        assertThat(token.find()).isTrue();
        List<String> pairs = new ArrayList<>(List.of("_csrf=" + encoded(token.group(1))));
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(fields[i] + "=" + encoded(fields[i + 1]));
        }
        return browser.exchange(HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", pairs)))
                .build());
    }

    /** The page a browser is sent to. */
    private static String after(Session browser, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return browser.send(
                        "GET",
                        answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", ""),
                        "")
                .body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> set(String actor, @Nullable String user, String deputy, LocalDate from, String to) {
        return as(
                actor,
                "POST",
                "/api/absences",
                "{\"user\":%s,\"deputy\":\"%s\",\"from\":\"%s\",\"to\":%s,\"note\":\"Ask Li\"}"
                        .formatted(
                                user == null ? "null" : "\"" + user + "\"",
                                deputy,
                                from,
                                to.isEmpty() ? "null" : "\"" + to + "\""));
    }

    private static List<String> wrong(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("application/problem+json");
        List<String> fields = new ArrayList<>();
        for (JsonNode error : json(answer).path("errors")) {
            assertThat(error.path("reason").asText()).isNotBlank();
            fields.add(error.path("field").asText());
        }
        return fields;
    }

    private @Nullable String holder(String taskId) {
        return engine.getTaskService()
                .createTaskQuery()
                .taskId(taskId)
                .singleResult()
                .getAssignee();
    }

    @Test
    void aManagerSetsTheOwnAbsenceAndTheDeputyReadsTheNote() {
        Session manager = browser("manager");
        assertThat(manager.send("GET", "/absence", "").body())
                .contains("Chen Lei")
                .doesNotContain("value=\"trainer\"");

        assertThat(after(
                        manager,
                        post(
                                manager,
                                "/absence",
                                "user",
                                "manager",
                                "deputy",
                                "deputy",
                                "from",
                                today.toString(),
                                "to",
                                today.plusDays(2).toString(),
                                "note",
                                "Ask <b>Li</b>")))
                .contains("the open tasks are on their way", "away");
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("absence-handover")
                        .count())
                .isEqualTo(1);
        assertThat(browser("deputy").send("GET", "/absence", "").body())
                .contains("You stand in for", "Ask &lt;b&gt;Li&lt;/b&gt;");
        assertThat(browser("employee").send("GET", "/absence", "").body())
                .doesNotContain("You stand in for", "Ask &lt;b&gt;");
        assertThat(get("deputy", "/api/absences").body()).contains("Ask <b>Li</b>");
        assertThat(get("employee", "/api/absences").body()).isEqualTo("[]");

        Absence absence = absences.of(List.of("manager")).get(0);
        assertThat(post(browser("employee"), "/absence/" + absence.id() + "/end")
                        .statusCode())
                .isEqualTo(404);
        assertThat(after(manager, post(manager, "/absence/" + absence.id() + "/end")))
                .contains("The absence is ended.", "ended early");
        assertThat(absences.current("manager")).isEmpty();
    }

    @Test
    void aRefusalStandsBesideItsFieldAndWhatWasTypedStays() {
        Session manager = browser("manager");

        assertThat(after(
                        manager,
                        post(
                                manager,
                                "/absence",
                                "user",
                                "manager",
                                "deputy",
                                "deputy",
                                "from",
                                today.toString(),
                                "to",
                                today.minusDays(1).toString(),
                                "note",
                                "typed before")))
                .contains("The last day comes before the first.", "typed before");
        assertThat(absences.of(List.of("manager"))).isEmpty();
    }

    @Test
    void whatComesLaterIsLeftToTheDailyControl() {
        HttpResponse<String> answer = set("manager", null, "deputy", today.plusDays(3), "");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("absence-handover")
                        .count())
                .isZero();
        assertThat(as(
                                "manager",
                                "DELETE",
                                answer.headers().firstValue("Location").orElseThrow(),
                                "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(as(
                                "manager",
                                "DELETE",
                                answer.headers().firstValue("Location").orElseThrow(),
                                "")
                        .statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "manager, manager, deputy", // nobody stands in for himself
        "manager, nobody, deputy",
        "manager, employee, deputy", // an employee does not judge
        "manager, compliance, deputy", // leads a department, but holds another office
        "employee, trainer, deputy", // of no department
        "liaison, trainer, deputy" // another office
    })
    void notJustAnybodyStandsIn(String user, String deputy, String field) {
        assertThat(wrong(set(user, null, deputy, today, ""))).containsExactly(field);
    }

    @Test
    void theTwoLeadersOfADepartmentStandInForEachOtherWhateverTheirOffice() {
        assertThat(set("compliance", null, "deputy", today.plusDays(1), "").statusCode())
                .isEqualTo(201);
    }

    @Test
    void daysMustMakeSense() {
        assertThat(wrong(set(
                        "employee", null, "employee2", today, today.minusDays(1).toString())))
                .contains("to");
        assertThat(wrong(as("employee", "POST", "/api/absences", "{\"deputy\":\"employee2\",\"from\":\"soon\"}")))
                .containsExactly("from");
        assertThat(wrong(as("employee", "POST", "/api/absences", "{}"))).containsExactly("from", "deputy");
        assertThat(wrong(as(
                        "employee",
                        "POST",
                        "/api/absences",
                        "{\"deputy\":\"employee2\",\"from\":\"%s\",\"note\":\"%s\"}"
                                .formatted(today, "x".repeat(501)))))
                .containsExactly("note");

        assertThat(set("employee", null, "employee2", today, today.plusDays(5).toString())
                        .statusCode())
                .isEqualTo(201);
        assertThat(wrong(set("employee", null, "manager", today.plusDays(5), "")))
                .containsExactly("from");
        assertThat(wrong(set(
                        "employee2", null, "employee", today, today.plusDays(5).toString())))
                .as("away all that time")
                .containsExactly("deputy");
        assertThat(wrong(set(
                        "employee2", null, "employee", today, today.plusDays(9).toString())))
                .as("each for the other on some days")
                .containsExactly("deputy");
        assertThat(set("employee2", null, "employee", today.plusDays(6), "").statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "manager, employee, 201", // head
        "deputy, employee, 201", // deputy head
        "deputy, manager, 201", // leads the department with her
        "employee, employee2, 403",
        "employee, manager, 403",
        "manager, liaison, 403",
        "liaison, employee, 403"
    })
    void onlyLeadersSetTheAbsencesOfOthersAndOnlyOfTheirPeople(String actor, String user, int status) {
        String deputy = user.equals("manager") ? "deputy" : "manager";

        assertThat(set(actor, user, deputy, today.plusDays(1), "").statusCode()).isEqualTo(status);
        assertThat(browser(actor).send("GET", "/absence?user=" + user, "").statusCode())
                .isEqualTo(status == 201 ? 200 : 404);
    }

    @Test
    void aPageOfAnotherSiteSetsNoAbsence() {
        assertThat(browser("manager")
                        .exchange(HttpRequest.newBuilder(at("/absence"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("user=manager&deputy=deputy&from=" + today))
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(absences.of(List.of("manager"))).isEmpty();
    }

    @Test
    void aHeadGivesSeveralTasksToAColleagueAndHearsOfEachWhatBecameOfIt() {
        String number = number();
        String instance = startCase(number);
        String judged = task(instance, "Task_Manager");
        String personal = task(instance, "Task_Applicant");
        String liaisons = task(instance, "Task_Liaison");
        String foreign = engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "manager-report", number(), Map.of("employeeId", "manager", "managerId", "compliance"))
                .getId();
        String ownCase = task(foreign, "Task_Manager");
        Session manager = browser("manager");
        assertThat(manager.send("GET", "/team?person=employee", "").body())
                .contains("id=\"task-" + judged + "\"", "Nobody else can do it.")
                .doesNotContain(ownCase);

        HttpResponse<String> answer = as(
                "manager",
                "POST",
                "/api/tasks/reassign",
                "{\"tasks\":[\"%s\",\"%s\",\"%s\",\"%s\",\"none\"],\"to\":\"deputy\",\"note\":\"Please hurry\"}"
                        .formatted(personal, judged, liaisons, ownCase));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> results = new ArrayList<>();
        json(answer)
                .forEach(one -> results.add(
                        one.path("task").asText() + " " + one.path("moved").asBoolean() + " "
                                + one.path("reason").asText("")));
        assertThat(results)
                .containsExactly(
                        personal + " false Nobody else can do it.",
                        judged + " true ",
                        liaisons + " false A group’s task; somebody of the group takes it.",
                        ownCase + " false It is done, or with somebody else by now.",
                        "none false It is done, or with somebody else by now.");
        assertThat(holder(judged)).isEqualTo("deputy");
        assertThat(holder(ownCase)).isEqualTo("compliance");
        assertThat(engine.getTaskService().getTaskComments(judged))
                .singleElement()
                .satisfies(note -> assertThat(note.getUserId()).isEqualTo("manager"))
                .extracting(Comment::getFullMessage)
                .asString()
                .contains("Please hurry");
        assertThat(get("manager", "/engine-rest/task/" + judged).statusCode()).isNotEqualTo(200);
    }

    @Test
    void nobodyGetsATaskOfTheOwnCaseOrOneTheyMayNotDo() {
        String instance = startCase(number());
        String judged = task(instance, "Task_Manager");
        Session manager = browser("manager");

        assertThat(after(manager, post(manager, "/team/tasks", "task", judged, "to", "employee", "person", "employee")))
                .contains("It is the colleague’s own case.");
        assertThat(after(manager, post(manager, "/team/tasks", "task", judged, "to", "employee2")))
                .contains("The colleague may not do it");
        absences.add("deputy", "manager", today, null, null, "deputy");
        assertThat(after(manager, post(manager, "/team/tasks", "task", judged, "to", "deputy")))
                .contains("This colleague is away today.");

        assertThat(holder(judged)).isEqualTo("manager");
    }

    @Test
    void inputThatMakesNoSenseIsNamed() {
        assertThat(wrong(as("manager", "POST", "/api/tasks/reassign", "{}"))).containsExactly("tasks", "to");
    }

    @Test
    void theDescriptionOfTheApiNamesThem() {
        JsonNode paths = json(get("manager", "/v3/api-docs")).path("paths");

        assertThat(paths.path("/api/absences").has("get")).isTrue();
        assertThat(paths.path("/api/absences").has("post")).isTrue();
        assertThat(paths.path("/api/absences/{id}").has("delete")).isTrue();
        assertThat(paths.path("/api/tasks/reassign").has("post")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"employee", "liaison", "trainer", "auditor", "admin"})
    void whoLeadsNobodyMovesNothing(String person) {
        assertThat(browser(person).send("GET", "/team", "").statusCode()).isEqualTo(403);
        assertThat(post(browser(person), "/team/tasks", "task", "x", "to", "deputy")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as(person, "POST", "/api/tasks/reassign", "{\"tasks\":[\"x\"],\"to\":\"deputy\"}")
                        .statusCode())
                .isEqualTo(403);
    }
}
