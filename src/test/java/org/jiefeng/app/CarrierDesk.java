package org.jiefeng.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whoever plays the carrier on the simulator's page: logged in as a person is, with cookies and tokens. */
final class CarrierDesk {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final URI home;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .cookieHandler(new CookieManager())
            .build();

    CarrierDesk(URI home, String player) {
        this.home = home;
        post("/login", "/login", Map.of("username", player, "password", Person.PASSWORD));
        assertThat(get("/simulator").statusCode()).isEqualTo(200);
    }

    /** Answers an appeal, or asks about it; the answer comes back by a signed webhook in its own time. */
    void answers(Case appeal, String how, Map<String, String> fields) {
        answers(appeal, 1, how, fields);
    }

    /** The same for a later round. */
    void answers(Case appeal, int round, String how, Map<String, String> fields) {
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.put("key", appeal.number() + ":" + round);
        HttpResponse<String> answer = post("/simulator", "/simulator/" + how, form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    }

    private HttpResponse<String> post(String page, String address, Map<String, String> fields) {
        Matcher token = TOKEN.matcher(get(page).body());
        assertThat(token.find()).as("a form with a token on " + page).isTrue();
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.put("_csrf", token.group(1));
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(home.resolve(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String page) {
        return send(HttpRequest.newBuilder(home.resolve(page)).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
