package org.jiefeng.carrier;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Where carriers' interfaces answer; signed instead of logged in (docs/carrier-api.yaml, webhooks). */
@RestController
class CarrierWebhook {

    private static final int LARGEST_BODY = 64 * 1024;

    private final CarrierProperties properties;
    private final CarrierInbox inbox;
    private final Clock clock;

    CarrierWebhook(CarrierProperties properties, CarrierInbox inbox, Clock clock) {
        this.properties = properties;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** Takes an event on. The answer is given after it is stored, and the same for one that was stored before. */
    @PostMapping("/api/carriers/{carrier}/events")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, String> receive(
            @PathVariable String carrier,
            @RequestHeader(name = "X-Carrier-Timestamp", defaultValue = "") String timestamp,
            @RequestHeader(name = "X-Carrier-Signature", defaultValue = "") String signature,
            HttpServletRequest request)
            throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE);
        }
        Carrier sender = authenticate(carrier, timestamp, signature, body);
        String payload = text(body);
        CarrierEvent event = read(payload);
        boolean isNew = inbox.receive(sender, event, payload);
        return Map.of("eventId", event.eventId(), "status", isNew ? "STORED" : "KNOWN");
    }

    /** One answer for an unknown carrier, a stale time and a wrong signature: nothing to learn by trying. */
    private Carrier authenticate(String carrier, String timestamp, String signature, byte[] body) {
        Optional<Carrier> sender = carrier(carrier);
        List<String> secrets = sender.flatMap(properties::channel)
                .map(CarrierProperties.Channel::webhookSecrets)
                .orElse(List.of());
        if (sender.isEmpty() || !isFresh(timestamp) || !WebhookSignature.matches(signature, secrets, timestamp, body)) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
        }
        return sender.get();
    }

    private static Optional<Carrier> carrier(String name) {
        for (Carrier carrier : Carrier.values()) {
            if (carrier.name().equals(name)) {
                return Optional.of(carrier);
            }
        }
        return Optional.empty();
    }

    private boolean isFresh(String timestamp) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant())
                .abs();
        return off.compareTo(properties.webhookTolerance()) <= 0;
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("body", "not UTF-8");
        }
    }

    private static CarrierEvent read(String payload) {
        CarrierEvent event;
        try {
            event = CarrierJson.MAPPER.readValue(payload, CarrierEvent.class);
        } catch (IOException e) {
            throw new InvalidInputException("body", "not as docs/carrier-api.yaml has it");
        }
        if (event == null) {
            throw new InvalidInputException("body", "not as docs/carrier-api.yaml has it");
        }
        List<FieldProblem> problems = event.problems();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        if (CarrierInbox.isOurs(event.eventId())) {
            // These ids belong to what our own people write down.
            throw new InvalidInputException("eventId", "reserved");
        }
        return event;
    }
}
