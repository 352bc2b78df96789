package org.jiefeng.appeal;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The named texts of a case: what forms show and what people wrote into them.
 *
 * <p>They live here and not in process variables because process variables end up in history and incidents, and free
 * text is personal data (design.md, decision 2). Every version is kept; the newest of a name is the one shown.
 */
@Component
public class CaseSheet {

    /** Longest text of one entry, in characters. */
    public static final int MAX_LENGTH = 8000;

    private final JdbcClient jdbc;
    private final Clock clock;

    CaseSheet(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Publishes a text for the forms of a case. */
    @Transactional
    public void write(String appealNumber, String name, String text) {
        insert(appealNumber, name, text, "system", null);
    }

    /** Publishes texts for one task alone, where a case has several of the same form open at once. */
    @Transactional
    public void writeForTask(String appealNumber, String taskId, Map<String, String> texts) {
        texts.forEach((name, text) -> insert(appealNumber, name, text, "system", taskId));
    }

    /** Keeps what a person answered in one task, under the names of the form's fields. */
    @Transactional
    public void writeAnswers(String appealNumber, String taskId, String actor, Map<String, String> answers) {
        answers.forEach((name, text) -> insert(appealNumber, name, text, actor, taskId));
    }

    private void insert(String appealNumber, String name, String text, String actor, @Nullable String taskId) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidInputException(name, "longer than " + MAX_LENGTH + " characters");
        }
        jdbc.sql("""
                        insert into case_sheet (appeal_number, name, content, written_at, written_by, task_id)
                        values (:appeal, :name, :text, :now, :actor, :task)
                        """)
                .param("appeal", appealNumber)
                .param("name", name)
                .param("text", text)
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("actor", actor)
                .param("task", taskId)
                .update();
    }

    /** The newest text of a name. */
    public Optional<String> find(String appealNumber, String name) {
        return jdbc.sql("""
                        select content from case_sheet
                        where appeal_number = :appeal and name = :name
                        order by id desc
                        fetch first 1 row only
                        """)
                .param("appeal", appealNumber)
                .param("name", name)
                .query(String.class)
                .optional();
    }

    /** Every text of a name that was written since then, oldest first. */
    public List<String> since(String appealNumber, String name, Instant since) {
        return jdbc.sql("""
                        select content from case_sheet
                        where appeal_number = :appeal and name = :name and written_at >= :since
                        order by id
                        """)
                .param("appeal", appealNumber)
                .param("name", name)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    /** The newest text of every name of a case. */
    public Map<String, String> texts(String appealNumber) {
        return namesAndValues("appeal_number", appealNumber);
    }

    /** What was published for one task alone, and what was answered in it. */
    public Map<String, String> answers(String taskId) {
        return namesAndValues("task_id", taskId);
    }

    private Map<String, String> namesAndValues(String column, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        jdbc.sql("select name, content from case_sheet where " + column + " = :key order by id")
                .param("key", key)
                .query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
        return texts;
    }
}
