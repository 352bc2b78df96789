package org.jiefeng.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What our own tables hold of a case beside its timeline, for readers who may not see the personal data in it. */
@Service
class CaseRecord {

    private final JdbcClient jdbc;
    private final MessageSource messages;

    CaseRecord(JdbcClient jdbc, MessageSource messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    /** A contact with the carrier, without the note: it names people. */
    record Contact(
            LocalDate on,
            String channel,
            String answer,
            @Nullable LocalDate day,
            String by) {}

    /** A file of the case, without what is in it. */
    record Evidence(String name, String item, String mediaType, long size, String sha256, String by, Instant at) {}

    List<Contact> contacts(String number, Locale language) {
        return jdbc.sql("""
                        select contacted_on, channel, answer, coalesce(promised_on, extended_until) as named, recorded_by
                        from carrier_contact where appeal_number = :number order by id
                        """)
                .param("number", number)
                .query((row, n) -> new Contact(
                        row.getObject("contacted_on", LocalDate.class),
                        text("carrier.channel." + row.getString("channel"), language),
                        text("carrier.answer." + row.getString("answer"), language),
                        row.getObject("named", LocalDate.class),
                        row.getString("recorded_by")))
                .list();
    }

    List<Evidence> evidence(String number, Locale language) {
        String name = "zh".equals(language.getLanguage()) ? "name_zh" : "name_en";
        return jdbc.sql("select f.*, t." + name + " as item from evidence_file f"
                        + " join evidence_item_type t on t.code = f.code"
                        + " where f.appeal_number = :number order by f.added_at, f.id")
                .param("number", number)
                .query((row, n) -> new Evidence(
                        CaseHistory.masked(row.getString("name")),
                        row.getString("item"),
                        row.getString("media_type"),
                        row.getLong("size_bytes"),
                        row.getString("sha256"),
                        row.getString("added_by"),
                        row.getObject("added_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private String text(String key, Locale language) {
        return String.valueOf(messages.getMessage(key, null, key, language));
    }
}
