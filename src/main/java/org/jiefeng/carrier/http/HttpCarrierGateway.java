package org.jiefeng.carrier.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jiefeng.account.Carrier;
import org.jiefeng.carrier.CarrierBusyException;
import org.jiefeng.carrier.CarrierEvent;
import org.jiefeng.carrier.CarrierGateway;
import org.jiefeng.carrier.CarrierJson;
import org.jiefeng.carrier.CarrierProperties;
import org.jiefeng.carrier.Receipt;
import org.jiefeng.carrier.SubmissionRefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.StreamUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestClient;

/**
 * Speaks docs/carrier-api.yaml. Only the configured address is ever called: redirects are not followed and links in
 * answers not fetched.
 */
@Component
class HttpCarrierGateway implements CarrierGateway {

    private static final int LARGEST_ANSWER = 1024 * 1024;

    /** What came over the line was not what was sent; sending again helps. */
    private static final String BROKEN_TRANSFER = "FILES_DIFFER";

    private final CarrierProperties properties;
    private final Clock clock;

    /** Made for the first call: at the start, reading the trusted certificates would hold everything up. */
    private final Supplier<Map<Carrier, Access>> carriers;

    HttpCarrierGateway(CarrierProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        this.carriers = SingletonSupplier.of(this::open);
    }

    /** A carrier's line and the clients that use it; files take longer than words. */
    private record Access(CarrierLine line, RestClient client, RestClient files) {}

