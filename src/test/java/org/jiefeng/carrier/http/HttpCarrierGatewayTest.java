package org.jiefeng.carrier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jiefeng.account.Carrier;
import org.jiefeng.carrier.CarrierBusyException;
import org.jiefeng.carrier.CarrierGateway;
import org.jiefeng.carrier.CarrierProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real client against a server that does everything wrong, over a real socket. */
@Timeout(20)
class HttpCarrierGatewayTest {

    private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");
    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final String KEY = "AP-2026-000001:1";
    private static final String STATUS = """
            {"appealKey":"%s","carrierCaseId":"CM-1","receivedAt":"2026-03-03T01:00:00Z","state":"IN_REVIEW"}""".formatted(KEY);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger canary = new AtomicInteger();
    private HttpServer server;
    private CarrierGateway gateway;
    private Answer answer = exchange -> {};

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/carrier", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                answer.to(exchange);
            }
        });
        server.createContext("/canary", exchange -> {
            try (exchange) {
                canary.incrementAndGet();
                say(exchange, 200, STATUS);
            }
        });
        server.start();
        gateway = new HttpCarrierGateway(
                new CarrierProperties(
                        Duration.ofMinutes(5),
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        new CarrierProperties.Calls(
                                Duration.ofSeconds(2),
                                PATIENCE,
                                PATIENCE,
                                Duration.ofMinutes(1),
                                Duration.ofHours(1),
                                Duration.ofHours(4)),
                        new CarrierProperties.Breaker(100, 50, Duration.ofMinutes(1)),
                        Map.of(
                                Carrier.CHINA_MOBILE,
                                new CarrierProperties.Channel(
                                        URI.create("http://127.0.0.1:"
                                                + server.getAddress().getPort() + "/carrier"),
                                        "key",
                                        List.of("secret-of-the-carrier-1"),
                                        null,
                                        true))),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void hangUp() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void find() {
        gateway.find(Carrier.CHINA_MOBILE, KEY);
    }

    private void submit() {
        gateway.submit(Carrier.CHINA_MOBILE, KEY, "{}");
    }

    private void handOver() {
        gateway.handOver(Carrier.CHINA_MOBILE, KEY, "a".repeat(64), out -> out.write(new byte[100]));
    }

    @Test
    void statusIsRead() {
        answer = exchange -> say(exchange, 200, STATUS);

        assertThat(gateway.find(Carrier.CHINA_MOBILE, KEY).orElseThrow().carrierCaseId())
                .isEqualTo("CM-1");
    }

    /** One megabyte is read and not a byte more, whatever else is right about the answer. */
    @Test
    void largeAnswerIsNoAnswer() {
        int room = 1024 * 1024 - STATUS.length();
        answer = exchange -> say(exchange, 200, " ".repeat(room) + STATUS);
        assertThat(gateway.find(Carrier.CHINA_MOBILE, KEY)).isPresent();

        answer = exchange -> say(exchange, 200, " ".repeat(room + 1) + STATUS);
        assertThatThrownBy(this::find).hasMessageContaining("larger than 1 MB");
    }

    /** An answer without an end is not read to its end. */
    @Test
    void endlessAnswerIsBrokenOff() {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            OutputStream line = exchange.getResponseBody();
            byte[] blanks = " ".repeat(8192).getBytes(StandardCharsets.UTF_8);
            while (over.getCount() > 0) {
                line.write(blanks);
            }
        };

        assertThatThrownBy(this::find).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIND", "SUBMIT", "FILES"})
    void silenceEndsInTime(String what) {
        answer = exchange -> await(60_000);

        assertEndsInTime(what);
    }

    /** Each byte comes before anybody loses patience, all of them together do not. */
    @ParameterizedTest
    @ValueSource(strings = {"FIND", "SUBMIT"})
    void answerInDropsEndsInTime(String what) {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(what.equals("FIND") ? 200 : 202, STATUS.length());
            for (byte one : STATUS.getBytes(StandardCharsets.UTF_8)) {
                exchange.getResponseBody().write(one);
                exchange.getResponseBody().flush();
                await(100);
            }
        };

        assertEndsInTime(what);
    }

    private void assertEndsInTime(String what) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> {
                    switch (what) {
                        case "FIND" -> find();
                        case "SUBMIT" -> submit();
                        default -> handOver();
                    }
                })
                .isInstanceOf(RuntimeException.class)
                .isNotInstanceOf(CarrierBusyException.class);
        // Far from the patience, for slow machines, and farther from what the server would take.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(PATIENCE.dividedBy(2), Duration.ofSeconds(6));
    }

    private void await(long millis) {
        try {
            over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where a redirect leads, somebody else may listen: appeals and our key must not go there. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectIsNotFollowed(int status) {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Location", "/canary");
            exchange.sendResponseHeaders(status, -1);
        };

        assertThatThrownBy(this::find).hasMessageContaining("status " + status);
        assertThatThrownBy(this::submit).hasMessageContaining("status " + status);
        assertThatThrownBy(this::handOver).hasMessageContaining("status " + status);
        assertThat(canary).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"429, 120, 120", "503, 120, 120", "429, soon, 60", "429, , 60", "429, 0, 60", "503, 86400, 3600"})
    void busyCarrierSaysUntilWhen(int status, String retryAfter, long seconds) {
        answer = exchange -> {
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, -1);
        };

        assertThatThrownBy(this::submit)
                .isInstanceOfSatisfying(
                        CarrierBusyException.class, e -> assertThat(e.until()).isEqualTo(NOW.plusSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 500, 502, 503, 504})
    void failureWithoutATimeIsAFailure(int status) {
        answer = exchange -> exchange.sendResponseHeaders(status, -1);

        assertThatThrownBy(this::submit)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("status " + status);
    }

    /** Incidents and logs show the message: nothing of what came over the line may be in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>13800000001</html>",
                "{\"appealKey\":\"13800000001\"}",
                "{\"mobile\":\"13800000001\"}",
                "{\"appealKey\":\"AP-2026-000001:1\",\"carrierCaseId\":\"13800000001 \",\"receivedAt\":null}"
            })
    void unclearAnswerIsAFailureThatRepeatsNothingOfIt(String body) {
        answer = exchange -> say(exchange, 202, body);

        assertThatThrownBy(this::submit)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("No clear answer from CHINA_MOBILE")
                .hasMessageNotContaining("13800000001")
                .hasNoCause();
    }
}
