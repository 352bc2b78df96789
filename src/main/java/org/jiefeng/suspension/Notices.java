package org.jiefeng.suspension;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jiefeng.account.Account;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Vault;
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
    private final Vault vault;
    private final Clock clock;

    Notices(JdbcClient jdbc, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * A stored notice.
     *
     * @param digest keyed fingerprint of the content
     * @param receivedBy who sent it; a draft can be started by this person only
     * @param appealNumber the appeal it opened or belongs to; null while nothing has acted on it
     * @param attached whether it came to an appeal that was open already
     */
    record Stored(
            long id,
            String digest,
            String receivedBy,
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
            @Nullable LocalDate forwardedOn,
            @Nullable String forwardedReference,
            @Nullable String incidentReference,
            @Nullable String appealNumber,
            boolean attached) {

        String reference() {
            return Long.toString(id);
        }

        /**
         * Whether reason, remedy channel and materials are all stated (anti-fraud law art. 32). What the company itself
         * imposed needs no demand for details.
         */
        boolean isComplete() {
            return source == Notice.Source.INTERNAL || isFullyStated();
        }

        private boolean isFullyStated() {
            return statedReason != null && remedyChannel != null && requiredMaterials != null;
        }
    }

    /**
     * The notice with the sender's number, if it came before. A draft that never opened a case gives way to another
     * content: what was only typed must not keep the carrier's own notice out.
     *
     * @throws ConflictException when the number came before with other content
     */
    Optional<Stored> findSame(Notice notice) {
        Optional<Stored> known = jdbc.sql("select * from notice where carrier = :carrier and notice_id = :id")
                .param("carrier", notice.carrier().name())
                .param("id", notice.noticeId())
                .query((row, n) -> stored(row))
                .optional();
        if (known.isEmpty() || known.get().digest().equals(digest(notice))) {
            return known;
        }
        if (known.get().appealNumber() != null) {
            throw new ConflictException("Notice " + notice.noticeId() + " came before with other content");
        }
        jdbc.sql("delete from notice where id = :id and appeal_number is null")
                .param("id", known.get().id())
                .update();
        return Optional.empty();
    }

    Stored get(String reference) {
        if (!reference.matches("\\d{1,18}")) {
            throw new NotFoundException("No notice " + reference);
        }
        return jdbc.sql("select * from notice where id = :id")
                .param("id", Long.parseLong(reference))
                .query((row, n) -> stored(row))
                .optional()
                .orElseThrow(() -> new NotFoundException("No notice " + reference));
    }

    private static Stored stored(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Stored(
                row.getLong("id"),
                row.getString("digest"),
                row.getString("received_by"),
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
                row.getObject("forwarded_on", LocalDate.class),
                row.getString("forwarded_reference"),
                row.getString("incident_reference"),
                row.getString("appeal_number"),
                row.getBoolean("attached"));
    }

    Stored add(Notice notice, Account account, String receivedBy) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into notice (carrier, notice_id, digest, source, account_id, state, restriction_type, causes,
                            sub_causes, suspended_at, expires_at, notice_code, rule_code, notice_text, stated_reason,
                            remedy_channel, required_materials, social_credit_code, credit_code_override,
                            forwarded_on, forwarded_reference, incident_reference, received_at, received_by)
                        values (:carrier, :noticeId, :digest, :source, :account, :state, :restriction, :causes,
                            :subCauses, :suspendedAt, :expiresAt, :noticeCode, :ruleCode, :text, :reason,
                            :channel, :materials, :creditCode, :creditCodeOverride, :forwardedOn, :forwardedReference,
                            :incident, :now, :by)
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
                .param("creditCode", notice.socialCreditCode())
                .param("creditCodeOverride", notice.creditCodeOverride())
                .param("forwardedOn", notice.forwardedOn())
                .param("forwardedReference", notice.forwardedReference())
                .param("incident", notice.incidentReference())
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("by", receivedBy)
                .update(key, "id");
        return get(Objects.requireNonNull(key.getKey(), "no key drawn").toString());
    }

    /** Makes a draft the sender's own, when another person had typed the same notice. */
    void handOver(Stored draft, String receivedBy) {
        jdbc.sql("update notice set received_by = :by where id = :id and appeal_number is null")
                .param("by", receivedBy)
                .param("id", draft.id())
                .update();
    }

    /** @throws ConflictException when the notice belongs to an appeal already: a reference is good for one case */
    void belongsTo(Stored notice, String appealNumber, boolean attached) {
        int changed = jdbc.sql("""
                        update notice set appeal_number = :appeal, attached = :attached
                        where id = :id and appeal_number is null
                        """)
                .param("appeal", appealNumber)
                .param("attached", attached)
                .param("id", notice.id())
                .update();
        if (changed == 0) {
            throw new ConflictException("Notice " + notice.reference() + " has been registered already");
        }
    }

    private static String causes(Notice notice) {
        return String.join(
                ",", new TreeSet<>(notice.causes().stream().map(Cause::name).toList()));
    }

    /** Keyed, because an unkeyed fingerprint of a phone number is soon guessed. */
    private String digest(Notice notice) {
        return vault.index(notice.content());
    }
}
