package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may change a decision table while the application runs, and by which door. */
class DecisionPagesTest extends RunningApp {

    private static final Path FILE = Path.of("processes/retraining-plan.dmn");

    @Test
    void anOwnerFetchesAFileAndBringsItBack() throws IOException {
        Session owner = browser("owner");
        assertThat(owner.send("GET", "/decisions", "").body()).contains("retraining-plan.dmn", "as delivered");
        HttpResponse<String> file = owner.send("GET", "/decisions/retraining-plan.dmn", "");
        assertThat(file.body()).isEqualTo(Files.readString(FILE));
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(owner.send("GET", "/decisions/nothing.dmn", "").statusCode()).isEqualTo(404);

        assertThat(bring(owner, Files.readString(FILE) + "\n").statusCode()).isEqualTo(302);
        assertThat(owner.send("GET", "/decisions", "").body())
                .contains("retraining-plan.dmn is in force now.", "owner: Tried out");
        bring(owner, "no table at all");
        assertThat(owner.send("GET", "/decisions", "").body()).contains("not a DMN 1.3 file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"employee", "manager", "compliance", "liaison", "trainer", "auditor", "admin"})
    void nobodyElseDoes(String person) throws IOException {
        Session browser = browser(person);
        long before = engine.getRepositoryService().createDeploymentQuery().count();

        assertThat(browser.send("GET", "/decisions", "").statusCode()).isEqualTo(403);
        assertThat(browser.send("GET", "/decisions/retraining-plan.dmn", "").statusCode())
                .isEqualTo(403);
        assertThat(bring(browser, Files.readString(FILE) + " \n").statusCode()).isEqualTo(403);

        assertThat(engine.getRepositoryService().createDeploymentQuery().count())
                .isEqualTo(before);
    }

    @Test
    void aPageOfAnotherSiteCannotMakeAnOwnerDoIt() throws IOException {
        long before = engine.getRepositoryService().createDeploymentQuery().count();

        assertThat(post(browser("owner"), "", Files.readString(FILE) + "  \n").statusCode())
                .isEqualTo(403);

        assertThat(engine.getRepositoryService().createDeploymentQuery().count())
                .isEqualTo(before);
    }

    /** With the token of any page of ours the person can see. */
    private HttpResponse<String> bring(Session browser, String content) {
        Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"")
                .matcher(browser.send("GET", "/api/csrf", "").body());
        assertThat(token.find()).isTrue();
        return post(browser, token.group(1), content);
    }

    private HttpResponse<String> post(Session browser, String token, String content) {
        String body = """
                --edge\r
                Content-Disposition: form-data; name="_csrf"\r
                \r
                %s\r
                --edge\r
                Content-Disposition: form-data; name="reason"\r
                \r
                Tried out\r
                --edge\r
                Content-Disposition: form-data; name="file"; filename="x.dmn"\r
                Content-Type: application/xml\r
                \r
                %s\r
                --edge--\r
                """.formatted(token, content);
        return browser.exchange(java.net.http.HttpRequest.newBuilder(at("/decisions"))
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(BodyPublishers.ofString(body))
                .build());
    }
}
