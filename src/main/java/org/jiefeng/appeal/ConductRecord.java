package org.jiefeng.appeal;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What stays with a person after a case: warnings with what to learn from them (R52), and recognition (R33). */
@Service
public class ConductRecord {

    private static final RowMapper<Note> NOTE = (row, n) -> new Note(
            row.getLong("id"),
            row.getString("employee_id"),
            Optional.ofNullable(row.getString("appeal_number")),
            Kind.valueOf(row.getString("kind")),
            row.getObject("noted_at", OffsetDateTime.class).toInstant(),
            row.getString("note"),
            courses(row.getString("courses")),
            Optional.ofNullable(row.getObject("read_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant));

    private final JdbcClient jdbc;
    private final LearningPlan plan;
    private final Clock clock;

    ConductRecord(JdbcClient jdbc, LearningPlan plan, Clock clock) {
        this.jdbc = jdbc;
        this.plan = plan;
        this.clock = clock;
    }

    /** What a note is. */
    public enum Kind {
        WARNING,
        RECOGNITION
    }

    /**
     * One note, in the words of the day it was written.
     *
     * @param caseNumber of the appeal or risk case it comes from; none for a clean period
     * @param courses codes of what to learn from it
     * @param readAt when the person confirmed having read it
     */
    public record Note(
            long id,
            String employeeId,
            Optional<String> caseNumber,
            Kind kind,
            Instant notedAt,
            String text,
            List<String> courses,
            Optional<Instant> readAt) {}

    /**
     * Warns a person in writing, and says what to learn.
     *
     * @param violation code of the broken rule, null when the causes of the case are what was wrong
     */
    @Transactional
    public void warn(String employeeId, String caseNumber, @Nullable String violation, String text) {
        insert(employeeId, caseNumber, Kind.WARNING, violation, text, null);
    }

    /** Warns a person once in this case, however often a step is tried again. */
    @Transactional
    public void warnOnce(String employeeId, String caseNumber, String violation, String text) {
        warnOnce(employeeId, caseNumber, violation, text, "WARNING " + caseNumber);
    }

    /**
     * Warns a person once of what happened.
     *
     * @param occasion what tells it apart, e.g. the rule and the day
     */
    @Transactional
    public void warnOnce(String employeeId, String caseNumber, String violation, String text, String occasion) {
        insert(employeeId, caseNumber, Kind.WARNING, violation, text, occasion);
    }

    /** Tells a person what went well in a case. */
    @Transactional
    public void recognise(String employeeId, String caseNumber, String text) {
        insert(employeeId, caseNumber, Kind.RECOGNITION, null, text, null);
    }

    /**
     * Tells a person what went well over a time, once.
     *
     * @param occasion what it is for, the same whenever it is tried again
     */
    @Transactional
    public void recogniseOnce(String employeeId, String occasion, String text) {
        insert(employeeId, null, Kind.RECOGNITION, null, text, occasion);
    }

    private void insert(
            String employeeId,
            @Nullable String caseNumber,
            Kind kind,
            @Nullable String violation,
            String text,
            @Nullable String occasion) {
        String courses = kind == Kind.WARNING && caseNumber != null
                ? String.join(",", plan.coursesFor(caseNumber, violation))
                : "";
        jdbc.sql("""
                        insert into conduct_note
                            (employee_id, appeal_number, kind, noted_at, note, violation, courses, occasion)
                        select :employee, :case, :kind, :now, :note, :violation, :courses, :occasion
                        where not exists (select 1 from conduct_note where occasion = :occasion)
                        """)
                .param("employee", employeeId)
                .param("case", caseNumber)
                .param("kind", kind.name())
                .param("now", now())
                .param("note", text)
                .param("violation", violation)
                .param("courses", courses.isEmpty() ? null : courses)
                .param("occasion", occasion)
                .update();
    }

    /** A person's notes, newest first. */
    public List<Note> of(String employeeId) {
        return jdbc.sql("select * from conduct_note where employee_id = :employee order by noted_at desc, id desc")
                .param("employee", employeeId)
                .query(NOTE)
                .list();
    }

    /**
     * Confirms that the person has read a note; the first time counts.
     *
     * @throws NotFoundException when this person has no such note
     */
    @Transactional
    public void confirmRead(long id, String employeeId) {
        int confirmed = jdbc.sql("""
                        update conduct_note set read_at = coalesce(read_at, :now)
                        where id = :id and employee_id = :employee
                        """)
                .param("now", now())
                .param("id", id)
                .param("employee", employeeId)
                .update();
        if (confirmed == 0) {
            throw new NotFoundException("No note " + id);
        }
    }

    private static List<String> courses(@Nullable String codes) {
        return codes == null || codes.isEmpty() ? List.of() : List.of(codes.split(","));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
