package org.jiefeng.appeal;

import static org.jiefeng.appeal.TimelineChain.START;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What happened in a case, in order, for the people of the case (R39, R58); entries are only ever added, and each is
 * chained to the one before (docs/decisions/0012-tamper-evidence.md).
 */
@Component
public class Timeline {

    /** Recorded when a case goes on and its chain is found not to be as it was left. */
    static final String CHAIN_BROKEN = "CHAIN_BROKEN";

    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

    static final RowMapper<TimelineChain.Head> HEAD = (row, n) -> new TimelineChain.Head(
            row.getString("appeal_number"),
            row.getLong("entries"),
            row.getString("hash"),
            row.getLong("chained_entries"),
            instant(row.getObject("chained_at", OffsetDateTime.class)),
            row.getString("seal"));

    private final JdbcClient jdbc;
    private final Clock clock;
    private final TimelineChain chain;
    private final TransactionTemplate savepoint;

    Timeline(JdbcClient jdbc, Clock clock, TimelineChain chain, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.chain = chain;
        savepoint = new TransactionTemplate(transactions);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * One entry.
     *
     * @param actor a user id, or {@code system}
     * @param kind a code with a message {@code timeline.<kind>} in both languages
     * @param detail a few words without personal data
     */
    public record Entry(
            Instant happenedAt,
            String actor,
            String kind,
            @Nullable String detail) {}

    /**
     * Adds an entry at the present time.
     *
     * <p>It is written when the transaction is about to commit: only one transaction at a time may add to a case, and
     * whoever waits for that must not keep others waiting for anything else.
     */
    @Transactional
    public void record(String appealNumber, String actor, String kind, @Nullable String detail) {
        Entry entry = new Entry(clock.instant().truncatedTo(ChronoUnit.MICROS), actor, kind, detail);
        unwritten()
                .orElseGet(() -> {
                    Unwritten fresh = new Unwritten();
                    TransactionSynchronizationManager.registerSynchronization(fresh);
                    return fresh;
                })
                .add(appealNumber, entry);
    }

    /** The entries of a case, oldest first; those of the present transaction too. */
    public List<Entry> entries(String appealNumber) {
        List<Entry> written = jdbc.sql("""
                        select happened_at, actor, kind, detail from timeline
                        where appeal_number = :appeal
                        order by position
                        """)
                .param("appeal", appealNumber)
                .query((row, n) -> new Entry(
                        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("kind"),
                        row.getString("detail")))
                .list();
        List<Entry> unwritten = unwritten().map(all -> all.of(appealNumber)).orElse(List.of());
        return Stream.concat(written.stream(), unwritten.stream()).toList();
    }

    private static Optional<Unwritten> unwritten() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return Optional.empty();
        }
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Unwritten.class::isInstance)
                .map(Unwritten.class::cast)
                .findFirst();
    }

    /** What a transaction has added so far, by case; the order of cases is that of locks. */
    private final class Unwritten implements TransactionSynchronization {

        private final Map<String, List<Entry>> entries = new TreeMap<>();

        void add(String appealNumber, Entry entry) {
            entries.computeIfAbsent(appealNumber, number -> new ArrayList<>()).add(entry);
        }

        List<Entry> of(String appealNumber) {
            return entries.getOrDefault(appealNumber, List.of());
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            entries.forEach(Timeline.this::append);
            entries.clear();
        }
    }

    private void append(String appealNumber, List<Entry> entries) {
        TimelineChain.Head head = lockHead(appealNumber);
        record Last(long position, String hash) {}
        Last last = jdbc.sql("""
                        select position, hash from timeline where appeal_number = :appeal
                        order by position desc
                        fetch first 1 row only
                        """)
                .param("appeal", appealNumber)
                .query((row, n) -> new Last(row.getLong(1), row.getString(2)))
                .optional()
                .orElse(new Last(0, START));
        List<Entry> added = new ArrayList<>(entries);
        // A head that was made to fit must not get a seal of ours by just going on.
        if (!chain.isSealed(head)
                || last.position() != head.entries()
                || !last.hash().equals(head.hash())) {
            LOG.error(
                    "The timeline of {} is not as it was left: its last entry is {}, not {}", appealNumber, last, head);
            added.add(0, new Entry(clock.instant().truncatedTo(ChronoUnit.MICROS), "system", CHAIN_BROKEN, null));
        }
        long position = Math.max(last.position(), head.entries());
        String hash = last.hash();
        for (Entry entry : added) {
            TimelineChain.Link link = chain.link(appealNumber, ++position, entry, hash);
            insert(link);
            hash = link.hash();
        }
        write(chain.head(appealNumber, position, hash, head.chainedEntries(), head.chainedAt()));
    }

    private TimelineChain.Head lockHead(String appealNumber) {
        Optional<TimelineChain.Head> head = findAndLock(appealNumber);
        if (head.isEmpty()) {
            TimelineChain.Head first = chain.head(appealNumber, 0, START, 0, null);
            try {
                savepoint.executeWithoutResult(status -> jdbc.sql("""
                                insert into timeline_chain (appeal_number, entries, hash, chained_entries, seal)
                                values (:appeal, 0, :hash, 0, :seal)
                                """)
                        .param("appeal", appealNumber)
                        .param("hash", first.hash())
                        .param("seal", first.seal())
                        .update());
                return first;
            } catch (DuplicateKeyException e) {
                // Somebody else began the chain just now.
                return findAndLock(appealNumber).orElseThrow();
            }
        }
        return head.get();
    }

    private Optional<TimelineChain.Head> findAndLock(String appealNumber) {
        return jdbc.sql("select * from timeline_chain where appeal_number = :appeal for update")
                .param("appeal", appealNumber)
                .query(HEAD)
                .optional();
    }

    private void insert(TimelineChain.Link link) {
        jdbc.sql("""
                        insert into timeline (appeal_number, position, happened_at, actor, kind, detail,
                            previous_hash, hash, seal)
                        values (:appeal, :position, :at, :actor, :kind, :detail, :previous, :hash, :seal)
                        """)
                .param("appeal", link.appealNumber())
                .param("position", link.position())
                .param("at", link.happenedAt().atOffset(ZoneOffset.UTC))
                .param("actor", link.actor())
                .param("kind", link.kind())
                .param("detail", link.detail())
                .param("previous", link.previousHash())
                .param("hash", link.hash())
                .param("seal", link.seal())
                .update();
    }

    private void write(TimelineChain.Head head) {
        jdbc.sql(
                        "update timeline_chain set entries = :entries, hash = :hash, seal = :seal where appeal_number = :appeal")
                .param("entries", head.entries())
                .param("hash", head.hash())
                .param("seal", head.seal())
                .param("appeal", head.appealNumber())
                .update();
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
