package org.jiefeng.appeal;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who was shown personal data of a case, inside or outside the company, what for and what of it (PIPL art. 55, 56).
 * Entries are never changed.
 */
@Component
public class DisclosureLog {

    private final JdbcClient jdbc;
    private final Clock clock;

    DisclosureLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One entry; names kinds of data, never the data. */
    public record Entry(String recipient, String purpose, String items, Instant at, String by) {}

    /**
     * Notes a disclosure, in the transaction that makes it.
     *
     * @param recipient who gets to see the data: a carrier, a law firm, or the user id of one of us
     * @param items kinds of data, e.g. "ID number"; at most 1,000 characters
     */
    @Transactional
    public void record(String appealNumber, String recipient, String purpose, String items, String actor) {
        jdbc.sql("""
                        insert into disclosure (appeal_number, recipient, purpose, items, disclosed_at, disclosed_by)
                        values (:appeal, :recipient, :purpose, :items, :now, :actor)
                        """)
                .param("appeal", appealNumber)
                .param("recipient", recipient)
                .param("purpose", purpose)
                .param("items", items)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("actor", actor)
                .update();
    }

    /** The entries of a case, oldest first. */
    public List<Entry> of(String appealNumber) {
        return jdbc.sql("select * from disclosure where appeal_number = :appeal order by id")
                .param("appeal", appealNumber)
                .query((row, n) -> new Entry(
                        row.getString("recipient"),
                        row.getString("purpose"),
                        row.getString("items"),
                        row.getObject("disclosed_at", OffsetDateTime.class).toInstant(),
                        row.getString("disclosed_by")))
                .list();
    }
}
