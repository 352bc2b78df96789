package org.jiefeng.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jiefeng.carrier.WebhookSignature;

/**
 * A carrier by docs/carrier-api.yaml that outlives the application: takes its time, fails one call in twenty after the
 * case is taken on, reinstates everybody by a webhook that is sent until it is acknowledged, and counts.
 */
final class RecordingCarrier implements AutoCloseable {

    private static final String SECRET = "demo-webhook-secret-china-mobile-0001";

    /** One case taken on, with the body it came with. */
    record Taken(String caseId, String body, Instant receivedAt) {}

    private final Map<String, Taken> cases = new ConcurrentHashMap<>();
    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> posts = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger otherBodies = new AtomicInteger();
    private final AtomicInteger repeatedEvents = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService desk = Executors.newFixedThreadPool(8);
    private final ScheduledExecutorService mail = Executors.newScheduledThreadPool(4);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Random random;
    private final URI application;

    RecordingCarrier(int port, URI application, long seed) throws IOException {
        this.application = application;
        this.random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(desk);
        server.createContext("/appeals", this::answer);
        server.start();
    }

    /** Cases taken on, by idempotency key. */
    Map<String, Taken> cases() {
        return cases;
    }

    /** Keys that were posted more than once: what would be duplicates at a carrier without keys. */
    long repeatedKeys() {
        return posts.values().stream().filter(count -> count.get() > 1).count();
    }

    /** Posts that used a known key for another body. */
    int otherBodies() {
        return otherBodies.get();
    }

    /** Keys whose decision was answered with 2xx. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    int repeatedEvents() {
        return repeatedEvents.get();
    }

    /** Calls so far that brought something, answered or not. */
    int calls() {
        return calls.get();
    }

    /** Those that are not answered yet. */
    int underWay() {
        return underWay.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if ("GET".equals(exchange.getRequestMethod())) {
            handle(exchange);
            return;
        }
        calls.incrementAndGet();
        underWay.incrementAndGet();
        try {
            handle(exchange);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] brought = exchange.getRequestBody().readAllBytes();
            String body = new String(brought, UTF_8);
            pause(random.nextInt(250));
            if (exchange.getRequestURI().getPath().contains("/files/")) {
                answerFiles(exchange, brought);
                return;
            }
            if ("GET".equals(exchange.getRequestMethod())) {
                String key = exchange.getRequestURI().getPath().substring("/appeals/".length());
                Taken known = cases.get(key);
                if (known == null) {
                    send(exchange, 404, "{}");
                } else {
                    send(exchange, 200, receipt(key, known, ",\"state\":\"IN_REVIEW\""));
                }
                return;
            }
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            posts.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
            Taken taken = cases.computeIfAbsent(key, k -> {
                mail.schedule(() -> decide(k), random.nextInt(1500), TimeUnit.MILLISECONDS);
                return new Taken("CM-" + (cases.size() + 1), body, Instant.now().truncatedTo(ChronoUnit.SECONDS));
            });
            if (!taken.body().equals(body)) {
                otherBodies.incrementAndGet();
                send(exchange, 409, "{\"code\":\"KEY_USED\",\"text\":\"Other body\"}");
            } else if (random.nextInt(20) == 0) {
                send(exchange, 503, "{}");
            } else {
                pause(random.nextInt(250));
                send(exchange, 202, receipt(key, taken, ""));
            }
        }
    }

    private void answerFiles(HttpExchange exchange, byte[] brought) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        String receipt = files.get(path[2] + "/" + path[4]);
        if (receipt != null) {
            send(exchange, 200, receipt);
        } else if ("GET".equals(exchange.getRequestMethod()) || !cases.containsKey(path[2])) {
            send(exchange, 404, "{}");
        } else {
            receipt =
                    "{\"appealKey\":\"%s\",\"sha256\":\"%s\",\"bytes\":%d,\"contentSha256\":\"%s\",\"receivedAt\":\"%s\"}"
                            .formatted(path[2], path[4], brought.length, sha256(brought), Instant.now());
            files.put(path[2] + "/" + path[4], receipt);
            send(exchange, 201, receipt);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String receipt(String key, Taken taken, String more) {
        return "{\"appealKey\":\"%s\",\"carrierCaseId\":\"%s\",\"receivedAt\":\"%s\"%s}"
                .formatted(key, taken.caseId(), taken.receivedAt(), more);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static String eventId(String key) {
        return "ev-" + key.replace(':', '-');
    }

    private void decide(String key) {
        boolean stored = false;
        try {
            byte[] body = """
                    {"eventId":"%s","type":"DECISION","appealKey":"%s","occurredAt":"%s","decision":"REINSTATED"}""".formatted(eventId(key), key, cases.get(key).receivedAt())
                    .getBytes(UTF_8);
            String timestamp = String.valueOf(Instant.now().getEpochSecond());
            HttpResponse<Void> answer = http.send(
                    HttpRequest.newBuilder(application.resolve("/api/carriers/CHINA_MOBILE/events"))
                            .timeout(Duration.ofSeconds(20))
                            .header("Content-Type", "application/json")
                            .header("X-Carrier-Timestamp", timestamp)
                            .header("X-Carrier-Signature", WebhookSignature.sign(SECRET, timestamp, body))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            stored = answer.statusCode() / 100 == 2;
        } catch (IOException e) {
            // The application is down, or died while it listened: sent again below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!mail.isShutdown()) {
            if (!stored) {
                mail.schedule(() -> decide(key), 200, TimeUnit.MILLISECONDS);
            } else if (acknowledged.add(key) && random.nextInt(3) == 0) {
                // The acknowledgement got lost, for all the carrier knows.
                repeatedEvents.incrementAndGet();
                mail.schedule(() -> decide(key), random.nextInt(3000), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        desk.shutdownNow();
        mail.shutdownNow();
    }
}
