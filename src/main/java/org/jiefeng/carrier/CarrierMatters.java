package org.jiefeng.carrier;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What waits for a person at the carrier desk, so that nothing is known to a log only. */
@Service
class CarrierMatters {

    private static final RowMapper<CarrierMatter> MATTER = (row, n) -> new CarrierMatter(
            row.getLong("id"),
            CarrierMatter.Kind.valueOf(row.getString("kind")),
            Carrier.valueOf(row.getString("carrier")),
            row.getString("appeal_number"),
            row.getObject("inbox_id", Long.class),
            row.getObject("opened_at", OffsetDateTime.class).toInstant());

    private final JdbcClient jdbc;
    private final Timeline timeline;
    private final Clock clock;

    CarrierMatters(JdbcClient jdbc, Timeline timeline, Clock clock) {
        this.jdbc = jdbc;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * Notes a matter, once while it is open.
     *
     * @param subject tells whether two matters are the same
     */
    @Transactional
    void open(CarrierMatter.Kind kind, Carrier carrier, String appealNumber, @Nullable Long inboxId, String subject) {
        jdbc.sql("""
                        insert into carrier_matter (kind, carrier, appeal_number, inbox_id, opened_at, open_subject)
                        select :kind, :carrier, :appeal, cast(:inbox as bigint), cast(:now as timestamp with time zone),
                               cast(:subject as varchar(80))
                        where not exists (select 1 from carrier_matter where open_subject = :subject)
                        """)
                .param("kind", kind.name())
                .param("carrier", carrier.name())
                .param("appeal", appealNumber)
                .param("inbox", inboxId)
                .param("now", now())
                .param("subject", subject)
                .update();
    }

    /** What is open, oldest first. */
    List<CarrierMatter> open() {
        return jdbc.sql(
                        "select * from carrier_matter where open_subject is not null order by id fetch first 200 rows only")
                .query(MATTER)
                .list();
    }

    long openCount() {
        return jdbc.sql("select count(*) from carrier_matter where open_subject is not null")
                .query(Long.class)
                .single();
    }

    List<CarrierMatter> open(CarrierMatter.Kind kind) {
        return jdbc.sql("select * from carrier_matter where open_subject is not null and kind = :kind order by id")
                .param("kind", kind.name())
                .query(MATTER)
                .list();
    }

    Optional<CarrierMatter> findOpen(long id) {
        return jdbc.sql("select * from carrier_matter where open_subject is not null and id = :id")
                .param("id", id)
                .query(MATTER)
                .optional();
    }

    /**
     * Closes a matter.
     *
     * @return false when somebody else was quicker
     */
    @Transactional
    boolean settle(CarrierMatter matter, CarrierMatter.Settlement settlement, String note, String actor) {
        int settled = jdbc.sql("""
                        update carrier_matter
                        set settled_at = :now, settled_by = :actor, settlement = :settlement, note = :note,
                            open_subject = null
                        where id = :id and open_subject is not null
                        """)
                .param("now", now())
                .param("actor", actor)
                .param("settlement", settlement.name())
                .param("note", note)
                .param("id", matter.id())
                .update();
        if (settled == 1) {
            timeline.record(matter.appealNumber(), actor, "MATTER_" + settlement, note.isEmpty() ? null : note);
        }
        return settled == 1;
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }
}
