package org.jiefeng.calendar;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The notices of the years: those this release brings, and those process owners bring while it runs, which win.
 *
 * <p>Which notice counts is asked every time, so that one brought on another node counts here at once; only what it says is
 * kept, because that never changes.
 */
@Service
public class CalendarNotices {

    private static final int LONGEST_TEXT = 16_000;
    private static final int MOST_PROBLEMS = 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final JdbcClient jdbc;
    private final MessageSource messages;
    private final Locale locale;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final Map<Long, WorkingYear> read = new ConcurrentHashMap<>();

    CalendarNotices(
            JdbcClient jdbc,
            MessageSource messages,
            Locale deploymentLocale,
            Clock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.locale = deploymentLocale;
        this.clock = clock;
        this.events = events;
    }

    /** A notice somebody brought. */
    record Notice(long id, int year, String source, Instant takenAt, String takenBy) {}

    /** What counts for a year. */
    Optional<WorkingYear> inForce(int year) {
        return jdbc.sql("select max(id) from calendar_notice where calendar_year = :year")
                .param("year", year)
                .query(Long.class)
                .optional()
                .map(id -> read.computeIfAbsent(id, this::read))
                .or(() -> Optional.ofNullable(WorkingYear.DELIVERED.get(year)));
    }

    /** The years that are known, newest first. */
    NavigableSet<Integer> years() {
        TreeSet<Integer> years = new TreeSet<>(WorkingYear.DELIVERED.keySet());
        brought().forEach(notice -> years.add(notice.year()));
        return years.descendingSet();
    }

    /** This year and the next, as far as they are not known. */
    List<Integer> missing() {
        int now = LocalDate.now(clock.withZone(WorkingCalendar.ZONE)).getYear();
        return IntStream.of(now, now + 1)
                .boxed()
                .filter(year -> inForce(year).isEmpty())
                .toList();
    }

    /** Everything that was brought, newest first. */
    List<Notice> brought() {
        return jdbc.sql("""
                        select id, calendar_year, source, taken_at, taken_by from calendar_notice
                        order by id desc
                        """)
                .query((row, n) -> new Notice(
                        row.getLong("id"),
                        row.getInt("calendar_year"),
                        row.getString("source"),
                        row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                        row.getString("taken_by")))
                .list();
    }

    /** What a notice says it is, for those whose dates it moves. */
    public String source(long id) {
        return jdbc.sql("select source from calendar_notice where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    /** The file of a notice as it was brought. */
    Optional<String> text(long id) {
        return jdbc.sql("select content from calendar_notice where id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /**
     * Puts the notice of a year into force, at once and on all nodes; what is open already is counted again afterwards.
     *
     * @throws InvalidInputException naming every line that is wrong
     * @throws ConflictException when it says what is in force already
     */
    @Transactional
    public void take(int year, byte[] uploaded, String actor) {
        String text = decode(uploaded);
        List<WorkingYear.Problem> problems = new ArrayList<>();
        WorkingYear notice = WorkingYear.read(year, text, problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(
                    problems.stream().limit(MOST_PROBLEMS).map(this::explained).toList());
        }
        if (inForce(year).filter(present -> present.text().equals(text)).isPresent()) {
            throw new ConflictException(text("calendar.same", String.valueOf(year)));
        }
        KeyHolder id = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into calendar_notice (calendar_year, content, source, taken_at, taken_by)
                        values (:year, :content, :source, :now, :actor)
                        """)
                .param("year", year)
                .param("content", text)
                .param("source", notice.source())
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("actor", actor)
                .update(id, "id");
        events.publishEvent(new NoticeTaken(requireNonNull(id.getKey()).longValue(), year));
    }

    private WorkingYear read(long id) {
        return jdbc.sql("select calendar_year, content from calendar_notice where id = :id")
                .param("id", id)
                .query((row, n) ->
                        WorkingYear.read(row.getInt("calendar_year"), row.getString("content"), new ArrayList<>()))
                .single();
    }

    private String decode(byte[] uploaded) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(uploaded))
                    .toString();
            if (text.length() > LONGEST_TEXT) {
                throw new InvalidInputException("file", text("calendar.problem.size", String.valueOf(LONGEST_TEXT)));
            }
            // Spreadsheets put it there; it would hide the first line.
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("file", text("calendar.problem.encoding"));
        }
    }

    private FieldProblem explained(WorkingYear.Problem problem) {
        String reason = text(problem.key(), problem.details().toArray());
        return problem.line() == 0
                ? new FieldProblem("file", reason)
                : new FieldProblem(
                        "line " + problem.line(),
                        text("calendar.problem.line", String.valueOf(problem.line()), reason));
    }

    private String text(String key, Object... details) {
        return messages.getMessage(key, details, locale);
    }
}
