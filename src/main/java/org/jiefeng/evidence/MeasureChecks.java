package org.jiefeng.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.evidence.MeasureCheck.Result;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Turns promises into controls: which measures are due, and whether they were kept (R56, R68, R69). */
@Service
class MeasureChecks {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final int SHORTEST_NOTE = 10;
    private static final int LONGEST_NOTE = 4000;

    private final JdbcClient jdbc;
    private final EvidenceTexts texts;
    private final Timeline timeline;
    private final Clock clock;

    MeasureChecks(JdbcClient jdbc, EvidenceTexts texts, Timeline timeline, Clock clock) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** A measure whose day is over. */
    record Due(String appealNumber, int round, int position, String employeeId) {}

    /** A measure that was promised, with its check once it came due. */
    record Promise(ImprovementMeasure measure, @Nullable MeasureCheck check) {}

    /**
     * The measures to look at now: those of the last application of a case that was approved and sealed. A promise that a
     * later round repeats word for word is not asked for again.
     */
    List<Due> due() {
        return jdbc.sql("""
                        select m.appeal_number, m.round, m.position, a.employee_id
                        from improvement_measure m
                        join appeal a on a.number = m.appeal_number
                        where m.due_on < :today
                          and m.round = (select max(r.number) from evidence_round r
                                         where r.appeal_number = m.appeal_number and r.kind = 'APPLICATION'
                                           and r.state = 'SEALED')
                          and not exists (
                              select 1 from measure_check c
                              join improvement_measure e on e.appeal_number = c.appeal_number
                                  and e.round = c.round and e.position = c.position
                              where c.appeal_number = m.appeal_number
                                and (c.round = m.round and c.position = m.position
                                     or c.round < m.round and e.description = m.description
                                        and e.owner = m.owner and e.due_on = m.due_on))
                        order by m.due_on, m.appeal_number, m.position
                        """)
                .param("today", today())
                .query((row, n) -> new Due(
                        row.getString("appeal_number"),
                        row.getInt("round"),
                        row.getInt("position"),
                        row.getString("employee_id")))
                .list();
    }

