package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;

/** An employee reports something unusual, the manager answers it as a task, the employee reads the answer (R62). */
class AnomalyReportsTest extends RunningApp {

    private static final String PAGE = "/anomalies";
    private static final String TODAY =
            LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();

    @Test
    void whatIsReportedComesToTheManagerAndTheAnswerComesBack() {
        Session employee = browser("employee");
        assertThat(employee.send("GET", "/api/pages", "").body()).contains("\"/anomalies\"");

        String key = "8b0f9d1e-0000-4000-8000-000000000001";
        report(employee, key, "DIALLER", TODAY, "The dialler calls <b>twice</b> a minute.");
        report(employee, key, "DIALLER", TODAY, "The dialler calls <b>twice</b> a minute.");
        String page = employee.send("GET", PAGE, "").body();
        assertThat(page).contains("calls &lt;b&gt;twice&lt;/b&gt; a minute", "Not answered yet");
        List<String> numbers = numbers(page);
        assertThat(numbers).as("sent twice, reported once").hasSize(1);

        String instance = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(numbers.get(0))
                .singleResult()
                .getId();
        Job first = engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult();
        engine.getManagementService().executeJob(first.getId());
        Task task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult();
        assertThat(task.getAssignee()).isEqualTo("manager");
        assertThat(engine.getRuntimeService().getVariables(instance))
                .as("free text stays out of the process")
                .containsOnlyKeys("employeeId", "managerId");
        assertThat(get("manager", "/engine-rest/task/" + task.getId() + "/form-variables")
                        .body())
                .contains("The dialler calls");

        assertThat(answer(task, "").statusCode()).isEqualTo(400);
        assertThat(answer(task, "It is switched off until it is mended.").statusCode())
                .isEqualTo(204);
        assertThat(employee.send("GET", PAGE, "").body())
                .contains("It is switched off until it is mended.")
                .doesNotContain("Not answered yet");
        assertThat(browser("employee2").send("GET", PAGE, "").body()).doesNotContain("The dialler calls");
    }

    @Test
    void whatIsMissingIsNamedAndWhatWasTypedStays() {
        Session employee = browser("employee2");
        report(
                employee,
                "8b0f9d1e-0000-4000-8000-000000000002",
                "",
                LocalDate.parse(TODAY).plusDays(1).toString(),
                " ");
        String page = employee.send("GET", PAGE, "").body();
        assertThat(page)
                .contains("Please choose what it is about.", "A day until today.", "Please say what happened")
                .contains("8b0f9d1e-0000-4000-8000-000000000002");
        assertThat(numbers(page)).isEmpty();
    }

    @Test
    void onlyEmployeesReport() {
        HttpResponse<String> refused = browser("manager")
                .exchange(HttpRequest.newBuilder(at(PAGE))
                        .header("Accept", "text/html")
                        .build());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("This is not for you");
        assertThat(browser("auditor").send("GET", PAGE, "").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> answer(Task task, String text) {
        return as(
                "manager",
                "POST",
                "/engine-rest/task/" + task.getId() + "/submit-form",
                "{\"variables\":{\"anomalyAnswer\":{\"value\":\"" + text + "\",\"type\":\"String\"}}}");
    }

    private static List<String> numbers(String page) {
        List<String> found = new ArrayList<>();
        Matcher rows = Pattern.compile("<tr id=\"(AN-\\d+)\"").matcher(page);
        while (rows.find()) {
            found.add(rows.group(1));
        }
        return found;
    }

    private void report(Session employee, String key, String kind, String day, String text) {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(employee.send("GET", PAGE, "").body());
        assertThat(token.find()).isTrue();
        String form = "_csrf=" + encoded(token.group(1)) + "&formKey=" + key + "&kind=" + kind + "&happenedOn=" + day
                + "&anomaly=" + encoded(text);
        HttpResponse<String> answer = employee.exchange(HttpRequest.newBuilder(at(PAGE))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
        assertThat(answer.statusCode()).isEqualTo(302);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
