package org.jiefeng.appeal;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which appeals one action of a carrier brought about; each stays a case of its own with its own outcome. */
@Service
public class Incidents {

    /** What a reference may look like: it is sent to the carrier. */
    public static final String REFERENCE = "[\\p{L}\\p{N}][\\p{L}\\p{N}._/#:-]{1,79}";

    private static final RowMapper<Incident> INCIDENT = (row, n) -> new Incident(
            row.getLong("id"),
            row.getString("carrier"),
            row.getString("reference"),
            row.getObject("opened_at", OffsetDateTime.class).toInstant());

    private final JdbcClient jdbc;
    private final Timeline timeline;
    private final Clock clock;

    Incidents(JdbcClient jdbc, Timeline timeline, Clock clock) {
        this.jdbc = jdbc;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * One action of a carrier.
     *
     * @param carrier its code
     * @param reference as the carrier or the liaison calls it
     */
    public record Incident(long id, String carrier, String reference, Instant openedAt) {}

    /**
     * Puts an appeal into the incident of this reference, which begins with its first appeal. An appeal that is in another
     * one moves; one that is there already stays.
     *
     * @throws org.springframework.dao.DuplicateKeyException when two begin it at the same moment; trying again finds it
     */
    @Transactional
    public Incident join(String appealNumber, String carrier, String reference, String actor) {
        Incident incident = find(carrier, reference).orElseGet(() -> begin(carrier, reference, actor));
        Optional<Incident> before = of(appealNumber);
        if (before.isPresent() && before.get().id() == incident.id()) {
            return incident;
        }
        jdbc.sql("delete from incident_appeal where appeal_number = :appeal")
                .param("appeal", appealNumber)
                .update();
        jdbc.sql("""
                        insert into incident_appeal (appeal_number, incident_id, added_at, added_by)
                        values (:appeal, :incident, :now, :actor)
                        """)
                .param("appeal", appealNumber)
                .param("incident", incident.id())
                .param("now", now())
                .param("actor", actor)
                .update();
        timeline.record(appealNumber, actor, "INCIDENT_JOINED", reference);
        return incident;
    }

    private Incident begin(String carrier, String reference, String actor) {
        jdbc.sql("""
                        insert into incident (carrier, reference, opened_at, opened_by)
                        values (:carrier, :reference, :now, :actor)
                        """)
                .param("carrier", carrier)
                .param("reference", reference)
                .param("now", now())
                .param("actor", actor)
                .update();
        return find(carrier, reference).orElseThrow();
    }

    /** Takes an appeal out of its incident. */
    @Transactional
    public void leave(String appealNumber, String actor) {
        of(appealNumber).ifPresent(incident -> {
            jdbc.sql("delete from incident_appeal where appeal_number = :appeal")
                    .param("appeal", appealNumber)
                    .update();
            timeline.record(appealNumber, actor, "INCIDENT_LEFT", incident.reference());
        });
    }

    private Optional<Incident> find(String carrier, String reference) {
        return jdbc.sql("select * from incident where carrier = :carrier and reference = :reference")
                .param("carrier", carrier)
                .param("reference", reference)
                .query(INCIDENT)
                .optional();
    }

    /** The incident an appeal belongs to. */
    public Optional<Incident> of(String appealNumber) {
        return jdbc.sql("""
                        select i.* from incident i
                        join incident_appeal a on a.incident_id = i.id
                        where a.appeal_number = :appeal
                        """).param("appeal", appealNumber).query(INCIDENT).optional();
    }

    /** @throws NotFoundException when there is no such incident */
    public Incident get(long id) {
        return jdbc.sql("select * from incident where id = :id")
                .param("id", id)
                .query(INCIDENT)
                .optional()
                .orElseThrow(() -> new NotFoundException("No incident " + id));
    }

    /** The newest incidents that have an appeal, at most so many. */
    public List<Incident> newest(int limit) {
        return jdbc.sql("""
                        select * from incident i
                        where exists (select 1 from incident_appeal a where a.incident_id = i.id)
                        order by opened_at desc, id desc
                        fetch first :limit rows only
                        """).param("limit", limit).query(INCIDENT).list();
    }

    /** The numbers of an incident's appeals. */
    public List<String> appeals(long id) {
        return jdbc.sql("select appeal_number from incident_appeal where incident_id = :id order by appeal_number")
                .param("id", id)
                .query(String.class)
                .list();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }
}
