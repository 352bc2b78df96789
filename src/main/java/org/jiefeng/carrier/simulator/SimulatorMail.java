package org.jiefeng.carrier.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;
import org.jiefeng.account.Carrier;
import org.jiefeng.carrier.CarrierProperties;
import org.jiefeng.carrier.WebhookSignature;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Sends what the simulated carrier has to say over real HTTP, until it is acknowledged. */
@Component
@ConditionalOnProperty("jiefeng.simulator.enabled")
class SimulatorMail {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LATE = Duration.ofMinutes(10);
    private static final long STALE_SECONDS = 301;

    private final SimulatorBooks books;
    private final SimulatedDesk desk;
    private final SimulatorFaults faults;
    private final SimulatorProperties properties;
    private final CarrierProperties carriers;
    private final Clock clock;
    private final Supplier<HttpClient> http = SingletonSupplier.of(() -> HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build());

    SimulatorMail(
            SimulatorBooks books,
            SimulatedDesk desk,
            SimulatorFaults faults,
            SimulatorProperties properties,
            CarrierProperties carriers,
            Clock clock) {
        this.books = books;
        this.desk = desk;
        this.faults = faults;
        this.properties = properties;
        this.carriers = carriers;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1000, initialDelay = 5000)
    synchronized void work() {
        books.dueForDecision().forEach(desk::decideByItself);
        books.dueForDelivery().forEach(this::send);
    }

    /** Without waiting for its turn. */
    synchronized void deliverNow(String key) {
        books.undelivered(key).forEach(this::send);
    }

    private void send(SimulatorBooks.Outgoing event) {
        SimulatorFault fault = faults.ofEvent(event.key()).orElse(null);
        if (fault == SimulatorFault.EVENT_LOST) {
            books.delivered(event, fault.name());
            return;
        }
        if (fault == SimulatorFault.EVENT_LATE || fault == SimulatorFault.EVENT_SHUFFLED) {
            books.postpone(event, fault.name(), LATE);
            return;
        }
        if (fault != null) {
            before(fault, event);
        }
        String result = deliver(event.carrier(), event.payload(), secret(event.carrier()), 0);
        if (result.startsWith("2")) {
            books.delivered(event, "OK");
        } else {
            books.failed(event, result);
        }
    }

    /** What comes before the answer itself. */
    private void before(SimulatorFault fault, SimulatorBooks.Outgoing event) {
        Carrier carrier = event.carrier();
        switch (fault) {
            case EVENT_FORGED -> deliver(carrier, event.payload(), "a secret nobody gave away", 0);
            case EVENT_STALE -> deliver(carrier, event.payload(), secret(carrier), STALE_SECONDS);
            case EVENT_OVERSIZE -> deliver(carrier, event.payload() + " ".repeat(64 * 1024), secret(carrier), 0);
            case EVENT_FOR_NOBODY ->
                deliver(
                        carrier,
                        event.payload()
                                .replace(event.key(), "AP-2001-000001:1")
                                .replace(event.eventId(), "nobody-" + event.eventId()),
                        secret(carrier),
                        0);
            default -> {
                deliver(carrier, event.payload(), secret(carrier), 0);
                deliver(carrier, event.payload(), secret(carrier), 0);
            }
        }
    }

    private String secret(Carrier carrier) {
        return carriers.channel(carrier)
                .map(channel -> channel.webhookSecrets().get(0))
                .orElse("");
    }

    private String deliver(Carrier carrier, String payload, String secret, long secondsOld) {
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        // Signed anew for each attempt: an old time would be refused.
        String timestamp = String.valueOf(clock.instant().getEpochSecond() - secondsOld);
        HttpRequest request = HttpRequest.newBuilder(url("/api/carriers/" + carrier + "/events"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Carrier-Timestamp", timestamp)
                .header("X-Carrier-Signature", WebhookSignature.sign(secret, timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return String.valueOf(http.get()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.getClass().getSimpleName();
        }
    }

    /** Sends a suspension notice and returns the answer's status and text. */
    HttpResponse<String> notice(String json) throws InterruptedException, IOException {
        String credentials = properties.noticeAccount() + ":" + properties.noticePassword();
        return http.get()
                .send(
                        HttpRequest.newBuilder(url("/api/suspensions"))
                                .timeout(PATIENCE)
                                .header("Content-Type", "application/json")
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private URI url(String path) {
        return URI.create(properties.callbackUrl() + path);
    }
}
