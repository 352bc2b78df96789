package org.jiefeng.appeal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds out whether somebody wrote into the timelines past {@link Timeline}: what was altered, added or taken away. */
@Component
public class TimelineCheck {

    private static final int ROWS_AT_ONCE = 1000;

    private static final RowMapper<TimelineChain.Link> LINK = (row, n) -> new TimelineChain.Link(
            row.getString("appeal_number"),
            row.getLong("position"),
            row.getObject("happened_at", OffsetDateTime.class).toInstant(),
            row.getString("actor"),
            row.getString("kind"),
            row.getString("detail"),
            row.getString("previous_hash"),
            row.getString("hash"),
            row.getString("seal"));

    private final JdbcTemplate jdbc;
    private final TimelineChain chain;
    private final TransactionTemplate snapshot;

    TimelineCheck(DataSource dataSource, TimelineChain chain, PlatformTransactionManager transactions) {
        jdbc = new JdbcTemplate(dataSource);
        jdbc.setFetchSize(ROWS_AT_ONCE);
        this.chain = chain;
        // Cases go on while they are looked at; entries and heads must be of the same moment.
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** What can be wrong; each has a text {@code chain.<fault>} in both languages. */
    public enum Fault {
        /** The entry's text does not have the entry's hash. */
        ALTERED,
        /** The hash was computed anew, without our secret. */
        FORGED,
        /** The entry does not name the hash of the one before. */
        UNLINKED,
        /** There is no such entry any more. */
        MISSING,
        /** The entry stands behind the one the case ended with. */
        ADDED,
        /** The case was continued although its chain was broken. */
        CONTINUED,
        /** What the case says about its last entry is missing, or was written without our secret. */
        HEAD
    }

    /**
     * One thing that is wrong.
     *
     * @param entry its position; of the last entry there should be, when it is about where the chain ends
     */
    public record Finding(String appealNumber, long entry, Fault fault) {}

    /** How one case stands, with the entries that were looked at. */
    public record Result(TimelineChain.@Nullable Head head, List<TimelineChain.Link> links, List<Finding> findings) {

        public boolean isIntact() {
            return findings.isEmpty();
        }
    }

    /**
     * How many cases and entries were looked at.
     *
     * @param chainedEntries how many of them were there before there were chains
     * @param chainedAt when those were chained
     */
    public record Count(
            long cases,
            long entries,
            long chainedEntries,
            @Nullable Instant chainedAt) {}

    /** Looks at one case. */
    public Result check(String appealNumber) {
        return Objects.requireNonNull(snapshot.execute(status -> {
            Optional<TimelineChain.Head> head =
                    jdbc
                            .query("select * from timeline_chain where appeal_number = ?", Timeline.HEAD, appealNumber)
                            .stream()
                            .findFirst();
            List<TimelineChain.Link> links =
                    jdbc.query("select * from timeline where appeal_number = ? order by position", LINK, appealNumber);
            List<Finding> findings = new ArrayList<>();
            Walk walk = new Walk(appealNumber, head.orElse(null), findings::add);
            links.forEach(walk::next);
            walk.end();
            return new Result(head.orElse(null), links, findings);
        }));
    }

    /** Looks at all cases, and tells what is wrong as it finds it. */
    public Count checkAll(Consumer<Finding> found) {
        return Objects.requireNonNull(snapshot.execute(status -> {
            Walks walks = new Walks(found);
            jdbc.query("""
                    select h.appeal_number, h.entries, h.hash, h.chained_entries, h.chained_at, h.seal, e.appeal_number,
                        e.position, e.happened_at, e.actor, e.kind, e.detail, e.previous_hash, e.hash, e.seal
                    from timeline_chain h
                    left join timeline e on e.appeal_number = h.appeal_number
                    order by h.appeal_number, e.position
                    """, walks::row);
            walks.end();
            // What nothing says the end of: no case begins without an entry.
            List<String> headless = jdbc.queryForList("""
                    select appeal_number from timeline e
                    where not exists (select 1 from timeline_chain h where h.appeal_number = e.appeal_number)
                    union
                    select number from appeal a
                    where not exists (select 1 from timeline_chain h where h.appeal_number = a.number)
                    order by 1
                    """, String.class);
            long entries = walks.entries;
            for (String number : headless) {
                Result result = check(number);
                result.findings().forEach(found);
                entries += result.links().size();
            }
            return new Count(walks.cases + headless.size(), entries, walks.chainedEntries, walks.chainedAt);
        }));
    }

    /** Parts the rows of all cases into cases. */
    private final class Walks {

        private final Consumer<Finding> found;
        private @Nullable Walk present;
        private long cases;
        private long entries;
        private long chainedEntries;
        private @Nullable Instant chainedAt;

        Walks(Consumer<Finding> found) {
            this.found = found;
        }

        void row(ResultSet row) throws SQLException {
            String number = row.getString(1);
            if (present == null || !present.appealNumber.equals(number)) {
                end();
                cases++;
                TimelineChain.Head head = new TimelineChain.Head(
                        number,
                        row.getLong(2),
                        row.getString(3),
                        row.getLong(4),
                        Timeline.instant(row.getObject(5, OffsetDateTime.class)),
                        row.getString(6));
                if (head.chainedAt() != null) {
                    chainedEntries += head.chainedEntries();
                    chainedAt = head.chainedAt();
                }
                present = new Walk(number, head, found);
            }
            if (row.getString(7) != null) {
                entries++;
                present.next(new TimelineChain.Link(
                        row.getString(7),
                        row.getLong(8),
                        row.getObject(9, OffsetDateTime.class).toInstant(),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12),
                        row.getString(13),
                        row.getString(14),
                        row.getString(15)));
            }
        }

        void end() {
            if (present != null) {
                present.end();
                present = null;
            }
        }
    }

    /** Goes along one case. */
    private final class Walk {

        private final String appealNumber;
        private final TimelineChain.@Nullable Head head;
        private final Consumer<Finding> found;
        private long last;
        private String hash = TimelineChain.START;

        Walk(String appealNumber, TimelineChain.@Nullable Head head, Consumer<Finding> found) {
            this.appealNumber = appealNumber;
            this.head = head;
            this.found = found;
        }

        void next(TimelineChain.Link link) {
            boolean gap = link.position() != last + 1;
            for (long missing = last + 1; missing < link.position() && missing <= last + ROWS_AT_ONCE; missing++) {
                find(missing, Fault.MISSING);
            }
            if (!TimelineChain.isUnaltered(link)) {
                find(link.position(), Fault.ALTERED);
            } else if (!chain.isSealed(link)) {
                find(link.position(), Fault.FORGED);
            } else if (Timeline.CHAIN_BROKEN.equals(link.kind())) {
                find(link.position(), Fault.CONTINUED);
            }
            if (!gap && !link.previousHash().equals(hash)) {
                find(link.position(), Fault.UNLINKED);
            }
            if (head != null && link.position() > head.entries()) {
                find(link.position(), Fault.ADDED);
            }
            last = link.position();
            hash = link.hash();
        }

        void end() {
            if (head == null) {
                find(last, Fault.HEAD);
                return;
            }
            for (long missing = last + 1; missing <= head.entries() && missing <= last + ROWS_AT_ONCE; missing++) {
                find(missing, Fault.MISSING);
            }
            boolean endsThere = last != head.entries() || head.hash().equals(hash);
            if (!chain.isSealed(head) || !endsThere) {
                find(head.entries(), Fault.HEAD);
            }
        }

        private void find(long entry, Fault fault) {
            found.accept(new Finding(appealNumber, entry, fault));
        }
    }
}
