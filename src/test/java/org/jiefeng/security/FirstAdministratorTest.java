package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.jiefeng.app.FreePort;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;

/** CVE-2026-77226: whoever comes first becomes administrator. True of Camunda's web apps as they come, not of ours. */
class FirstAdministratorTest extends RunningApp {

    private static final String SETUP = "/camunda/api/admin/setup/default/user/create";

    private static final String MALLORY = """
            {"profile":{"id":"mallory","firstName":"M","lastName":"M"},"credentials":{"password":"Mallory-Demo-1"}}
            """;

    @Autowired
    private AdministratorGuard guard;

    /** In a process of its own: Camunda's web apps keep their engine in static fields. */
    @Test
    void theStockApplicationTakesAnybody() throws Exception {
        int port = FreePort.find();
        Process stock = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StockCamunda.class.getName(),
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "stock-camunda.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> postAsStranger(port, SETUP).statusCode(), equalTo(204));
            assertThat(postAsStranger(port, SETUP).statusCode())
                    .as("now there is one, and she is it")
                    .isEqualTo(403);
        } finally {
            stock.destroy();
        }
    }

    @Test
    void oursTakesNobodyAndDoesNotStartWithoutAnAdministrator() throws Exception {
        IdentityService identity = engine.getIdentityService();
        List<String> administrators = administrators(identity);
        administrators.forEach(id -> identity.deleteMembership(id, Groups.ADMINISTRATORS));
        try {
            assertThat(postAsStranger(port, SETUP).statusCode()).isEqualTo(403);
            assertThat(administrators(identity)).isEmpty();
            assertThatIllegalStateException()
                    .isThrownBy(() -> guard.run(new DefaultApplicationArguments()))
                    .withMessageContaining("jiefeng.security.first-admin.id");
        } finally {
            administrators.forEach(id -> identity.createMembership(id, Groups.ADMINISTRATORS));
        }
        guard.run(new DefaultApplicationArguments());
    }

    private static List<String> administrators(IdentityService identity) {
        return identity.createUserQuery().memberOfGroup(Groups.ADMINISTRATORS).list().stream()
                .map(User::getId)
                .toList();
    }

    /** With no more than the token that every visitor of the setup page is handed. */
    private static HttpResponse<String> postAsStranger(int port, String path) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        String address = "http://127.0.0.1:" + port;
        HttpResponse<String> page = http.send(
                HttpRequest.newBuilder(URI.create(address + "/camunda/app/admin/default/"))
                        .build(),
                BodyHandlers.ofString());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(MALLORY));
        for (String cookie : page.headers().allValues("Set-Cookie")) {
            request.header("Cookie", cookie.split(";", 2)[0]);
            Matcher token = Pattern.compile("XSRF-TOKEN=([^;]+)").matcher(cookie);
            if (token.find()) {
                request.header("X-XSRF-TOKEN", token.group(1));
            }
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
