package org.jiefeng.appeal;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What happened in a case, in order, for the people of the case (R39, R58). */
@Component
public class Timeline {

    private final JdbcClient jdbc;
    private final Clock clock;

    Timeline(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
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

    /** Adds an entry at the present time. */
    @Transactional
    public void record(String appealNumber, String actor, String kind, @Nullable String detail) {
        jdbc.sql("""
                        insert into timeline (appeal_number, happened_at, actor, kind, detail)
                        values (:appeal, :now, :actor, :kind, :detail)
                        """)
                .param("appeal", appealNumber)
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("actor", actor)
                .param("kind", kind)
                .param("detail", detail)
                .update();
    }

    /** The entries of a case, oldest first. */
    public List<Entry> entries(String appealNumber) {
        return jdbc.sql("""
                        select happened_at, actor, kind, detail from timeline
                        where appeal_number = :appeal
                        order by id
                        """)
                .param("appeal", appealNumber)
                .query((row, n) -> new Entry(
                        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("kind"),
                        row.getString("detail")))
                .list();
    }
}
