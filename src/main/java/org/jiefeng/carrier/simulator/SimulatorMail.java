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

    private final SimulatorBooks books;
    private final SimulatedDesk desk;
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
            SimulatorProperties properties,
            CarrierProperties carriers,
            Clock clock) {
        this.books = books;
        this.desk = desk;
        this.properties = properties;
        this.carriers = carriers;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1000, initialDelay = 5000)
    void work() throws InterruptedException {
        books.dueForDecision().forEach(desk::decideByItself);
        for (SimulatorBooks.Outgoing event : books.dueForDelivery()) {
            String result = deliver(event);
            if (result.startsWith("2")) {
                books.delivered(event);
            } else {
                books.failed(event, result);
            }
        }
    }

    private String deliver(SimulatorBooks.Outgoing event) throws InterruptedException {
        byte[] body = event.payload().getBytes(StandardCharsets.UTF_8);
        String secret = carriers.channel(event.carrier())
                .map(channel -> channel.webhookSecrets().get(0))
                .orElse("");
        // Signed anew for each attempt: an old time would be refused.
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(url("/api/carriers/" + event.carrier() + "/events"))
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
