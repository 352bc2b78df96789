package org.jiefeng.alternative;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notes who outside was shown personal data (PIPL art. 55, 56). Entries are never changed. */
@Component
class DisclosureLog {

    private final JdbcClient jdbc;
    private final Clock clock;

    DisclosureLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional
    void record(String appealNumber, String recipient, String purpose, String items, String actor) {
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
}
