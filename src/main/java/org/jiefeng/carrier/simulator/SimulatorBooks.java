package org.jiefeng.carrier.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jiefeng.account.Carrier;
import org.jiefeng.carrier.CarrierEvent;
import org.jiefeng.carrier.CarrierJson;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the simulated carrier has received, decided and still has to tell. */
@Service
@ConditionalOnProperty("jiefeng.simulator.enabled")
class SimulatorBooks {

    private static final RowMapper<SimulatedCase> CASE = (row, n) -> new SimulatedCase(
            row.getString("appeal_key"),
            Carrier.valueOf(row.getString("carrier")),
            row.getString("case_id"),
            row.getString("body"),
            row.getObject("received_at", OffsetDateTime.class).toInstant(),
            SimulatedCase.State.valueOf(row.getString("state")),
            row.getString("decision"));

    private static final RowMapper<Outgoing> OUTGOING = (row, n) -> new Outgoing(
            row.getString("event_id"),
            Carrier.valueOf(row.getString("carrier")),
            row.getString("appeal_key"),
            row.getString("kind"),
            row.getString("payload"),
            row.getInt("attempts"));

    private final JdbcClient jdbc;
    private final Clock clock;

    SimulatorBooks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** An answer on its way. */
    record Outgoing(String eventId, Carrier carrier, String key, String kind, String payload, int attempts) {}

    /** Files that came in, checked. */
    record FilesReceipt(String sha256, int files, long bytes, String contentSha256, Instant receivedAt) {}

    /** A supplement that came in. */
    record SimulatedSupplement(String key, String caseId, String body, Instant receivedAt) {}

    /** An answer as the page shows it. */
    record Told(
            String eventId,
            String key,
            String kind,
            Instant createdAt,
            int attempts,
            boolean delivered,
            @Nullable String lastResult) {}

    Optional<SimulatedCase> find(Carrier carrier, String key) {
        return jdbc.sql("select * from simulator_appeal where appeal_key = :key and carrier = :carrier")
                .param("key", key)
                .param("carrier", carrier.name())
                .query(CASE)
                .optional();
    }

    /** All appeals, newest first. */
    List<SimulatedCase> all() {
        return jdbc.sql(
                        "select * from simulator_appeal order by received_at desc, appeal_key desc fetch first 100 rows only")
                .query(CASE)
                .list();
    }

    /** Takes an appeal on; a second insert of the same key fails. */
    @Transactional
    SimulatedCase take(Carrier carrier, String key, String body) {
        SimulatorSetting setting = setting();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        jdbc.sql("""
                        insert into simulator_appeal (appeal_key, carrier, case_id, body, received_at, state, decide_at)
                        values (:key, :carrier, :case, :body, :now, 'IN_REVIEW', :decideAt)
                        """)
                .param("key", key)
                .param("carrier", carrier.name())
                .param("case", caseId(carrier))
                .param("body", body)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param(
                        "decideAt",
                        setting.automatic()
                                ? now.plusSeconds(setting.delaySeconds()).atOffset(ZoneOffset.UTC)
                                : null)
                .update();
        return find(carrier, key).orElseThrow();
    }

    private static String caseId(Carrier carrier) {
        return carrier.name().substring(0, 2) + "-"
                + UUID.randomUUID().toString().substring(0, 13).toUpperCase(java.util.Locale.ROOT);
    }

