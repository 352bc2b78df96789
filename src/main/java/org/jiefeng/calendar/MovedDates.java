package org.jiefeng.calendar;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which dates of open cases a notice moved. */
@Component
public class MovedDates {

    private final JdbcClient jdbc;
    private final Clock clock;

    MovedDates(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One date that was moved.
     *
     * @param element the task or event of the diagram, or the kind of a date on record
     */
    @Transactional
    public void record(long noticeId, String caseNumber, String element, Instant before, Instant after) {
        jdbc.sql("""
                        insert into moved_date (notice_id, case_number, element, due_before, due_after, moved_at)
                        values (:notice, :number, :element, :before, :after, :now)
                        """)
                .param("notice", noticeId)
                .param("number", caseNumber)
                .param("element", element)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("after", after.atOffset(ZoneOffset.UTC))
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .update();
    }

    /** How many dates each notice moved; a notice that moved none is not in it. */
    Map<Long, Long> counts() {
        Map<Long, Long> counts = new HashMap<>();
        jdbc.sql("select notice_id, count(*) as moved from moved_date group by notice_id")
                .query(row -> {
                    counts.put(row.getLong("notice_id"), row.getLong("moved"));
                });
        return counts;
    }
}