    private Map<Carrier, Access> open() {
        CarrierProperties.Calls calls = properties.calls();
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(calls.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        Map<Carrier, Access> access = new EnumMap<>(Carrier.class);
        properties
                .channels()
                .forEach((carrier, channel) -> access.put(
                        carrier,
                        new Access(
                                new CarrierLine(carrier, properties, clock),
                                client(http, channel, calls.answer()),
                                client(http, channel, calls.files()))));
        return access;
    }

    private static RestClient client(HttpClient http, CarrierProperties.Channel channel, Duration timeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(timeout);
        return RestClient.builder()
                .requestFactory(requests)
                .baseUrl(channel.baseUrl().toString())
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + channel.apiKey())
                .defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .build();
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

    private record EventsAnswer(@Nullable List<@Nullable CarrierEvent> events) {}

    private record FilesAnswer(
            @Nullable String appealKey,
            @Nullable String sha256,
            @Nullable Long bytes,
            @Nullable String contentSha256,
            @Nullable Instant receivedAt) {}

    private record RefusalAnswer(
            @Nullable String code, @Nullable String text) {}

    @Override
    public Optional<Receipt> find(Carrier carrier, String appealKey) {
        Optional<StatusAnswer> status = get(carrier, StatusAnswer.class, "/appeals/{key}", appealKey);
        return status.map(
                found -> receipt(carrier, appealKey, found.appealKey(), found.carrierCaseId(), found.receivedAt()));
    }

    @Override
    public List<CarrierEvent> answers(Carrier carrier, String appealKey) {
        return get(carrier, EventsAnswer.class, "/appeals/{key}/events", appealKey)
                .map(answer -> events(carrier, appealKey, answer))
                .orElse(List.of());
    }

    private static List<CarrierEvent> events(Carrier carrier, String appealKey, EventsAnswer answer) {
        if (answer.events() == null) {
            throw unclear(carrier, "no events");
        }
        for (CarrierEvent event : answer.events()) {
            if (event == null || !event.problems().isEmpty() || !appealKey.equals(event.appealKey())) {
                throw unclear(carrier, "an event that is none of this appeal");
            }
        }
        return List.copyOf(answer.events());
    }

    private <T> Optional<T> get(Carrier carrier, Class<T> type, String path, Object... variables) {
        return call(
                carrier,
                access -> access.client()
                        .get()
                        .uri(path, variables)
                        .exchange((request, response) -> switch (response.getStatusCode()
                                .value()) {
                            case 200 -> Optional.of(read(carrier, response, type));
                            case 404 -> Optional.empty();
                            default -> throw failure(carrier, response);
                        }));
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
        return call(
                carrier,
                access -> access.client()
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
                                        carrier,
                                        appealKey,
                                        answer.appealKey(),
                                        answer.carrierCaseId(),
                                        answer.receivedAt());
                            }
                            case 409, 422 -> throw refusal(carrier, read(carrier, response, RefusalAnswer.class));
                            default -> throw failure(carrier, response);
                        }));
    }

    @Override
    public boolean takesFiles(Carrier carrier) {
        return properties
                .channel(carrier)
                .map(CarrierProperties.Channel::takesFiles)
                .orElse(false);
    }

    @Override
    public void handOver(Carrier carrier, String appealKey, String sha256, Content content) {
        String path = "/appeals/{key}/files/{sha256}";
        Optional<FilesAnswer> there = get(carrier, FilesAnswer.class, path, appealKey, sha256);
        if (there.isPresent()) {
            checkFiles(carrier, appealKey, sha256, there.get());
            return;
        }
        call(carrier, access -> {
            Counted sent = new Counted(content);
            try {
                FilesAnswer answer = access.files()
                        .put()
                        .uri(path, appealKey, sha256)
                        .contentType(MediaType.parseMediaType("application/zip"))
                        .body((StreamingHttpOutputMessage.Body) sent::writeTo)
                        .exchange((request, response) -> switch (response.getStatusCode()
                                .value()) {
                            case 200, 201 -> read(carrier, response, FilesAnswer.class);
                            case 409, 422 -> throw refusal(carrier, read(carrier, response, RefusalAnswer.class));
                            default -> throw failure(carrier, response);
                        });
                checkFiles(carrier, appealKey, sha256, answer);
                if (!sent.isWhatArrived(answer.bytes(), answer.contentSha256())) {
                    throw unclear(carrier, "other files than were sent");
                }
                return answer;
            } catch (RuntimeException e) {
                RuntimeException ours = sent.failed.get();
                throw ours == null ? e : ours;
            }
        });
    }

    private static void checkFiles(Carrier carrier, String appealKey, String sha256, FilesAnswer answer) {
        if (!appealKey.equals(answer.appealKey()) || !sha256.equals(answer.sha256()) || answer.receivedAt() == null) {
            throw unclear(carrier, "a receipt for other files");
        }
    }

    /** Files on their way, counted and digested as they pass. */
    private static final class Counted {

        private final Content content;
        private final AtomicReference<@Nullable RuntimeException> failed = new AtomicReference<>();
        private volatile String digest = "";
        private volatile long bytes;

        Counted(Content content) {
            this.content = content;
        }

        void writeTo(OutputStream line) throws IOException {
            MessageDigest sha256 = sha256();
            long[] count = {0};
            OutputStream counted = new DigestOutputStream(StreamUtils.nonClosing(line), sha256) {
                @Override
                public void write(byte[] block, int offset, int length) throws IOException {
                    super.write(block, offset, length);
                    count[0] += length;
                }

                @Override
                public void write(int one) throws IOException {
                    super.write(one);
                    count[0]++;
                }
            };
            try {
                content.writeTo(counted);
            } catch (RuntimeException e) {
                failed.set(new CarrierLine.OurOwnFailure("The sealed files could not be read", e));
                throw new IOException("The sealed files could not be read");
            }
            bytes = count[0];
            digest = HexFormat.of().formatHex(sha256.digest());
        }

        boolean isWhatArrived(@Nullable Long arrivedBytes, @Nullable String arrivedDigest) {
            return arrivedBytes != null && arrivedBytes == bytes && digest.equals(arrivedDigest);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private <T> T call(Carrier carrier, Function<Access, T> call) {
        Access access = carriers.get().get(carrier);
        if (access == null) {
            // The decision says API and the configuration has none: a person can still submit.
            throw new SubmissionRefusedException("NO_CHANNEL", "jiefeng.carrier.channels has no " + carrier);
        }
        return access.line().call(() -> call.apply(access));
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
        if (answer.code().equals(BROKEN_TRANSFER)) {
            return unclear(carrier, "files differ");
        }
        return new SubmissionRefusedException(answer.code(), answer.text());
    }

    /** Too many requests, and an outage with an end, are no failures: the carrier says when it takes something again. */
    private RuntimeException failure(Carrier carrier, ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        String retryAfter = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        if (status == 429 || status == 503 && retryAfter != null) {
            CarrierProperties.Calls calls = properties.calls();
            return new CarrierBusyException(
                    carrier + " answers " + status,
                    RetryAfter.read(retryAfter, clock.instant(), calls.pause(), calls.longestPause()));
        }
        return unclear(carrier, "status " + status);
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
