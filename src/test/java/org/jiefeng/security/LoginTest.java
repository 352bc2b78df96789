package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** The one login, from the front door to the last way round it. */
class LoginTest extends RunningApp {

    @LocalManagementPort
    private int managementPort;

    @ParameterizedTest
    @CsvSource({
        "/,                                          302",
        "/camunda/app/tasklist/default/,             302",
        "/camunda/app/cockpit/default/,              302",
        "/h2-console,                                302",
        "/login,                                     200",
        "/css/jiefeng.css,                           200",
        "/actuator/health,                           404",
        "/actuator,                                  404",
        "/actuator/env,                              404",
        "/actuator/heapdump,                         404",
        "/engine-rest/engine,                        401",
        "/engine-rest/task,                          401",
        "/api/csrf,                                  401",
        "/api/appeals/AP-2026-000001/evidence,       401",
        "/v3/api-docs,                               401",
        "/camunda/api/engine/engine/default/task,    401"
    })
    void strangersGetNoFurtherThanTheDoor(String path, int expected) {
        HttpResponse<String> answer = anonymously("GET", path);

        assertThat(answer.statusCode()).isEqualTo(expected);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        if (expected == 302) {
            assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login");
        }
    }

    @Test
    void everybodyOfTheDemoIsOnTheLoginPage() {
        String page = anonymously("GET", "/login").body();

        assertThat(page).contains("Jiefeng", "解封", PASSWORD).contains(PEOPLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error | User and password do not fit.",
                "limited | Too many wrong passwords",
                "refused | The sign-in of your organisation was not accepted",
                "logout | You are signed out."
            })
    void theDoorSaysWhyItDidNotOpen(String why, String text) {
        HttpResponse<String> page = anonymously("GET", "/login?" + why);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(text);
    }

