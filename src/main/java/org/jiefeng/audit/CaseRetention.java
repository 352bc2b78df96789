package org.jiefeng.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.process.RetentionProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which appeals have expired, wholly or in part, and what happens to them. What is open, under legal hold, or has a process
 * under way under its number loses nothing.
 */
@Component
class CaseRetention {

    /** Before everything: what is kept for ever has not expired. */
    private static final OffsetDateTime NEVER = OffsetDateTime.parse("1900-01-01T00:00:00Z");

    private static final String NOTHING_KEEPS_IT = """
            a.outcome is not null
            and not %s
            and not exists (select 1 from act_ru_execution e where e.business_key_ = a.number)
            """.formatted(LegalHolds.HELD);

    private static final String FILES = """
            select f.id from evidence_file f join evidence_item_type t on t.code = f.code
            where f.appeal_number = a.number and t.retention =
            """;

    private final JdbcClient jdbc;
    private final RetentionRules rules;
    private final CaseTrail trail;
    private final CaseStatistics statistics;
    private final Deletions deletions;
    private final Timeline timeline;
    private final RetentionProperties properties;

    CaseRetention(
            JdbcClient jdbc,
            RetentionRules rules,
            CaseTrail trail,
            CaseStatistics statistics,
            Deletions deletions,
            Timeline timeline,
            RetentionProperties properties) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.trail = trail;
        this.statistics = statistics;
        this.deletions = deletions;
        this.timeline = timeline;
        this.properties = properties;
    }

    /** The next appeals of which something has expired, by number, at most a portion. */
    List<String> expired(String after) {
        Map<DataKind, RetentionRules.Rule> now = rules.now();
        return jdbc.sql("""
                        select a.number from appeal a
                        where a.number > :after and %s
                          and (a.closed_at <= :case
                            or a.closed_at <= :identity and exists (%s 'IDENTITY')
                            or exists (%s 'RECORDING' and f.added_at <= :recording))
                        order by a.number
                        fetch first %d rows only
                        """.formatted(NOTHING_KEEPS_IT, FILES, FILES, properties.portion()))
                .param("after", after)
                .param("case", before(now, DataKind.CASE))
                .param("identity", before(now, DataKind.IDENTITY))
                .param("recording", before(now, DataKind.RECORDING))
                .query(String.class)
                .list();
    }

    /**
     * Deletes what has expired of an appeal, if anything; safe to repeat.
     *
     * @param run who deletes, for the evidence
     */
    @Transactional
    void deleteExpired(String number, String run) {
        // First come, first served: a second node, or somebody who sets a hold, waits here.
        Optional<Instant> closed = jdbc.sql("select closed_at from appeal where number = :number for update")
                .param("number", number)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
        boolean kept = jdbc.sql("select count(*) from appeal a where a.number = :number and " + NOTHING_KEEPS_IT)
                        .param("number", number)
                        .query(Long.class)
                        .single()
                == 0;
        if (closed.isEmpty() || kept) {
            return;
        }
        Map<DataKind, RetentionRules.Rule> now = rules.now();
        if (!closed.get().isAfter(before(now, DataKind.CASE).toInstant())) {
            statistics.keep(number);
            deletions.record(rule(now, DataKind.CASE), number, trail.deleteAppeal(number), closed.get(), run);
            return;
        }
        if (!closed.get().isAfter(before(now, DataKind.IDENTITY).toInstant())) {
            deleteFiles(rule(now, DataKind.IDENTITY), number, closed.get(), "'IDENTITY'", run);
        }
        deleteFiles(rule(now, DataKind.RECORDING), number, null, "'RECORDING' and f.added_at <= :before", run);
    }

    private void deleteFiles(
            RetentionRules.Rule rule, String number, @Nullable Instant countedFrom, String which, String run) {
        OffsetDateTime before = rule.expiredBefore().orElse(NEVER);
        List<String> files = jdbc.sql(FILES.replace("a.number", ":number") + which)
                .param("number", number)
                .param("before", before)
                .query(String.class)
                .list();
        if (files.isEmpty()) {
            return;
        }
        long rows = jdbc.sql("delete from dossier_file where file_id in (:files)")
                .param("files", files)
                .update();
        rows += jdbc.sql("delete from evidence_file where id in (:files)")
                .param("files", files)
                .update();
        for (String table : List.of("evidence_piece", "evidence_content")) {
            rows += jdbc.sql("""
                            delete from %s where appeal_number = :number
                              and sha256 not in (select sha256 from evidence_file where appeal_number = :number)
                              and sha256 not in (select sha256 from receipt_file where appeal_number = :number)
                            """.formatted(table)).param("number", number).update();
        }
        deletions.record(rule, number, new Deletions.Amount(rows, files.size(), 0), countedFrom, run);
        timeline.record(
                number, "system", rule.kind() == DataKind.IDENTITY ? "ID_COPIES_DELETED" : "RECORDINGS_DELETED", null);
    }

    private static OffsetDateTime before(Map<DataKind, RetentionRules.Rule> rules, DataKind kind) {
        return rule(rules, kind).expiredBefore().orElse(NEVER);
    }

    private static RetentionRules.Rule rule(Map<DataKind, RetentionRules.Rule> rules, DataKind kind) {
        return Objects.requireNonNull(rules.get(kind));
    }
}
