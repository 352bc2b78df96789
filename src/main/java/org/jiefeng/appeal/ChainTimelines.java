package org.jiefeng.appeal;

import static org.jiefeng.appeal.TimelineChain.START;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Chains the entries that were there before there were chains, once, and keeps how many and when: of what happened to
 * them until then a chain knows nothing.
 */
@Component
class ChainTimelines implements JavaMigration {

    private final TimelineChain chain;
    private final Clock clock;

    ChainTimelines(TimelineChain chain, Clock clock) {
        this.chain = chain;
        this.clock = clock;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("102");
    }

    @Override
    public String getDescription() {
        return "chain timelines";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(context.getConnection(), true));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (String number : jdbc.sql("select distinct appeal_number from timeline")
                .query(String.class)
                .list()) {
            chain(jdbc, number, now);
        }
    }

    private void chain(JdbcClient jdbc, String appealNumber, Instant now) {
        record Row(long id, Timeline.Entry entry) {}
        List<Row> rows = jdbc.sql("""
                        select id, happened_at, actor, kind, detail from timeline
                        where appeal_number = :appeal
                        order by id
                        """)
                .param("appeal", appealNumber)
                .query((row, n) -> new Row(
                        row.getLong("id"),
                        new Timeline.Entry(
                                row.getObject("happened_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getString("actor"),
                                row.getString("kind"),
                                row.getString("detail"))))
                .list();
        long position = 0;
        String hash = START;
        for (Row row : rows) {
            TimelineChain.Link link = chain.link(appealNumber, ++position, row.entry(), hash);
            jdbc.sql("""
                            update timeline
                            set position = :position, previous_hash = :previous, hash = :hash, seal = :seal
                            where id = :id
                            """)
                    .param("position", link.position())
                    .param("previous", link.previousHash())
                    .param("hash", link.hash())
                    .param("seal", link.seal())
                    .param("id", row.id())
                    .update();
            hash = link.hash();
        }
        TimelineChain.Head head = chain.head(appealNumber, position, hash, position, now);
        jdbc.sql("""
                        insert into timeline_chain (appeal_number, entries, hash, chained_entries, chained_at, seal)
                        values (:appeal, :entries, :hash, :chained, :at, :seal)
                        """)
                .param("appeal", appealNumber)
                .param("entries", head.entries())
                .param("hash", head.hash())
                .param("chained", head.chainedEntries())
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("seal", head.seal())
                .update();
    }
}
