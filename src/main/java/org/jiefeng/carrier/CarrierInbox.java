package org.jiefeng.carrier;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.ConflictException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The inbox: every answer is stored once before anything is made of it. */
@Service
class CarrierInbox {

    private static final List<String> OUR_PREFIXES =
            List.of(CarrierContacts.EVENT_PREFIX, CarrierDeskWork.EVENT_PREFIX);

    /** So many attempts follow each other quickly; what is still not wanted then has time. */
    private static final int QUICK_ATTEMPTS = 10;

    private static final RowMapper<InboxEntry> ENTRY = (row, n) -> new InboxEntry(
            row.getLong("id"),
            Carrier.valueOf(row.getString("carrier")),
            new AppealKey(row.getString("appeal_number"), row.getInt("round")),
            row.getString("payload"),
            row.getObject("received_at", OffsetDateTime.class).toInstant(),
            InboxEntry.State.valueOf(row.getString("state")));

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CarrierInbox(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Stores what a carrier's interface sent, or answered when it was asked; committed when this returns.
     *
     * @param event valid by the contract
     * @param payload the body as it came
     * @return false when it was stored before
     * @throws ConflictException when another event came under this id
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    boolean receive(Carrier carrier, CarrierEvent event, String payload) {
        AppealKey key = AppealKey.parse(event.appealKey()).orElseThrow();
        // Asked first only to spare the log the refused insert of every repetition; the constraint is what counts.
        if (stored(carrier, event.eventId()).isEmpty()) {
            try {
                transaction.executeWithoutResult(status -> insert(carrier, event, key, payload));
                return true;
            } catch (DuplicateKeyException e) {
                // somebody was quicker with it
            }
        }
        // The same words in another spelling are the same: a poll need not repeat a webhook to the byte.
        if (stored(carrier, event.eventId())
                .filter(entry ->
                        entry.payload().equals(payload) || entry.event().equals(event))
                .isEmpty()) {
            throw new ConflictException("Another event has this id");
        }
        return false;
    }

    /** Stores what one of us wrote down, in the caller's transaction. */
    void accept(Carrier carrier, CarrierEvent event, AppealKey key) {
        insert(carrier, event, key, Submissions.json(event));
    }

    /** Whether this id belongs to what our own people write down; a carrier's interface may not use it. */
    static boolean isOurs(String eventId) {
        return OUR_PREFIXES.stream().anyMatch(eventId::startsWith);
    }

    private Optional<InboxEntry> stored(Carrier carrier, String eventId) {
        return jdbc.sql("select * from carrier_event where carrier = :carrier and event_id = :event")
                .param("carrier", carrier.name())
                .param("event", eventId)
                .query(ENTRY)
                .optional();
    }

    private void insert(Carrier carrier, CarrierEvent event, AppealKey key, String payload) {
        jdbc.sql("""
                        insert into carrier_event (carrier, event_id, kind, appeal_number, round, payload, digest,
                            received_at, state, attempts, next_try_at)
                        values (:carrier, :event, :kind, :appeal, :round, :payload, :digest, :now, 'RECEIVED', 0, :now)
                        """)
                .param("carrier", carrier.name())
                .param("event", event.eventId())
                .param("kind", event.type().name())
                .param("appeal", key.appealNumber())
                .param("round", key.round())
                .param("payload", payload)
                .param("digest", Digest.of(payload))
                .param("now", now())
                .update();
    }

    /** What may be brought to its case now, oldest first. */
    List<Long> due(int most) {
        return jdbc.sql("""
                        select id from carrier_event
                        where state = 'RECEIVED' and next_try_at <= :now
                        order by id
                        fetch first %d rows only
                        """.formatted(most))
                .param("now", now())
                .query(Long.class)
                .list();
    }

    /** Takes an entry for the running transaction; empty when it is settled, or another node has it. */
    Optional<InboxEntry> hold(long id) {
        return jdbc.sql("select * from carrier_event where id = :id and state = 'RECEIVED' for update skip locked")
                .param("id", id)
                .query(ENTRY)
                .optional();
    }

    void settle(long id, InboxEntry.State state) {
        jdbc.sql("update carrier_event set state = :state, settled_at = :now where id = :id")
                .param("state", state.name())
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** Tries again later, in pauses that double up to a minute, and then every quarter of an hour. */
    @Transactional
    void postpone(long id) {
        jdbc.sql("select attempts from carrier_event where id = :id and state = 'RECEIVED' for update skip locked")
                .param("id", id)
                .query(Integer.class)
                .optional()
                .ifPresent(attempts -> {
                    Duration pause = attempts < QUICK_ATTEMPTS
                            ? Duration.ofSeconds(Math.min(60, 1L << Math.min(attempts, 6)))
                            : Duration.ofMinutes(15);
                    Instant next = clock.instant().plus(pause);
                    jdbc.sql("update carrier_event set attempts = attempts + 1, next_try_at = :next where id = :id")
                            .param("next", next.atOffset(ZoneOffset.UTC))
                            .param("id", id)
                            .update();
                });
    }

    /** Takes out again what came for this round while its case was closed. */
    @Transactional
    void reopenLate(AppealKey key) {
        jdbc.sql("""
                        update carrier_event
                        set state = 'RECEIVED', settled_at = null, next_try_at = :now
                        where appeal_number = :appeal and round = :round and state = 'LATE'
                        """)
                .param("now", now())
                .param("appeal", key.appealNumber())
                .param("round", key.round())
                .update();
    }

    /** Takes what was given up out again. */
    @Transactional
    void reopen(long id) {
        jdbc.sql("""
                        update carrier_event
                        set state = 'RECEIVED', settled_at = null, next_try_at = :now
                        where id = :id and state = 'UNRESOLVED'
                        """).param("now", now()).param("id", id).update();
    }

    InboxEntry get(long id) {
        return jdbc.sql("select * from carrier_event where id = :id")
                .param("id", id)
                .query(ENTRY)
                .single();
    }

    /** The answers of an appeal, newest first. */
    List<InboxEntry> of(String appealNumber) {
        return jdbc.sql("select * from carrier_event where appeal_number = :appeal order by id desc")
                .param("appeal", appealNumber)
                .query(ENTRY)
                .list();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }
}
