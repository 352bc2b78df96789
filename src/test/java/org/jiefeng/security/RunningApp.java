package org.jiefeng.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.ActiveProfiles;

/** The whole application on a port of its own, one start for all tests of this kind, spoken to as people and tools do. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:security;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "management.server.port=0",
            // Thousands of refusals on purpose.
            "logging.level.org.camunda=off"
        })
@ActiveProfiles("demo")
abstract class RunningApp {

    static final String PASSWORD = DemoPeople.PASSWORD;

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();

    @LocalServerPort
    int port;

    @Autowired
    ProcessEngine engine;

    /** A bean that expressions would love to call. */
    @TestConfiguration
    static class Beans {
        @Bean
        Canary canary() {
            return new Canary(true);
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(at(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
    }

    HttpResponse<String> anonymously(String method, String path) {
        return send(request(method, path, "GET".equals(method) ? "" : "{}").build());
    }

    /** As a person's tool or a service account: HTTP Basic. */
    HttpResponse<String> as(String user, String method, String path, String body) {
        String basic = Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return send(request(method, path, body)
                .header("Authorization", "Basic " + basic)
                .build());
    }

    HttpResponse<String> get(String user, String path) {
        return as(user, "GET", path, "");
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    /** The person's browser, logged in. */
    Session browser(String user) {
        return SESSIONS.computeIfAbsent(port + user, key -> new Session(user));
    }

    /** A browser's cookies and tokens. */
    final class Session {

        private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();

        private final HttpResponse<String> login;
        private final java.util.Optional<String> numberBefore;

        Session(String user) {
            this(user, "/login");
        }

        /** @param wanted what the person asks for before signing in */
        Session(String user, String wanted) {
            send("GET", wanted, "");
            Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                    .matcher(send("GET", "/login", "").body());
            if (!token.find()) {
                throw new AssertionError("No token on the login page");
            }
            String form = "username=" + user + "&password=" + PASSWORD + "&_csrf="
                    + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
            numberBefore = cookie("JSESSIONID");
            login = exchange(HttpRequest.newBuilder(at("/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build());
            // The web app's page sets its own token.
            send("GET", "/camunda/app/tasklist/default/", "");
        }

        /** Of the session before signing in. */
        java.util.Optional<String> numberBefore() {
            return numberBefore;
        }

        HttpResponse<String> login() {
            return login;
        }

        HttpResponse<String> send(String method, String path, String body) {
            HttpRequest.Builder request = request(method, path, body);
            cookie("XSRF-TOKEN").ifPresent(token -> request.header("X-XSRF-TOKEN", token));
            return exchange(request.build());
        }

        HttpResponse<String> sendWithoutToken(String method, String path, String body) {
            return exchange(request(method, path, body).build());
        }

        java.util.Optional<String> cookie(String name) {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals(name))
                    .map(HttpCookie::getValue)
                    .findFirst();
        }

        HttpResponse<String> exchange(HttpRequest request) {
            try {
                return client.send(request, BodyHandlers.ofString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * A newer version of {@code manager-report} with one task for each kind of owner, so that tests of rights do not wait
     * for a case to get there.
     */
    void deployTasks() {
        if (engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionName("Rights under test")
                        .count()
                > 0) {
            return;
        }
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "rights.bpmn",
                        Bpmn.createExecutableProcess("manager-report")
                                .name("Rights under test")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .parallelGateway("fork")
                                .userTask("Task_Applicant")
                                .camundaAssignee("${employeeId}")
                                .camundaFormRef("rights")
                                .camundaFormRefBinding("latest")
                                .endEvent()
                                .moveToNode("fork")
                                .userTask("Task_Manager")
                                .camundaAssignee("${managerId}")
                                .camundaFormRef("rights")
                                .camundaFormRefBinding("latest")
                                .endEvent()
                                .moveToNode("fork")
                                .userTask("Task_Liaison")
                                .camundaCandidateGroups("liaisons")
                                .camundaFormRef("rights")
                                .camundaFormRefBinding("latest")
                                .endEvent()
                                .moveToNode("fork")
                                .userTask("Task_Compliance")
                                .camundaCandidateGroups("compliance")
                                .camundaFormRef("rights")
                                .camundaFormRefBinding("latest")
                                .endEvent()
                                .done())
                .addString("rights.form", """
                        {"id":"rights","type":"default","schemaVersion":16,
                         "components":[{"type":"checkbox","key":"appealSupported","label":"x"}]}
                        """)
                .deploy();
    }

    /** A case of {@code employee}, judged by {@code manager}; returns the instance. */
    String startCase(String number) {
        deployTasks();
        return engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "manager-report",
                        number,
                        Map.of("employeeId", "employee", "managerId", "manager", "causes", "CANARY-CAUSE"))
                .getId();
    }

    String task(String instance, String key) {
        return engine
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .taskDefinitionKey(key)
                .list()
                .stream()
                .map(Task::getId)
                .findFirst()
                .orElseThrow();
    }

    static final List<String> PEOPLE =
            DemoPeople.ALL.stream().map(DemoPeople.Person::id).toList();
}