    @Test
    void aLoginOpensTasklistPagesAndApi() {
        Session browser = browser("employee");

        assertThat(browser.login().statusCode()).isEqualTo(302);
        assertThat(browser.send("GET", "/camunda/app/tasklist/default/", "").body())
                .contains("camTasklistAppCtrl");
        assertThat(browser.send("GET", "/camunda/api/engine/engine/default/filter", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.send("GET", "/engine-rest/filter", "").statusCode()).isEqualTo(200);
        assertThat(browser.send("GET", "/h2-console", "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "employee, /camunda/app/tasklist/default/",
        "employee2, /camunda/app/tasklist/default/",
        "manager, /camunda/app/tasklist/default/",
        "deputy, /camunda/app/tasklist/default/",
        "compliance, /camunda/app/tasklist/default/",
        "liaison, /camunda/app/tasklist/default/",
        "trainer, /camunda/app/tasklist/default/",
        "owner, /decisions",
        "auditor, /camunda/app/cockpit/default/",
        "admin, /camunda/app/admin/default/"
    })
    void everybodyArrivesWhereTheirWorkIs(String person, String home) {
        Session browser = browser(person);
        assertThat(browser.login().headers().firstValue("Location").orElseThrow())
                .endsWith(":" + port + "/");
        HttpResponse<String> door = browser.send("GET", "/", "");

        assertThat(URI.create(door.headers().firstValue("Location").orElseThrow())
                        .getPath())
                .isEqualTo(home);
        assertThat(browser.send("GET", home, "").statusCode()).isEqualTo(200);
    }

    @Test
    void signingOutInTasklistEndsTheWholeSession() {
        Session browser = new Session("trainer");
        assertThat(browser.send("GET", "/engine-rest/filter", "").statusCode()).isEqualTo(200);

        assertThat(browser.send("POST", "/camunda/api/admin/auth/user/default/logout", "")
                        .statusCode())
                .isIn(200, 204);

        assertThat(browser.send("GET", "/engine-rest/filter", "").statusCode()).isEqualTo(401);
        assertThat(browser.send("GET", "/camunda/app/tasklist/default/", "").statusCode())
                .isEqualTo(302);
    }

    @Test
    void aChangeByTheBrowserNeedsTheToken() {
        Session browser = new Session("liaison");

        assertThat(browser.sendWithoutToken("POST", "/engine-rest/task", "{}").statusCode())
                .isEqualTo(403);
        JsonNode token = json(browser.send("GET", "/api/csrf", ""));
        HttpResponse<String> answer = browser.exchange(request("POST", "/engine-rest/task", "{}")
                .header(token.get("headerName").asText(), token.get("token").asText())
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        // Camunda's own paths have Camunda's own token, and an attempt without it ends the session.
        assertThat(browser.sendWithoutToken("POST", "/camunda/api/engine/engine/default/task", "{}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void basicIsForToolsAndKeepsNoSession() {
        HttpResponse<String> answer = as("employee2", "POST", "/engine-rest/task", "{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(get("employee2", "/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aProgramHasNoEngineAndNoEndpointThatDoesNotNameItsScope() {
        assertThat(get("notice-feed", "/engine-rest/task").statusCode()).isEqualTo(403);
        assertThat(get("notice-feed", "/engine-rest/engine").statusCode()).isEqualTo(403);
        assertThat(get("notice-feed", "/api/csrf").statusCode()).isEqualTo(403);
        assertThat(get("notice-feed", "/v3/api-docs").statusCode()).isEqualTo(403);
        assertThat(get("nobody", "/engine-rest/task").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/setup/default/user/create/",
                "/camunda/api/admin//setup/default/user/create",
                "/camunda//api/admin/setup/default/user/create",
                "/camunda/api/admin/setup;x=1/default/user/create",
                "/camunda;x=1/api/admin/setup/default/user/create",
                "/camunda/api/admin/./setup/default/user/create",
                "/camunda/api/admin/x/../setup/default/user/create",
                "/camunda/api/admin/%73etup/default/user/create",
                "/camunda/api/admin/set%75p/default/user/create",
                "/camunda/api/admin%2Fsetup/default/user/create",
                "/camunda/api/admin/%2573etup/default/user/create",
                "/camunda/api/admin/%2e/setup/default/user/create",
                "/Camunda/api/admin/setup/default/user/create",
                "/camunda/API/admin/setup/default/user/create",
                "/camunda/api/Admin/SETUP/default/user/create",
                "/camunda/api/admin/auth/user/default/login/admin"
            })
    void noSpellingOfTheSetupPageCreatesAnybody(String path) {
        String body = """
                {"profile":{"id":"mallory","firstName":"M","lastName":"M"},"credentials":{"password":"Mallory-Demo-1"}}
                """;
        List<String> admins =
                engine.getIdentityService().createUserQuery().memberOfGroup(Groups.ADMINISTRATORS).list().stream()
                        .map(org.camunda.bpm.engine.identity.User::getId)
                        .toList();
        admins.forEach(id -> engine.getIdentityService().deleteMembership(id, Groups.ADMINISTRATORS));
        try {
            Session browser = browser("employee2");
            long before = engine.getIdentityService().createUserQuery().count();

            assertThat(send(request("POST", path, body).build()).statusCode()).isIn(302, 400, 401, 403, 404);
            assertThat(browser.exchange(request("POST", path, body).build()).statusCode())
                    .isIn(400, 403, 404);

            assertThat(engine.getIdentityService().createUserQuery().count()).isEqualTo(before);
            if (path.equals("/camunda/api/admin/setup/default/user/create")) {
                assertThat(anonymously("POST", path).statusCode()).isEqualTo(403);
                assertThat(anonymously("GET", path).statusCode()).isEqualTo(403);
            }
        } finally {
            admins.forEach(id -> engine.getIdentityService().createMembership(id, Groups.ADMINISTRATORS));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//engine-rest/engine",
                "/engine-rest;x=1/engine",
                "/x/../engine-rest/engine",
                "/%65ngine-rest/engine",
                "/engine-rest/%2e%2e/api/csrf",
                "/engine-rest/task/%00",
                "/engine-rest%2Ftask",
                "/engine-rest/task%3Bx"
            })
    void oddPathsAreRefusedWithoutATrace(String path) {
        HttpResponse<String> answer = get("employee", path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Exception", "org.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/login",
                "/camunda/app/tasklist/default/",
                "/camunda/api/engine/engine/default/task",
                "/engine-rest/task",
                "/api/csrf",
                "/api/nowhere",
                "/v3/api-docs",
                "/actuator/health",
                "/css/jiefeng.css",
                "/camunda/app/admin/default/",
                "/camunda/lib/deps.js",
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/app/../app/tasklist/",
                "//login",
                "/error",
                "/nowhere"
            })
    void everyAnswerCarriesTheHeaders(String path) {
        for (HttpResponse<String> answer :
                List.of(anonymously("GET", path), browser("manager").send("GET", path, ""))) {
            assertThat(answer.headers().allValues("X-Content-Type-Options"))
                    .as(path)
                    .containsExactly("nosniff");
            assertThat(answer.headers().allValues("Content-Security-Policy"))
                    .as(path)
                    .hasSize(1);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("X-Frame-Options")).as(path).contains("DENY");
            assertThat(answer.headers().firstValue("Referrer-Policy")).as(path).contains("no-referrer");
            if (!path.startsWith("/css") && !path.startsWith("/camunda/lib")) {
                assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                        .as(path)
                        .containsAnyOf("no-store", "no-cache");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /a|b HTTP/1.1", "GET /\u0001 HTTP/1.1", "NONSENSE", "GET /%zz HTTP/1.1"})
    void whatTomcatCannotReadIsAnsweredWithNothing(String line) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String end = new String(new char[] {13, 10});
            socket.getOutputStream()
                    .write(String.join(end, line, "Host: x", "Connection: close", "", "")
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400");
            assertThat(answer.substring(answer.indexOf(end + end)))
                    .doesNotContain("Tomcat", "Exception", "org.", "<script");
        }
    }

    @ParameterizedTest
    @CsvSource({"tasklist, true", "cockpit, false", "admin, false", "welcome, false"})
    void onlyTasklistMakesScriptOfText(String app, boolean expected) {
        String policy = browser(app.equals("admin") ? "admin" : "compliance")
                .send("GET", "/camunda/app/" + app + "/default/", "")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();

        assertThat(policy).containsPattern("script-src 'nonce-[A-Za-z0-9_-]+' 'strict-dynamic'");
        assertThat(policy.contains("'unsafe-eval'")).isEqualTo(expected);
        assertThat(policy).doesNotContain("https:").doesNotContainPattern("script-src[^;]*'unsafe-inline'");
    }

    @Test
    void healthIsOnAPortOfItsOwnAndNothingElseIs() {
        URI health = URI.create("http://127.0.0.1:" + managementPort + "/actuator/health");
        HttpResponse<String> answer = send(HttpRequest.newBuilder(health).build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        for (String path : List.of("/actuator", "/actuator/env", "/actuator/sbom", "/login", "/engine-rest/engine")) {
            assertThat(send(HttpRequest.newBuilder(health.resolve(path)).build())
                            .statusCode())
                    .as(path)
                    .isIn(302, 401, 404);
        }
    }

    @Test
    void theSessionChangesItsNumberAtLogin() {
        Session browser = new Session("deputy");

        assertThat(browser.numberBefore()).isNotEmpty();
        assertThat(browser.cookie("JSESSIONID")).isPresent().isNotEqualTo(browser.numberBefore());
    }

    @Test
    void aSessionEndsWithThePersonsPasswordAndGroups() {
        IdentityService identity = engine.getIdentityService();
        User leaver = identity.newUser("leaver");
        leaver.setFirstName("Leaver");
        leaver.setPassword(PASSWORD);
        identity.saveUser(leaver);
        identity.createMembership("leaver", Groups.AUDITORS);
        Session first = new Session("leaver");
        assertThat(first.send("GET", "/api/csrf", "").statusCode()).isEqualTo(200);
        try {
            identity.deleteMembership("leaver", Groups.AUDITORS);
            aWhileLater(2);
            assertThat(first.send("GET", "/api/csrf", "").statusCode()).isEqualTo(401);

            Session second = new Session("leaver");
            User same = identity.createUserQuery().userId("leaver").singleResult();
            same.setPassword("Another-Demo-1");
            identity.saveUser(same);
            aWhileLater(4);
            assertThat(second.send("GET", "/api/csrf", "").statusCode()).isEqualTo(401);
        } finally {
            ClockUtil.reset();
            identity.deleteUser("leaver");
        }
    }

    private static void aWhileLater(int minutes) {
        ClockUtil.setCurrentTime(Date.from(Instant.now().plus(Duration.ofMinutes(minutes))));
    }

    @Test
    void problemsOfTheApiSayWhatAndNothingOfTheInside() {
        HttpResponse<String> missing = get("employee", "/api/nowhere");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(missing).get("title").asText()).isEqualTo("Not found.");

        HttpResponse<String> method = as("employee", "PATCH", "/api/csrf", "{}");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.body()).doesNotContain("Exception");
    }
}
