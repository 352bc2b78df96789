package org.jiefeng.calling;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jiefeng.appeal.WorkRecords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** An employee's calls, complaints and risk cases, counted by week for the repeat report (R67). */
@Component
class WorkHistory implements WorkRecords {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final JdbcClient jdbc;
    private final CallingRecords records;

    WorkHistory(JdbcClient jdbc, CallingRecords records) {
        this.jdbc = jdbc;
        this.records = records;
    }

    @Override
    public List<Week> weeks(String employeeId, Instant from, Instant to) {
        List<Week> weeks = new ArrayList<>();
        Instant start = from;
        while (start.isBefore(to)) {
            LocalDate day = LocalDate.ofInstant(start, SHANGHAI);
            Instant monday = day.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                    .atStartOfDay(SHANGHAI)
                    .toInstant();
            Instant end = monday.isBefore(to) ? monday : to;
            Week week = week(employeeId, day, start, end);
            if (week.calls() + week.complaints() + week.violations() > 0) {
                weeks.add(week);
            }
            start = end;
        }
        return weeks;
    }

    private Week week(String employeeId, LocalDate day, Instant from, Instant to) {
        long complaints = records.countComplaints(employeeId, from, to);
        long violations = jdbc.sql("""
                        select count(*) from risk_case
                        where employee_id = :employee and opened_at >= :from and opened_at < :to
                        """)
                .param("employee", employeeId)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        return jdbc.sql("""
                        select count(*) as calls,
                            count(case when outcome = 'ANSWERED' then 1 end) as connected,
                            coalesce(sum(case when outcome = 'ANSWERED' then duration_seconds end), 0) as seconds
                        from call_record
                        where employee_id = :employee and started_at >= :from and started_at < :to
                        """)
                .param("employee", employeeId)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Week(
                        day,
                        row.getLong("calls"),
                        row.getLong("connected"),
                        row.getLong("connected") == 0 ? 0 : row.getLong("seconds") / row.getLong("connected"),
                        complaints,
                        violations))
                .single();
    }
}
