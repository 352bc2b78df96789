package org.jiefeng.carrier.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jiefeng.account.Carrier;
import org.jiefeng.carrier.CarrierGateway;
import org.jiefeng.carrier.CarrierJson;
import org.jiefeng.carrier.CarrierProperties;
import org.jiefeng.carrier.Receipt;
import org.jiefeng.carrier.SubmissionRefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestClient;

/**
 * Speaks docs/carrier-api.yaml. Only the configured address is ever called: redirects are not followed and links in
 * answers not fetched.
 */
@Component
class HttpCarrierGateway implements CarrierGateway {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Far below the time the engine keeps a job locked, so that nobody else sends the same at the same time. */
    private static final Duration TOTAL = Duration.ofSeconds(15);

    private static final int LARGEST_ANSWER = 1024 * 1024;

    /** Made for the first call: at the start, reading the trusted certificates would hold everything up. */
    private final Supplier<Map<Carrier, RestClient>> clients;

    HttpCarrierGateway(CarrierProperties properties) {
        this.clients = SingletonSupplier.of(() -> clients(properties));
    }

    private static Map<Carrier, RestClient> clients(CarrierProperties properties) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(TOTAL);
        Map<Carrier, RestClient> clients = new EnumMap<>(Carrier.class);
        properties
                .channels()
                .forEach((carrier, channel) -> clients.put(
                        carrier,
                        RestClient.builder()
                                .requestFactory(requests)
                                .baseUrl(channel.baseUrl().toString())
                                .defaultHeader("Authorization", "Bearer " + channel.apiKey())
                                .defaultHeader("Accept", MediaType.APPLICATION_JSON_VALUE)
                                .build()));
        return clients;
    }

    private record ReceiptAnswer(
            @Nullable String appealKey,
            @Nullable String carrierCaseId,
            @Nullable Instant receivedAt) {}

    private record StatusAnswer(
            @Nullable String appealKey,
            @Nullable String carrierCaseId,
            @Nullable Instant receivedAt,
            @Nullable String state,
            @Nullable String decision) {}

    private record RefusalAnswer(
            @Nullable String code, @Nullable String text) {}

    @Override
    public Optional<Receipt> find(Carrier carrier, String appealKey) {
        return client(carrier)
                .get()
                .uri("/appeals/{key}", appealKey)
                .exchange((request, response) -> switch (response.getStatusCode()
                        .value()) {
                    case 200 -> {
                        StatusAnswer status = read(carrier, response, StatusAnswer.class);
                        yield Optional.of(receipt(
                                carrier, appealKey, status.appealKey(), status.carrierCaseId(), status.receivedAt()));
                    }
                    case 404 -> Optional.empty();
                    default ->
                        throw unclear(
                                carrier, "status " + response.getStatusCode().value());
                });
    }

    @Override
    public Receipt submit(Carrier carrier, String appealKey, String body) {
        return post(carrier, appealKey, "/appeals", appealKey, body);
    }

    @Override
    public Receipt supplement(Carrier carrier, String appealKey, String supplementKey, String body) {
        return post(carrier, appealKey, "/appeals/{key}/supplements", supplementKey, body, appealKey);
    }

    private Receipt post(
            Carrier carrier, String appealKey, String path, String idempotencyKey, String body, Object... variables) {
        return client(carrier)
                .post()
                .uri(path, variables)
                .header("Idempotency-Key", idempotencyKey)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .exchange((request, response) -> switch (response.getStatusCode()
                        .value()) {
                    case 202 -> {
                        ReceiptAnswer answer = read(carrier, response, ReceiptAnswer.class);
                        yield receipt(
                                carrier, appealKey, answer.appealKey(), answer.carrierCaseId(), answer.receivedAt());
                    }
                    case 409, 422 -> throw refusal(carrier, read(carrier, response, RefusalAnswer.class));
                    default ->
                        throw unclear(
                                carrier, "status " + response.getStatusCode().value());
                });
    }

    private RestClient client(Carrier carrier) {
        RestClient client = clients.get().get(carrier);
        if (client == null) {
            // The decision says API and the configuration has none: a person can still submit.
            throw new SubmissionRefusedException("NO_CHANNEL", "jiefeng.carrier.channels has no " + carrier);
        }
        return client;
    }

    private static Receipt receipt(
            Carrier carrier,
            String asked,
            @Nullable String answered,
            @Nullable String caseId,
            @Nullable Instant receivedAt) {
        if (!asked.equals(answered)) {
            throw unclear(carrier, "another appeal's answer");
        }
        if (caseId == null || !caseId.matches("[A-Za-z0-9._/-]{1,64}") || receivedAt == null) {
            throw unclear(carrier, "no receipt");
        }
        return new Receipt(caseId, receivedAt);
    }

    private static RuntimeException refusal(Carrier carrier, RefusalAnswer answer) {
        if (answer.code() == null || !answer.code().matches("[A-Z][A-Z_]{2,49}") || answer.text() == null) {
            return unclear(carrier, "refusal without reason");
        }
        return new SubmissionRefusedException(answer.code(), answer.text());
    }

    private static <T> T read(Carrier carrier, ClientHttpResponse response, Class<T> type) throws IOException {
        MediaType media = response.getHeaders().getContentType();
        if (media == null || !media.isCompatibleWith(MediaType.APPLICATION_JSON)) {
            throw unclear(carrier, "not JSON");
        }
        byte[] body = response.getBody().readNBytes(LARGEST_ANSWER + 1);
        if (body.length > LARGEST_ANSWER) {
            throw unclear(carrier, "larger than 1 MB");
        }
        try {
            T answer = CarrierJson.MAPPER.readValue(body, type);
            if (answer == null) {
                throw unclear(carrier, "null");
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw unclear(carrier, "unreadable");
        }
    }

    /** Without the answer's content: this ends up in incidents. */
    private static IllegalStateException unclear(Carrier carrier, String what) {
        return new IllegalStateException("No clear answer from " + carrier + ": " + what);
    }
}