    Optional<SimulatedSupplement> findSupplement(String supplementKey) {
        return jdbc.sql("select * from simulator_supplement where supplement_key = :key")
                .param("key", supplementKey)
                .query((row, n) -> new SimulatedSupplement(
                        row.getString("supplement_key"),
                        row.getString("case_id"),
                        row.getString("body"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    @Transactional
    SimulatedSupplement takeSupplement(SimulatedCase appeal, String supplementKey, String body) {
        jdbc.sql("""
                        insert into simulator_supplement (supplement_key, appeal_key, case_id, body, received_at)
                        values (:key, :appeal, :case, :body, :now)
                        """)
                .param("key", supplementKey)
                .param("appeal", appeal.key())
                .param("case", appeal.caseId())
                .param("body", body)
                .param("now", clock.instant().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                        update simulator_appeal set state = 'IN_REVIEW'
                        where appeal_key = :key and state = 'SUPPLEMENT_REQUESTED'
                        """).param("key", appeal.key()).update();
        return findSupplement(supplementKey).orElseThrow();
    }

    long supplements(String key) {
        return jdbc.sql("select count(*) from simulator_supplement where appeal_key = :key")
                .param("key", key)
                .query(Long.class)
                .single();
    }

    /** Notes an answer and what it makes of the case; told by {@link SimulatorMail}. False when the case is over. */
    @Transactional
    boolean answer(String key, CarrierEvent event, SimulatedCase.State state) {
        boolean lifting = event.type() == CarrierEvent.Type.SUSPENSION_LIFTED;
        int changed = jdbc.sql("""
                        update simulator_appeal set state = :state, decision = :decision, decide_at = null
                        where appeal_key = :key and (state in ('IN_REVIEW', 'SUPPLEMENT_REQUESTED') or :lifting)
                        """)
                .param("state", state.name())
                .param(
                        "decision",
                        event.decision() == null ? null : event.decision().name())
                .param("key", key)
                .param("lifting", lifting)
                .update();
        if (changed == 0) {
            return false;
        }
        jdbc.sql("""
                        insert into simulator_event (event_id, carrier, appeal_key, kind, payload, created_at, attempts,
                            next_try_at)
                        values (:event, :carrier, :key, :kind, :payload, :now, 0, :now)
                        """)
                .param("event", event.eventId())
                .param("carrier", carrierOf(key))
                .param("key", key)
                .param(
                        "kind",
                        event.decision() == null
                                ? event.type().name()
                                : event.decision().name())
                .param("payload", json(event))
                .param("now", now())
                .update();
        return true;
    }

    private String carrierOf(String key) {
        return jdbc.sql("select carrier from simulator_appeal where appeal_key = :key")
                .param("key", key)
                .query(String.class)
                .single();
    }

    /** Cases whose time in automatic mode is up. */
    List<String> dueForDecision() {
        return jdbc.sql("select appeal_key from simulator_appeal where decide_at <= :now and state = 'IN_REVIEW'")
                .param("now", now())
                .query(String.class)
                .list();
    }

    List<Outgoing> dueForDelivery() {
        return jdbc.sql("""
                        select * from simulator_event
                        where delivered_at is null and next_try_at <= :now
                        order by created_at, event_id
                        fetch first 20 rows only
                        """).param("now", now()).query(OUTGOING).list();
    }

    List<Outgoing> undelivered(String key) {
        return jdbc.sql("""
                        select * from simulator_event
                        where delivered_at is null and appeal_key = :key
                        order by created_at, event_id
                        """).param("key", key).query(OUTGOING).list();
    }

    /** Everything said about an appeal, in order; asked for when webhooks get lost. */
    List<String> payloads(String key) {
        return jdbc.sql("select payload from simulator_event where appeal_key = :key order by created_at, event_id")
                .param("key", key)
                .query(String.class)
                .list();
    }

    List<FilesReceipt> files(String key) {
        return jdbc.sql("select * from simulator_files where appeal_key = :key order by received_at, sha256")
                .param("key", key)
                .query((row, n) -> new FilesReceipt(
                        row.getString("sha256"),
                        row.getInt("files"),
                        row.getLong("bytes"),
                        row.getString("content_sha256"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    Optional<FilesReceipt> files(String key, String sha256) {
        return files(key).stream()
                .filter(files -> files.sha256().equals(sha256))
                .findFirst();
    }

    void keep(String key, String sha256, ReceivedFiles files) {
        jdbc.sql("""
                        insert into simulator_files (appeal_key, sha256, files, bytes, content_sha256, received_at)
                        values (:key, :sha256, :files, :bytes, :content, :now)
                        """)
                .param("key", key)
                .param("sha256", sha256)
                .param("files", files.files())
                .param("bytes", files.bytes())
                .param("content", files.contentSha256())
                .param("now", clock.instant().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))
                .update();
    }

    void delivered(Outgoing event, String result) {
        jdbc.sql("""
                        update simulator_event
                        set delivered_at = :now, attempts = attempts + 1, last_result = :result
                        where event_id = :event
                        """)
                .param("now", now())
                .param("result", result)
                .param("event", event.eventId())
                .update();
    }

    void failed(Outgoing event, String result) {
        postpone(event, result, Duration.ofSeconds(Math.min(60, 1L << Math.min(event.attempts(), 6))));
    }

    void postpone(Outgoing event, String result, Duration pause) {
        jdbc.sql("""
                        update simulator_event
                        set attempts = attempts + 1, next_try_at = :next, last_result = :result
                        where event_id = :event
                        """)
                .param("next", clock.instant().plus(pause).atOffset(ZoneOffset.UTC))
                .param("result", result.length() > 60 ? result.substring(0, 60) : result)
                .param("event", event.eventId())
                .update();
    }

    /** The newest answers. */
    List<Told> told() {
        return jdbc.sql("select * from simulator_event order by created_at desc, event_id fetch first 20 rows only")
                .query((row, n) -> new Told(
                        row.getString("event_id"),
                        row.getString("appeal_key"),
                        row.getString("kind"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getInt("attempts"),
                        row.getObject("delivered_at") != null,
                        row.getString("last_result")))
                .list();
    }

    SimulatorSetting setting() {
        return jdbc.sql(
                        "select automatic, delay_seconds, decision, refuse_appeals, refuse_files from simulator_setting where id = 1")
                .query((row, n) -> new SimulatorSetting(
                        row.getBoolean("automatic"),
                        row.getInt("delay_seconds"),
                        row.getString("decision"),
                        row.getBoolean("refuse_appeals"),
                        row.getBoolean("refuse_files")))
                .single();
    }

    void set(SimulatorSetting setting) {
        jdbc.sql("""
                        update simulator_setting
                        set automatic = :automatic, delay_seconds = :delay, decision = :decision, refuse_appeals = :refuse,
                            refuse_files = :refuseFiles
                        where id = 1
                        """)
                .param("automatic", setting.automatic())
                .param("delay", setting.delaySeconds())
                .param("decision", setting.decision())
                .param("refuse", setting.refuseAppeals())
                .param("refuseFiles", setting.refuseFiles())
                .update();
    }

    private static String json(CarrierEvent event) {
        try {
            return CarrierJson.MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }
}