    /**
     * Opens the check of a measure.
     *
     * @return its id
     * @throws org.springframework.dao.DuplicateKeyException when it has one already
     */
    @Transactional
    long open(Due due) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into measure_check (appeal_number, round, position, opened_at)
                        values (:appeal, :round, :position, :now)
                        """)
                .param("appeal", due.appealNumber())
                .param("round", due.round())
                .param("position", due.position())
                .param("now", now())
                .update(key, "id");
        timeline.record(due.appealNumber(), "system", "MEASURE_DUE", String.valueOf(due.position() + 1));
        return Objects.requireNonNull(key.getKey(), "no id drawn").longValue();
    }

    /** @throws NotFoundException when there is no such check */
    MeasureCheck get(long id) {
        return jdbc.sql("""
                        select c.*, m.kind, m.description, m.owner, m.due_on, m.how_measured
                        from measure_check c
                        join improvement_measure m on m.appeal_number = c.appeal_number
                            and m.round = c.round and m.position = c.position
                        where c.id = :id
                        """)
                .param("id", id)
                .query((row, n) -> check(row))
                .optional()
                .orElseThrow(() -> new NotFoundException("No check of a measure " + id));
    }

    /** What the last approved application of a case promised; empty when none was approved. */
    List<Promise> promises(String appealNumber) {
        return jdbc.sql("""
                        select c.*, m.kind, m.description, m.owner, m.due_on, m.how_measured
                        from improvement_measure m
                        left join measure_check c on c.id = (
                            select max(k.id) from measure_check k
                            join improvement_measure e on e.appeal_number = k.appeal_number
                                and e.round = k.round and e.position = k.position
                            where k.appeal_number = m.appeal_number and k.round <= m.round
                              and (k.round = m.round and k.position = m.position
                                   or k.round < m.round and e.description = m.description
                                      and e.owner = m.owner and e.due_on = m.due_on))
                        where m.appeal_number = :appeal
                          and m.round = (select max(r.number) from evidence_round r
                                         where r.appeal_number = m.appeal_number and r.kind = 'APPLICATION'
                                           and r.state = 'SEALED')
                        order by m.position
                        """)
                .param("appeal", appealNumber)
                .query((row, n) -> {
                    ImprovementMeasure measure = measure(row);
                    return new Promise(measure, row.getObject("id") == null ? null : check(row));
                })
                .list();
    }

    /** What the checker has to see of a measure, by the names form {@code check-measure} shows. */
    Map<String, String> texts(long id) {
        MeasureCheck check = get(id);
        ImprovementMeasure measure = check.measure();
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("measureText", texts.of("kind." + measure.kind()) + ": " + measure.description());
        shown.put("measureOwner", measure.owner());
        shown.put("measureMetric", measure.howMeasured());
        shown.put("measureDueOn", String.valueOf(measure.dueOn()));
        LocalDate postponedTo = check.postponedTo();
        if (postponedTo != null) {
            shown.put(
                    "measurePostponedText",
                    texts.of("measure.postponed", postponedTo.toString(), String.valueOf(check.postponedNote())));
        }
        return shown;
    }

    /**
     * Records what was found.
     *
     * @param answer a {@link Result} name, or {@code NOT_YET}
     * @param note what shows it; required unless kept
     * @param newDate only for {@code NOT_YET}: from tomorrow on, as {@code 2026-12-31}
     * @return the new date, if it was given one
     * @throws InvalidInputException when the note or the date is missing, or a new date was given before
     */
    @Transactional
    Optional<LocalDate> record(long id, String answer, String note, String newDate, String actor) {
        MeasureCheck check = get(id);
        String given = note.strip();
        boolean tooShort = !answer.equals("KEPT") && given.length() < SHORTEST_NOTE;
        if (tooShort || given.length() > LONGEST_NOTE) {
            throw new InvalidInputException(
                    "measureNote",
                    texts.of("measure.note", String.valueOf(SHORTEST_NOTE), String.valueOf(LONGEST_NOTE)));
        }
        Optional<LocalDate> postponed = Optional.empty();
        if (answer.equals("NOT_YET")) {
            LocalDate date = postpone(check, given, newDate);
            postponed = Optional.of(date);
        } else {
            settle(check, answer, given, actor);
        }
        timeline.record(
                check.appealNumber(),
                actor,
                "MEASURE_" + answer,
                texts.of("kind." + check.measure().kind()));
        return postponed;
    }

    private LocalDate postpone(MeasureCheck check, String note, String newDate) {
        if (check.postponedTo() != null) {
            throw new InvalidInputException("measureResult", texts.of("measure.postponedOnce"));
        }
        LocalDate date = date(newDate)
                .filter(day -> day.isAfter(today()))
                .orElseThrow(() -> new InvalidInputException("measureNewDate", texts.of("measure.newDate")));
        jdbc.sql("update measure_check set postponed_to = :date, postponed_note = :note where id = :id")
                .param("date", date)
                .param("note", note)
                .param("id", check.id())
                .update();
        return date;
    }

    private void settle(MeasureCheck check, String answer, String note, String actor) {
        if (Arrays.stream(Result.values()).noneMatch(result -> result.name().equals(answer))) {
            throw new InvalidInputException("measureResult", texts.of("measure.result"));
        }
        jdbc.sql("""
                        update measure_check set result = :result, note = :note, checked_by = :actor, checked_at = :now
                        where id = :id
                        """)
                .param("result", answer)
                .param("note", note)
                .param("actor", actor)
                .param("now", now())
                .param("id", check.id())
                .update();
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static MeasureCheck check(ResultSet row) throws SQLException {
        String result = row.getString("result");
        OffsetDateTime checkedAt = row.getObject("checked_at", OffsetDateTime.class);
        return new MeasureCheck(
                row.getLong("id"),
                row.getString("appeal_number"),
                measure(row),
                row.getObject("postponed_to", LocalDate.class),
                row.getString("postponed_note"),
                result == null ? null : Result.valueOf(result),
                row.getString("note"),
                row.getString("checked_by"),
                checkedAt == null ? null : checkedAt.toInstant());
    }

    private static ImprovementMeasure measure(ResultSet row) throws SQLException {
        return new ImprovementMeasure(
                row.getString("kind"),
                row.getString("description"),
                row.getString("owner"),
                row.getObject("due_on", LocalDate.class),
                row.getString("how_measured"));
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(SHANGHAI));
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }
}
