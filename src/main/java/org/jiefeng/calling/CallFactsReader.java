package org.jiefeng.calling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jiefeng.account.Account.Status;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads in one question everything the call check must know: what other rooms wrote about the person is read here and
 * nowhere written, because four round trips a call would be three too many.
 */
@Component
class CallFactsReader {

    /**
     * Consent and refusal are given to the company, counters and conditions belong to the person. Terms in a carrier's own
     * words and checks of recordings are no matter of a single call. While a certificate is being renewed it holds to its
     * end, so that training is not owed.
     *
     * <p>The moments stand in a row of their own that is not merged: PostgreSQL, seeing them as constants, would plan the
     * whole question anew each time, which takes it longer than the answer.
     */
    private static final String FACTS = """
            select a.employee_id, a.status, a.calling_open,
                exists (select 1 from enrolment e
                        where e.employee_id = a.employee_id and e.renews is null
                          and not exists (select 1 from certificate f
                                          where f.employee_id = e.employee_id and f.enrolment_id >= e.id)
                          and not exists (select 1 from appeal p
                                          where p.number = e.business_key and p.outcome in ('LIFTED', 'WITHDRAWN')))
                    as training_due,
                (select max(f.valid_to) from certificate f where f.employee_id = a.employee_id) as certified_to,
                exists (select 1 from do_not_call d where d.callee_index = :callee and d.listed_at <= t.now) as refused,
                exists (select 1 from complaint m where m.callee_index = :callee and m.received_at <= t.now) as complained,
                exists (select 1 from consent_proof s
                        where s.callee_index = :callee and s.given_at <= t.now
                          and (s.valid_to is null or s.valid_to > t.now)
                          and (s.withdrawn_at is null or s.withdrawn_at > t.now)) as consented,
                (select count(*) from call_record c
                 where c.employee_id = a.employee_id and c.started_at >= t.midnight) as today,
                (select count(*) from call_record c
                 where c.employee_id = a.employee_id and c.started_at > t.hour_ago) as last_hour,
                (select max(c.started_at) from call_record c where c.employee_id = a.employee_id) as last_call,
                (select count(*) from call_record c
                 where c.callee_index = :callee and c.employee_id = a.employee_id and c.started_at >= t.midnight)
                    as callee_today,
                (select max(c.started_at) from call_record c
                 where c.callee_index = :callee and c.employee_id = a.employee_id) as last_call_to_callee,
                (select string_agg(r.kind || '=' || r.rule_value, ';') from release_condition r
                 where r.employee_id = a.employee_id and r.kind not in ('CARRIER_TERM', 'QUALITY_CHECK')
                   and (r.kind <> 'BARRED_NUMBER' or r.rule_value = :callee)
                   and r.valid_from <= t.now
                   and (r.valid_to is null or r.valid_to > t.now)) as conditions
            from card k
            join account a on a.open_card_id = k.id
            cross join (select cast(:now as timestamp with time zone) as now,
                            cast(:midnight as timestamp with time zone) as midnight,
                            cast(:hour_ago as timestamp with time zone) as hour_ago
                        offset 0 rows) t
            where k.mobile_index = :caller
            """;

    private final JdbcClient jdbc;

    CallFactsReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty when no account in use has the caller's number. */
    Optional<CallFacts> read(String callerIndex, String calleeIndex, Instant now) {
        return jdbc.sql(FACTS)
                .param("caller", callerIndex)
                .param("callee", calleeIndex)
                .param("now", at(now))
                .param("hour_ago", at(now.minusSeconds(3600)))
                .param(
                        "midnight",
                        at(now.atZone(WorkingCalendar.ZONE)
                                .toLocalDate()
                                .atStartOfDay(WorkingCalendar.ZONE)
                                .toInstant()))
                .query((row, n) -> new CallFacts(
                        row.getString("employee_id"),
                        Status.valueOf(row.getString("status")),
                        row.getBoolean("calling_open"),
                        row.getBoolean("training_due"),
                        row.getObject("certified_to", LocalDate.class),
                        row.getBoolean("refused"),
                        row.getBoolean("complained"),
                        row.getBoolean("consented"),
                        row.getLong("today"),
                        row.getLong("last_hour"),
                        instant(row, "last_call"),
                        row.getLong("callee_today"),
                        instant(row, "last_call_to_callee"),
                        conditions(row.getString("conditions"))))
                .optional();
    }

    /** When the n-th latest call of the last hour began: an hour later one more may follow it. */
    Optional<Instant> latestButFor(String employeeId, long n, Instant now) {
        return jdbc.sql("""
                        select started_at from call_record
                        where employee_id = :employee and started_at > :hour_ago
                        order by started_at desc
                        offset :skip rows fetch next 1 row only
                        """)
                .param("employee", employeeId)
                .param("hour_ago", at(now.minusSeconds(3600)))
                .param("skip", n - 1)
                .query((row, i) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    private static List<CallFacts.Condition> conditions(@Nullable String joined) {
        if (joined == null) {
            return List.of();
        }
        return Arrays.stream(joined.split(";"))
                .map(text -> text.split("=", 2))
                .map(parts -> new CallFacts.Condition(parts[0], parts[1]))
                .toList();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
