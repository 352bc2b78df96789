package org.jiefeng.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Speaks in a group's chat. Only the configured address is called, and redirects are not followed. */
class RobotNotifier implements Notifier {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final int LARGEST_ANSWER = 64 * 1024;

    private final NotificationProperties.Robot robot;
    private final RestClient client;

    RobotNotifier(NotificationProperties.Robot robot) {
        this.robot = robot;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build());
        requests.setReadTimeout(robot.timeout());
        this.client = RestClient.builder().requestFactory(requests).build();
    }

    @Override
    public void send(Notification notification) {
        try {
            Integer code = client.post()
                    .uri(robot.kind().request(robot, Instant.now()))
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(body(notification))
                    .exchange((request, response) -> errorCode(response));
            judge(code);
        } catch (ResourceAccessException e) {
            // Its message has the address, and the address the key.
            throw UndeliveredException.forNow(name(e.getCause()));
        }
    }

    private byte[] body(Notification notification) {
        String content = shortened(
                notification.subject() + "\n" + notification.body(),
                robot.kind().longestText());
        try {
            // Text, not Markdown: nothing in it can be taken for a command.
            return JSON.writeValueAsBytes(Map.of("msgtype", "text", "text", Map.of("content", content)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void judge(@Nullable Integer code) {
        if (code == null) {
            throw UndeliveredException.forNow("no clear answer");
        }
        if (robot.kind().isTooMuch(code)) {
            throw UndeliveredException.busy("errcode " + code, robot.kind().pause());
        }
        if (code != 0) {
            throw UndeliveredException.forNow("errcode " + code);
        }
    }

    /** Both platforms answer 200 to a refusal as well; what counts stands in the answer. */
    private static @Nullable Integer errorCode(ClientHttpResponse response) throws IOException {
        if (response.getStatusCode().value() != 200) {
            throw UndeliveredException.forNow(
                    "status " + response.getStatusCode().value());
        }
        byte[] answer = response.getBody().readNBytes(LARGEST_ANSWER);
        try {
            JsonNode code = JSON.readTree(answer).path("errcode");
            return code.isInt() ? code.intValue() : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String name(@Nullable Throwable cause) {
        return cause == null ? "no answer" : cause.getClass().getSimpleName();
    }

    /** Whole characters only. */
    static String shortened(String text, int bytes) {
        String shortened = text;
        while (shortened.getBytes(StandardCharsets.UTF_8).length > bytes) {
            shortened = shortened.substring(0, shortened.offsetByCodePoints(shortened.length(), -1));
        }
        return shortened;
    }
}
