package org.jiefeng.suspension;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jiefeng.account.Account;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Repository;

/** The notices as they were received; each is stored before anything acts on it. */
@Repository
class Notices {

    private final JdbcClient jdbc;
    private final Clock clock;

    Notices(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A stored notice.
     *
     * @param appealNumber the appeal it opened or belongs to; null while nothing has acted on it
     * @param attached whether it came to an appeal that was open already
     */
    record Stored(
            long id,
            Carrier carrier,
            Notice.Source source,
            String accountId,
            Notice.State state,
            RestrictionType restrictionType,
            String causes,
            Instant suspendedAt,
            @Nullable String noticeText,
            @Nullable String statedReason,
            @Nullable String remedyChannel,
            @Nullable String requiredMaterials,
            @Nullable String appealNumber,
            boolean attached) {

        String reference() {
            return Long.toString(id);
        }

        boolean isComplete() {
            return statedReason != null && remedyChannel != null && requiredMaterials != null;
        }
    }

    /**
     * The notice with the sender's number, if it came before.
     *
     * @throws ConflictException when the number came before with other content
     */
    Optional<Stored> findSame(Notice notice) {
        Optional<String> digest = jdbc.sql("select digest from notice where carrier = :carrier and notice_id = :id")
                .param("carrier", notice.carrier().name())
                .param("id", notice.noticeId())
                .query(String.class)
                .optional();
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        if (!digest.get().equals(digest(notice))) {
            throw new ConflictException("Notice " + notice.noticeId() + " came before with other content");
        }
        return jdbc.sql("select * from notice where carrier = :carrier and notice_id = :id")
                .param("carrier", notice.carrier().name())
                .param("id", notice.noticeId())
                .query((row, n) -> stored(row))
                .optional();
    }

    Stored get(String reference) {
        return jdbc.sql("select * from notice where id = :id")
                .param("id", Long.parseLong(reference))
                .query((row, n) -> stored(row))
                .optional()
                .orElseThrow(() -> new NotFoundException("No notice " + reference));
    }

    private static Stored stored(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Stored(
                row.getLong("id"),
                Carrier.valueOf(row.getString("carrier")),
                Notice.Source.valueOf(row.getString("source")),
                row.getString("account_id"),
                Notice.State.valueOf(row.getString("state")),
                RestrictionType.valueOf(row.getString("restriction_type")),
                row.getString("causes"),
                row.getObject("suspended_at", OffsetDateTime.class).toInstant(),
                row.getString("notice_text"),
                row.getString("stated_reason"),
                row.getString("remedy_channel"),
                row.getString("required_materials"),
                row.getString("appeal_number"),
                row.getBoolean("attached"));
    }

    Stored add(Notice notice, Account account, String receivedBy) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into notice (carrier, notice_id, digest, source, account_id, state, restriction_type, causes,
                            sub_causes, suspended_at, expires_at, notice_code, rule_code, notice_text, stated_reason,
                            remedy_channel, required_materials, received_at, received_by)
                        values (:carrier, :noticeId, :digest, :source, :account, :state, :restriction, :causes,
                            :subCauses, :suspendedAt, :expiresAt, :noticeCode, :ruleCode, :text, :reason,
                            :channel, :materials, :now, :by)
                        """)
                .param("carrier", notice.carrier().name())
                .param("noticeId", notice.noticeId())
                .param("digest", digest(notice))
                .param("source", notice.source().name())
                .param("account", account.id())
                .param("state", notice.state().name())
                .param("restriction", notice.restrictionType().name())
                .param("causes", causes(notice))
                .param("subCauses", notice.subCauses().isEmpty() ? null : String.join(",", notice.subCauses()))
                .param("suspendedAt", notice.suspendedAt().atOffset(ZoneOffset.UTC))
                .param(
                        "expiresAt",
                        notice.expiresAt() == null ? null : notice.expiresAt().atOffset(ZoneOffset.UTC))
                .param("noticeCode", notice.noticeCode())
                .param("ruleCode", notice.ruleCode())
                .param("text", notice.noticeText())
                .param("reason", notice.statedReason())
                .param("channel", notice.remedyChannel())
                .param("materials", notice.requiredMaterials())
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("by", receivedBy)
                .update(key, "id");
        return get(Objects.requireNonNull(key.getKey(), "no key drawn").toString());
    }

    void belongsTo(Stored notice, String appealNumber, boolean attached) {
        jdbc.sql("update notice set appeal_number = :appeal, attached = :attached where id = :id")
                .param("appeal", appealNumber)
                .param("attached", attached)
                .param("id", notice.id())
                .update();
    }

    private static String causes(Notice notice) {
        return String.join(
                ",", new TreeSet<>(notice.causes().stream().map(Cause::name).toList()));
    }

    /** Fingerprint of the content, to tell a repeated notice from a changed one. */
    private static String digest(Notice notice) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(notice.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
