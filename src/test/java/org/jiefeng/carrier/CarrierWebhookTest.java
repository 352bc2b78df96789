package org.jiefeng.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.InvalidInputException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CarrierWebhookTest {

    private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");
    private static final String TIME = String.valueOf(NOW.getEpochSecond());

    private CarrierDesk desk;
    private MockMvc web;
    private AppealKey key;

    @BeforeAll
    void start() {
        desk = CarrierDesk.onH2();
        web = MockMvcBuilders.standaloneSetup(desk.room.get(CarrierWebhook.class))
                .build();
        key = desk.prepared();
    }

    @AfterAll
    void stop() throws Exception {
        desk.close();
    }

    @BeforeEach
    void empty() {
        desk.room.now(NOW);
        desk.room.jdbc().sql("delete from carrier_event").update();
    }

    private String event(String id) {
        return """
                {"eventId":"%s","type":"DECISION","appealKey":"%s","occurredAt":"2026-03-03T09:00:00+08:00",\
                "decision":"REJECTED","reasons":[{"code":"OTHER","text":"理由"}]}""".formatted(id, key);
    }

    private int send(String carrier, String time, String signature, byte[] body) throws Exception {
        return web.perform(post("/api/carriers/{carrier}/events", carrier)
                        .header("X-Carrier-Timestamp", time)
                        .header("X-Carrier-Signature", signature)
                        .content(body))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private int signed(String secret, String time, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send("CHINA_MOBILE", time, WebhookSignature.sign(secret, time, bytes), bytes);
    }

    @Test
    void signedEventIsStored() throws Exception {
        assertThat(signed(CarrierDesk.SECRET, TIME, event("w-1"))).isEqualTo(202);

        assertThat(desk.stateOfOnlyEvent()).isEqualTo("RECEIVED");
    }

    @Test
    void repetitionIsAnsweredAlikeAndStoredOnce() throws Exception {
        assertThat(signed(CarrierDesk.SECRET, TIME, event("w-2"))).isEqualTo(202);
        assertThat(signed(CarrierDesk.SECRET, TIME, event("w-2"))).isEqualTo(202);

        assertThat(desk.rows("carrier_event")).isEqualTo(1);
    }

    @Test
    void oldSecretIsValidWhileItIsBeingReplaced() throws Exception {
        assertThat(signed(CarrierDesk.OLD_SECRET, TIME, event("w-3"))).isEqualTo(202);
    }

    @Test
    void everyMutationIsRefused() throws Exception {
        byte[] body = event("w-4").getBytes(StandardCharsets.UTF_8);
        String signature = WebhookSignature.sign(CarrierDesk.SECRET, TIME, body);
        Random random = new Random(4);
        for (int i = 0; i < 1000; i++) {
            byte[] other = body.clone();
            other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(send("CHINA_MOBILE", TIME, signature, other)).isEqualTo(401);
        }
        for (int i = 0; i < signature.length(); i++) {
            String other =
                    signature.substring(0, i) + (signature.charAt(i) == '0' ? '1' : '0') + signature.substring(i + 1);
            assertThat(send("CHINA_MOBILE", TIME, other, body)).isEqualTo(401);
        }
        assertThat(send("CHINA_MOBILE", TIME, "", body)).isEqualTo(401);
        assertThat(send("CHINA_MOBILE", "", signature, body)).isEqualTo(401);
        assertThat(send("CHINA_MOBILE", String.valueOf(NOW.getEpochSecond() + 1), signature, body))
                .isEqualTo(401);
        assertThat(send("CHINA_UNICOM", TIME, signature, body)).isEqualTo(401);
        assertThat(send("NOBODY", TIME, signature, body)).isEqualTo(401);
        assertThat(signed("another secret of 16", TIME, event("w-4"))).isEqualTo(401);

        assertThat(desk.rows("carrier_event")).isZero();
    }

    /** Ten thousand that are changed, unsigned or old; each of them would be an answer if one check were missing. */
    @Test
    void tenThousandForgeriesLeaveNothing() throws Exception {
        Random random = new Random(10_000);
        Map<Forgery, Integer> refused = new EnumMap<>(Forgery.class);
        for (int i = 0; i < 10_000; i++) {
            Forgery forgery = Forgery.values()[i % Forgery.values().length];
            byte[] body = event("f-" + i).getBytes(StandardCharsets.UTF_8);
            String signature = WebhookSignature.sign(CarrierDesk.SECRET, TIME, body);
            int status =
                    switch (forgery) {
                        case BIT -> send("CHINA_MOBILE", TIME, signature, withOtherBit(body, random));
                        case SHORTER ->
                            send("CHINA_MOBILE", TIME, signature, Arrays.copyOf(body, random.nextInt(body.length)));
                        case LONGER ->
                            send("CHINA_MOBILE", TIME, signature, Arrays.copyOf(body, body.length + 1 + i % 50));
                        case OTHER_DECISION ->
                            send(
                                    "CHINA_MOBILE",
                                    TIME,
                                    signature,
                                    event("f-" + i)
                                            .replace("REJECTED", "REINSTATED")
                                            .getBytes(StandardCharsets.UTF_8));
                        case SIGNATURE ->
                            send(
                                    "CHINA_MOBILE",
                                    TIME,
                                    new String(
                                            withOtherBit(signature.getBytes(StandardCharsets.US_ASCII), random),
                                            StandardCharsets.ISO_8859_1),
                                    body);
                        case UNSIGNED -> send("CHINA_MOBILE", TIME, "", body);
                        case OTHER_SECRET -> signed("secret-number-" + i + "-of-mine", TIME, event("f-" + i));
                        case OLD -> signed(CarrierDesk.SECRET, off(-301 - random.nextInt(1_000_000)), event("f-" + i));
                        case FUTURE ->
                            signed(CarrierDesk.SECRET, off(301 + random.nextInt(1_000_000)), event("f-" + i));
                        case OTHER_TIME -> send("CHINA_MOBILE", off(1 + random.nextInt(299)), signature, body);
                        case OTHER_CARRIER ->
                            send(Carrier.values()[1 + i % (Carrier.values().length - 1)].name(), TIME, signature, body);
                    };
            assertThat(status).as("%s, number %d", forgery, i).isEqualTo(401);
            refused.merge(forgery, 1, Integer::sum);
        }
        assertThat(refused)
                .hasSize(Forgery.values().length)
                .allSatisfy((forgery, times) -> assertThat(times).isGreaterThan(900));
        assertThat(desk.rows("carrier_event")).isZero();
        assertThat(signed(CarrierDesk.SECRET, TIME, event("f-0")))
                .as("what they were made from")
                .isEqualTo(202);
    }

    private enum Forgery {
        BIT,
        SHORTER,
        LONGER,
        OTHER_DECISION,
        SIGNATURE,
        UNSIGNED,
        OTHER_SECRET,
        OLD,
        FUTURE,
        OTHER_TIME,
        OTHER_CARRIER
    }

    private static String off(long seconds) {
        return String.valueOf(NOW.getEpochSecond() + seconds);
    }

    private static byte[] withOtherBit(byte[] bytes, Random random) {
        byte[] other = bytes.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    @Test
    void staleAndFutureSignaturesAreRefused() throws Exception {
        for (long off : new long[] {-301, 301, -86400, 86400}) {
            assertThat(signed(CarrierDesk.SECRET, String.valueOf(NOW.getEpochSecond() + off), event("w-5")))
                    .isEqualTo(401);
        }
        for (long off : new long[] {-300, 300}) {
            assertThat(signed(CarrierDesk.SECRET, String.valueOf(NOW.getEpochSecond() + off), event("w-5")))
                    .isEqualTo(202);
        }
    }

    @Test
    void largeBodyIsRefused() throws Exception {
        assertThat(signed(CarrierDesk.SECRET, TIME, " ".repeat(64 * 1024 + 1))).isEqualTo(413);
    }

    @Test
    void whatTheContractDoesNotHaveIsRefused() {
        for (String body : new String[] {
            "",
            "null",
            "[]",
            "<html>",
            event("w-6") + "{}",
            event("w-6").replace("\"REJECTED\"", "\"PERHAPS\""),
            event("w-6").replace("\"REJECTED\"", "0"),
            event("w-6").replace("\"decision\":\"REJECTED\",", ""),
            event("w-6").replace("\"REJECTED\"", "\"CONDITIONAL\""),
            event("w-6").replace("\"REJECTED\"", "\"CONDITIONAL\",\"terms\":{\"dailyCap\":0}"),
            event("w-6").replace("\"REJECTED\"", "\"CONDITIONAL\",\"terms\":{\"hours\":\"18:00-09:00\"}"),
            event("w-6").replace("\"REJECTED\"", "\"CONDITIONAL\",\"terms\":{\"weekendsOnly\":true}"),
            event("w-6").replace("\"REJECTED\"", "\"REJECTED\",\"decision\":\"REINSTATED\""),
            event("w-6").replace("DECISION", "SUPPLEMENT_REQUESTED"),
            event("w-6").replace(":1\"", ":0\""),
            event("contact:1"),
            event("w 6")
        }) {
            assertThatThrownBy(() -> signed(CarrierDesk.SECRET, TIME, body))
                    .as(body)
                    .hasCauseInstanceOf(InvalidInputException.class);
        }
        assertThat(desk.rows("carrier_event")).isZero();
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] body = event("w-7").getBytes(StandardCharsets.UTF_16);

        assertThatThrownBy(
                        () -> send("CHINA_MOBILE", TIME, WebhookSignature.sign(CarrierDesk.SECRET, TIME, body), body))
                .hasCauseInstanceOf(InvalidInputException.class);
    }
}
