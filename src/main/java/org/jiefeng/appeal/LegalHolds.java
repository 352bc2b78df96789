package org.jiefeng.appeal;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which cases must not lose anything, however long they have been closed, and why. */
@Service
public class LegalHolds {

    /** As SQL: whether the appeal called {@code a} is held. */
    public static final String HELD =
            "exists (select 1 from legal_hold h where h.appeal_number = a.number and h.lifted_at is null)";

    private static final RowMapper<Hold> HOLD = (row, n) -> new Hold(
            row.getString("appeal_number"),
            Ground.valueOf(row.getString("ground")),
            row.getString("reason"),
            row.getString("set_by"),
            row.getObject("set_at", OffsetDateTime.class).toInstant(),
            row.getString("lifted_by"),
            instant(row.getObject("lifted_at", OffsetDateTime.class)),
            row.getString("lift_reason"));

    private final JdbcClient jdbc;
    private final Timeline timeline;
    private final Clock clock;

    LegalHolds(JdbcClient jdbc, Timeline timeline, Clock clock) {
        this.jdbc = jdbc;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** Why a case is held. */
    public enum Ground {
        /** Somebody of compliance said so. */
        COMPLIANCE,
        /** A lawyer advised to pursue the matter. */
        LITIGATION,
        /** A complaint lies with the regulator. */
        REGULATOR
    }

    /**
     * One hold, in force or lifted.
     *
     * @param reason as compliance wrote it; none where it began by itself
     * @param liftedAt null while it holds
     */
    public record Hold(
            String appealNumber,
            Ground ground,
            @Nullable String reason,
            String setBy,
            Instant setAt,
            @Nullable String liftedBy,
            @Nullable Instant liftedAt,
            @Nullable String liftReason) {

        public boolean isInForce() {
            return liftedAt == null;
        }
    }

    /**
     * Holds a case; a hold on the same ground that is in force already stays as it is.
     *
     * @param reason none where it begins by itself
     * @return whether it is new
     * @throws NotFoundException when there is no such case, or not any more
     */
    @Transactional
    public boolean set(String appealNumber, Ground ground, @Nullable String reason, String actor) {
        // Waits for a deletion under way, and a deletion waits for this.
        boolean there = jdbc.sql("select number from appeal where number = :number for update")
                .param("number", appealNumber)
                .query(String.class)
                .optional()
                .isPresent();
        if (!there) {
            throw new NotFoundException("No appeal " + appealNumber);
        }
        if (isInForce(appealNumber, ground)) {
            return false;
        }
        try {
            jdbc.sql("""
                            insert into legal_hold (appeal_number, ground, reason, set_by, set_at, holding)
                            values (:appeal, :ground, :reason, :actor, :now, :holding)
                            """)
                    .param("appeal", appealNumber)
                    .param("ground", ground.name())
                    .param("reason", reason)
                    .param("actor", actor)
                    .param("now", now())
                    .param("holding", holding(appealNumber, ground))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConflictException("Appeal " + appealNumber + " has just been held by somebody else");
        }
        timeline.record(appealNumber, actor, "HOLD_SET", null);
        return true;
    }

    /**
     * Lifts a hold.
     *
     * @param reason none where it ends by itself
     * @return whether there was one
     */
    @Transactional
    public boolean lift(String appealNumber, Ground ground, @Nullable String reason, String actor) {
        int changed = jdbc.sql("""
                        update legal_hold
                        set lifted_by = :actor, lifted_at = :now, lift_reason = :reason, holding = null
                        where holding = :holding
                        """)
                .param("actor", actor)
                .param("now", now())
                .param("reason", reason)
                .param("holding", holding(appealNumber, ground))
                .update();
        if (changed > 0) {
            timeline.record(appealNumber, actor, "HOLD_LIFTED", null);
        }
        return changed > 0;
    }

    public boolean isHeld(String appealNumber) {
        return of(appealNumber).stream().anyMatch(Hold::isInForce);
    }

    /** The holds of a case, oldest first. */
    public List<Hold> of(String appealNumber) {
        return jdbc.sql("select * from legal_hold where appeal_number = :appeal order by id")
                .param("appeal", appealNumber)
                .query(HOLD)
                .list();
    }

    /** All holds in force, oldest first. */
    public List<Hold> inForce() {
        return jdbc.sql("select * from legal_hold where lifted_at is null order by id")
                .query(HOLD)
                .list();
    }

    private boolean isInForce(String appealNumber, Ground ground) {
        return jdbc.sql("select count(*) from legal_hold where holding = :holding")
                        .param("holding", holding(appealNumber, ground))
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static String holding(String appealNumber, Ground ground) {
        return appealNumber + ":" + ground;
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
