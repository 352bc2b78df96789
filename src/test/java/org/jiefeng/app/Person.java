package org.jiefeng.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Somebody, or some machine, at the doors of the application: HTTP with a name and a password, nothing else. */
final class Person {

    static final String PASSWORD = "Jiefeng-Demo-1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String id;
    private final URI home;

    Person(String id, URI home) {
        this.id = id;
        this.home = home;
    }

    String id() {
        return id;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").POST(json(body)));
    }

    Answer put(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").PUT(json(body)));
    }

    /** Sends one file for an item of a case. */
    Answer upload(String path, String item, String name, byte[] content) {
        String boundary = "jiefeng-story";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("""
                --%1$s\r
                Content-Disposition: form-data; name="item"\r
                \r
                %2$s\r
                --%1$s\r
                Content-Disposition: form-data; name="file"; filename="%3$s"\r
                Content-Type: application/octet-stream\r
                \r
                """.formatted(boundary, item, name).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private HttpRequest.Builder request(String path) {
        String login = Base64.getEncoder().encodeToString((id + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(home.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Basic " + login);
    }

    private static Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(request.uri(), answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What comes from an address, byte for byte. */
    byte[] bytes(String path) {
        try {
            HttpResponse<byte[]> answer =
                    HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The open task of a case, if this person can see it. */
    Optional<JsonNode> sees(String task, Case appeal) {
        return sees(task, appeal.number());
    }

    /** The open task of the case with this number, if this person can see it. */
    Optional<JsonNode> sees(String task, String appealNumber) {
        JsonNode tasks = get("/engine-rest/task?taskDefinitionKey=" + task + "&processInstanceBusinessKey="
                        + appealNumber)
                .ok()
                .json();
        return tasks.isEmpty() ? Optional.empty() : Optional.of(tasks.get(0));
    }

    /** Takes the task from the list of a group. */
    Answer claims(String task, Case appeal) {
        return claims(idOf(task, appeal));
    }

    private Answer claims(String taskId) {
        return post("/engine-rest/task/" + taskId + "/claim", Map.of("userId", id));
    }

    /** Does a task if this person sees it: what was done before, answered or not, is not done again. */
    boolean doesIfOpen(String task, String appealNumber, Map<String, ?> answers) {
        Optional<JsonNode> open = sees(task, appealNumber);
        open.ifPresent(found -> {
            if (found.path("assignee").isNull()) {
                claims(found.path("id").asText()).ok();
            }
            handsIn(found.path("id").asText(), answers).ok();
        });
        return open.isPresent();
    }

    /** Fills in a task's form and hands it in, claiming the task before if nobody has. */
    void does(String task, Case appeal, Map<String, ?> answers) {
        if (seen(task, appeal).path("assignee").isNull()) {
            claims(task, appeal).ok();
        }
        handsIn(task, appeal, answers).ok();
    }

    /** Hands in a task's form. */
    Answer handsIn(String task, Case appeal, Map<String, ?> answers) {
        return handsIn(idOf(task, appeal), answers);
    }

    private Answer handsIn(String taskId, Map<String, ?> answers) {
        Map<String, Object> variables = new LinkedHashMap<>();
        answers.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return post("/engine-rest/task/" + taskId + "/submit-form", Map.of("variables", variables));
    }

    String idOf(String task, Case appeal) {
        return seen(task, appeal).path("id").asText();
    }

    private JsonNode seen(String task, Case appeal) {
        return sees(task, appeal)
                .orElseThrow(() -> new AssertionError(
                        id + " sees no " + task + " in " + appeal.number() + "; " + appeal.whereItStands()));
    }

    @Override
    public String toString() {
        return id;
    }
}
