package org.jiefeng.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The evidence of what was deleted: one row for each deletion, written in its transaction. */
@Component
class Deletions {

    private final JdbcClient jdbc;
    private final Clock clock;

    Deletions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How much went. */
    record Amount(long rows, long files, long histories) {

        static Amount ofRows(long rows) {
            return new Amount(rows, 0, 0);
        }

        Amount plus(Amount other) {
            return new Amount(rows + other.rows, files + other.files, histories + other.histories);
        }

        boolean isNothing() {
            return rows == 0 && files == 0 && histories == 0;
        }
    }

    /**
     * One deletion.
     *
     * @param caseNumber null where records of several people or calls went together
     * @param histories process instances whose history went
     * @param countedFrom null where many rows went together
     */
    record Deletion(
            long id,
            Instant at,
            DataKind kind,
            @Nullable String caseNumber,
            long rows,
            long files,
            long histories,
            String keptFor,
            int ruleVersion,
            @Nullable Instant countedFrom,
            String run) {}

    /** Keeps the evidence; nothing where there was nothing to delete. */
    @Transactional(propagation = Propagation.MANDATORY)
    void record(
            RetentionRules.Rule rule,
            @Nullable String caseNumber,
            Amount amount,
            @Nullable Instant countedFrom,
            String run) {
        if (amount.isNothing()) {
            return;
        }
        jdbc.sql("""
                        insert into deletion (deleted_at, kind, case_number, rows_deleted, files_deleted,
                            histories_deleted, kept_for, rule_version, counted_from, run_id)
                        values (:now, :kind, :case, :rows, :files, :histories, :kept, :version, :from, :run)
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("kind", rule.kind().name())
                .param("case", caseNumber)
                .param("rows", amount.rows())
                .param("files", amount.files())
                .param("histories", amount.histories())
                .param("kept", rule.keptFor())
                .param("version", rule.version())
                .param("from", countedFrom == null ? null : countedFrom.atOffset(ZoneOffset.UTC))
                .param("run", run)
                .update();
    }

    /**
     * Older than an entry, newest first.
     *
     * @param before its number; everything when it is larger than all
     */
    List<Deletion> list(long before, int most) {
        return jdbc.sql("select * from deletion where id < :before order by id desc fetch first %d rows only"
                        .formatted(most))
                .param("before", before)
                .query((row, n) -> new Deletion(
                        row.getLong("id"),
                        row.getObject("deleted_at", OffsetDateTime.class).toInstant(),
                        DataKind.valueOf(row.getString("kind")),
                        row.getString("case_number"),
                        row.getLong("rows_deleted"),
                        row.getLong("files_deleted"),
                        row.getLong("histories_deleted"),
                        row.getString("kept_for"),
                        row.getInt("rule_version"),
                        instant(row.getObject("counted_from", OffsetDateTime.class)),
                        row.getString("run_id")))
                .list();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
