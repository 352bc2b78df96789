package org.jiefeng.calling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jiefeng.account.Account;
import org.jiefeng.account.Account.Status;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConductRecord;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.Timeline;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Cases of {@code call-prevention}: opened, measured, warned, stopped, resumed and closed. */
@Service
class RiskCases {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final JdbcClient jdbc;
    private final CallingRecords records;
    private final CallingProperties properties;
    private final CallingTexts texts;
    private final Accounts accounts;
    private final Employees employees;
    private final CaseSheet caseSheet;
    private final ConductRecord conduct;
    private final Timeline timeline;
    private final Clock clock;

    RiskCases(
            JdbcClient jdbc,
            CallingRecords records,
            CallingProperties properties,
            CallingTexts texts,
            Accounts accounts,
            Employees employees,
            CaseSheet caseSheet,
            ConductRecord conduct,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.records = records;
        this.properties = properties;
        this.texts = texts;
        this.accounts = accounts;
        this.employees = employees;
        this.caseSheet = caseSheet;
        this.conduct = conduct;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** The case of an employee that is not closed, by number. */
    Optional<String> openOf(String employeeId) {
        return jdbc.sql("select number from risk_case where open_employee_id = :employee")
                .param("employee", employeeId)
                .query(String.class)
                .optional();
    }

    /**
     * Opens a case.
     *
     * @return its number, the business key of {@code call-prevention}
     * @throws ConflictException when the employee has one already; two findings racing end here
     */
    @Transactional
    String open(String employeeId, String violation) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into risk_case_number (drawn_at) values (:now)")
                .param("now", now())
                .update(key, "id");
        String number = "RK-%d-%06d"
                .formatted(
                        LocalDate.now(clock.withZone(SHANGHAI)).getYear(),
                        Objects.requireNonNull(key.getKey(), "no number drawn").longValue());
        try {
            jdbc.sql("""
                            insert into risk_case (number, employee_id, violation, opened_at, open_employee_id)
                            values (:number, :employee, :violation, :now, :employee)
                            """)
                    .param("number", number)
                    .param("employee", employeeId)
                    .param("violation", violation)
                    .param("now", now())
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConflictException("A risk case of " + employeeId + " is open already");
        }
        return number;
    }

    /** Closes a case; calling it twice does no harm. */
    @Transactional
    void close(String number) {
        jdbc.sql("""
                        update risk_case set closed_at = :now, open_employee_id = null
                        where number = :number and closed_at is null
                        """).param("now", now()).param("number", number).update();
    }

    /** Everybody whose figures may say something today. */
    List<String> candidates() {
        Instant now = clock.instant();
        return records.employees(now.minus(Duration.ofDays(properties.riskPeriodDays())), now);
    }

    /** The figures of the period; what an earlier case was about already does not count a second time. */
    CallRisk measure(String employeeId) {
        Instant now = clock.instant();
        Instant from = now.minus(Duration.ofDays(properties.riskPeriodDays()));
        Instant settled = jdbc.sql("select max(closed_at) from risk_case where employee_id = :employee")
                .param("employee", employeeId)
                .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)
                        .orElse(Instant.EPOCH))
                .single();
        Instant since = settled.isAfter(from) ? settled : from;
        return new CallRisk(
                records.countCalls(employeeId, since, now), records.countComplaints(employeeId, since, now));
    }

    /** The figures for a case under way, kept with it and published for its forms. */
    @Transactional
    CallRisk measure(String number, String employeeId, String violation) {
        CallRisk risk = measure(employeeId);
        jdbc.sql("update risk_case set calls = :calls, complaints = :complaints where number = :number")
                .param("calls", risk.calls())
                .param("complaints", risk.complaints())
                .param("number", number)
                .update();
        caseSheet.write(number, "appealNumber", number);
        caseSheet.write(number, "employeeName", employees.get(employeeId).name());
        String masks = accounts.ofEmployee(employeeId).stream()
                .map(Account::mobileMask)
                .collect(Collectors.joining(", "));
        if (!masks.isEmpty()) {
            caseSheet.write(number, "accountMask", masks);
        }
        caseSheet.write(
                number,
                "riskText",
                texts.of(
                        "risk",
                        texts.violation(violation),
                        properties.riskPeriodDays(),
                        String.valueOf(risk.calls()),
                        String.valueOf(risk.complaints())));
        timeline.record(number, "system", "RISK_MEASURED", violation);
        return risk;
    }

    String responsibleManager(String employeeId) {
        return employees.responsibleManager(employeeId);
    }

    /** Tells the employee in writing what was wrong (R52). */
    @Transactional
    void warn(String number, String employeeId, String violation) {
        conduct.warnOnce(employeeId, number, violation, texts.of("warning", texts.violation(violation), number));
        timeline.record(number, "system", "WARNING_RECORDED", violation);
    }

    /**
     * Stops every call of an employee.
     *
     * @param confirmedBy the person who decided so; a rule alone never stops anybody (PIPL art. 24)
     */
    @Transactional
    void stop(String number, String employeeId, String confirmedBy) {
        accounts.ofEmployee(employeeId).stream().filter(Account::callingOpen).forEach(account -> {
            accounts.pauseCalling(account.id(), account.status(), "STOPPED_BY_COMPANY");
            jdbc.sql("""
                            insert into calling_stop (risk_case, employee_id, account_id, stopped_by, stopped_at)
                            values (:number, :employee, :account, :by, :now)
                            """)
                    .param("number", number)
                    .param("employee", employeeId)
                    .param("account", account.id())
                    .param("by", confirmedBy)
                    .param("now", now())
                    .update();
        });
        timeline.record(number, confirmedBy, "CALLING_STOPPED", null);
    }

    /**
     * Lets go out again what this case stopped, and closes it. An account that is suspended or under review by now stays
     * closed: its appeal decides about it. So does everything when a required training was not passed.
     */
    @Transactional
    void resume(String number, boolean trainingPassed) {
        List<String> stopped = jdbc.sql(
                        "select account_id from calling_stop where risk_case = :number and resumed_at is null")
                .param("number", number)
                .query(String.class)
                .list();
        boolean kept = false;
        for (String accountId : stopped) {
            Account account = accounts.get(accountId);
            if (!trainingPassed || (account.status() != Status.ACTIVE && account.status() != Status.PROBATION)) {
                kept = true;
                continue;
            }
            accounts.openCalling(accountId, account.status());
            jdbc.sql("update calling_stop set resumed_at = :now where risk_case = :number and account_id = :account")
                    .param("now", now())
                    .param("number", number)
                    .param("account", accountId)
                    .update();
        }
        if (!stopped.isEmpty()) {
            timeline.record(number, "system", kept ? "CALLING_KEPT_STOPPED" : "CALLING_RESUMED", null);
        }
        close(number);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
