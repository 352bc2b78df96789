package org.jiefeng.calling;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.Appeal.Standing;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.ConductRecord;
import org.jiefeng.appeal.ConductRecord.Note;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How long somebody has called without a complaint, a broken rule or a suspension of one's own fault, and that it is recognised (R33). */
@Service
class CleanPeriods {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** A suspension nobody has settled yet is no good work to be recognised; one that was another's fault is no blemish. */
    private static final Set<Standing> BLEMISHES = Set.of(Standing.COUNTS, Standing.NOT_SETTLED);

    private final JdbcClient jdbc;
    private final CallingRecords records;
    private final AppealService appeals;
    private final ConductRecord conduct;
    private final CallingTexts texts;
    private final Clock clock;

    CleanPeriods(
            JdbcClient jdbc,
            CallingRecords records,
            AppealService appeals,
            ConductRecord conduct,
            CallingTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.records = records;
        this.appeals = appeals;
        this.conduct = conduct;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * A period that goes on today.
     *
     * @param since its first day
     * @param days the whole days of it that are over
     * @param calls made in it
     */
    record Period(LocalDate since, long days, long calls) {}

    /** The present period of somebody; none for who has never called. */
    Optional<Period> of(String employeeId) {
        return moment("select min(started_at) from call_record where employee_id = :employee", employeeId)
                .map(firstCall -> period(employeeId, firstCall));
    }

    private Period period(String employeeId, Instant firstCall) {
        Instant since = Stream.of(
                        moment("select max(received_at) from complaint where employee_id = :employee", employeeId)
                                .stream(),
                        moment("select max(opened_at) from risk_case where employee_id = :employee", employeeId)
                                .stream(),
                        // A warning, and the last recognition too: nobody is recognised twice for the same days.
                        conduct.of(employeeId).stream().map(Note::notedAt),
                        appeals.ofEmployee(employeeId).stream()
                                .filter(appeal -> BLEMISHES.contains(appeal.standing()))
                                .map(Appeal::openedAt))
                .flatMap(moments -> moments)
                .max(Instant::compareTo)
                .filter(blemish -> blemish.isAfter(firstCall))
                .map(CleanPeriods::dayAfter)
                .orElse(firstCall);
        LocalDate first = LocalDate.ofInstant(since, SHANGHAI);
        return new Period(
                first,
                Math.max(0, ChronoUnit.DAYS.between(first, LocalDate.now(clock.withZone(SHANGHAI)))),
                records.countCalls(employeeId, since, clock.instant()));
    }

    private static Instant dayAfter(Instant moment) {
        return LocalDate.ofInstant(moment, SHANGHAI)
                .plusDays(1)
                .atStartOfDay(SHANGHAI)
                .toInstant();
    }

    private Optional<Instant> moment(String sql, String employeeId) {
        return jdbc.sql(sql)
                .param("employee", employeeId)
                .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .single();
    }

    /** Tells somebody in writing that the work was good; once for the days that begin with the first one. */
    @Transactional
    public void recognise(String employeeId, long days, long calls) {
        LocalDate first = LocalDate.now(clock.withZone(SHANGHAI)).minusDays(days);
        conduct.recogniseOnce(
                employeeId,
                "CLEAN " + employeeId + " " + first,
                texts.of("recognition", first.toString(), String.valueOf(days), String.valueOf(calls)));
    }
}
