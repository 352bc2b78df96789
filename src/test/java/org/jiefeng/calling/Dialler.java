package org.jiefeng.calling;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Account.Status;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Employees;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.account.Vault;
import org.jiefeng.app.Postgres;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;

/** The call check over a real database, and everything that bears upon a call as other rooms write it. */
final class Dialler implements AutoCloseable {

    static final CallingProperties HOUSE =
            new CallingProperties(LocalTime.of(9, 0), LocalTime.of(21, 0), 3, 30, 15, 60, 50, 7, 30);

    final TestRoom room;
    private final HikariDataSource database;
    private int people;
    private int calls;

    private Dialler(HikariDataSource database, Duration patience) {
        this.database = database;
        room = TestRoom.on(database, context -> {
            context.registerBean(CallingProperties.class, () -> HOUSE);
            context.registerBean(
                    CallCheckProperties.class, () -> new CallCheckProperties(patience, 4, 100, Set.of("FILED")));
            context.registerBean(WorkingCalendar.class, WorkingCalendar::asDelivered);
            context.register(
                    CallingRecords.class,
                    CallingTexts.class,
                    CallFactsReader.class,
                    CallRules.class,
                    CallCheck.class,
                    CallReports.class);
        });
        Employees employees = room.get(Employees.class);
        employees.addDepartment("sales", "Telesales", "manager", "deputy");
    }

    static Dialler onH2() {
        // A pool, because the model asks a hundred thousand times; patience, because the first question is slow.
        return on(pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa"), Duration.ofSeconds(20));
    }

    static Dialler onPostgres() {
        return on(pool(Postgres.freshDatabase(), "postgres"), Duration.ofSeconds(20));
    }

    static Dialler on(HikariDataSource database, Duration patience) {
        return new Dialler(database, patience);
    }

    static HikariDataSource pool(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }

    /** A new employee; cards are given with {@link #card}. */
    String employee() {
        String id = "seller-" + ++people;
        room.get(Employees.class).add(id, "Li Na", "sales", "110101199001010007");
        return id;
    }

    /** A card in use by somebody since a moment; returns its number. */
    String card(String employee, Instant opened) {
        String mobile = "137%08d".formatted(++people);
        String account = room.get(Accounts.class)
                .open(employee, Carrier.CHINA_MOBILE, mobile, "8986001234567%07d".formatted(people));
        room.jdbc()
                .sql("update account set opened_at = :opened where id = :id")
                .param("opened", opened.atOffset(ZoneOffset.UTC))
                .param("id", account)
                .update();
        return mobile;
    }

    void account(String mobile, Status status, boolean open) {
        Accounts accounts = room.get(Accounts.class);
        String id = accounts.findByMobile(Carrier.CHINA_MOBILE, mobile)
                .orElseThrow()
                .id();
        if (open) {
            accounts.openCalling(id, status);
        } else {
            accounts.pauseCalling(id, status, "OUTBOUND_BARRED");
        }
    }

    void bind(String employee, String kind, String value, Instant from, @Nullable Instant to) {
        room.jdbc()
                .sql("""
                        insert into release_condition (appeal_number, employee_id, kind, rule_value, origin, source_text,
                            from_day, to_day, valid_from, valid_to)
                        values ('AP-2026-000001', :employee, :kind, :value, 'CARRIER', :kind, 1, null, :from, :to)
                        """)
                .param("employee", employee)
                .param("kind", kind)
                .param("value", value)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to == null ? null : to.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The step of the release from now on, as the probation writes it. */
    void step(String employee, long calls, Instant at) {
        room.jdbc()
                .sql("""
                        update release_condition set valid_to = :at
                        where employee_id = :employee and origin = 'STEP' and valid_to is null
                        """)
                .param("employee", employee)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
        room.jdbc()
                .sql("""
                        insert into release_condition (appeal_number, employee_id, kind, rule_value, origin, source_text,
                            from_day, to_day, valid_from, valid_to)
                        values ('AP-2026-000001', :employee, 'DAILY_CAP', :calls, 'STEP', 'STEP', 1, null, :at, null)
                        """)
                .param("employee", employee)
                .param("calls", String.valueOf(calls))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Ends every condition of a person, as the end of probation does. */
    void release(String employee, Instant at) {
        room.jdbc()
                .sql("""
                        update release_condition set valid_to = :at
                        where employee_id = :employee and (valid_to is null or valid_to > :at)
                        """)
                .param("employee", employee)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Orders retraining in a case; returns the enrolment. */
    long enrol(String employee, String businessKey, Instant at) {
        room.jdbc()
                .sql("""
                        insert into enrolment (business_key, employee_id, courses, pass_mark, enrolled_at)
                        values (:key, :employee, 'CADENCE', 80, :at)
                        """)
                .param("key", businessKey)
                .param("employee", employee)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
        return room.jdbc()
                .sql("select max(id) from enrolment where employee_id = :employee")
                .param("employee", employee)
                .query(Long.class)
                .single();
    }

    void certify(String employee, long enrolment, Instant at, LocalDate validTo) {
        room.jdbc()
                .sql("""
                        insert into certificate (number, enrolment_id, employee_id, courses, issued_at, signed_by, valid_to)
                        values (:number, :enrolment, :employee, 'CADENCE', :at, 'manager', :to)
                        """)
                .param("number", "CT-" + enrolment)
                .param("enrolment", enrolment)
                .param("employee", employee)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("to", validTo)
                .update();
    }

    void consent(String callee, Instant from, @Nullable Instant to) {
        records()
                .add(new Consent(
                        "CP-" + ++calls,
                        index(callee),
                        MobileNumber.mask(callee),
                        from,
                        to,
                        null,
                        Consent.Channel.WEB));
    }

    /** The callee opts out: listed, and the consent is withdrawn. */
    void optOut(String callee, Instant at) {
        records().bar(index(callee), MobileNumber.mask(callee), at, "CALLEE_REFUSED");
    }

    void complain(String callee, String employee, Instant at) {
        records()
                .add(new Complaint(
                        "CM-" + ++calls,
                        employee,
                        null,
                        index(callee),
                        MobileNumber.mask(callee),
                        at,
                        Complaint.Source.CUSTOMER,
                        Complaint.Kind.ATTITUDE,
                        null,
                        null));
    }

    /** Reports a call that began at this moment. */
    CallReports.Receipt called(String caller, String callee, Instant at) {
        return report(new CallReports.Report("D-" + ++calls, caller, callee, at.toString(), 30, "ANSWERED", null));
    }

    CallReports.Receipt report(CallReports.Report... reports) {
        return room.get(CallReports.class).record(List.of(reports));
    }

    CallAnswer mayCall(String caller, String callee) {
        return check(new CallRequest(caller, callee, null, null, null));
    }

    CallAnswer check(CallRequest request) {
        return room.get(CallCheck.class).check(request);
    }

    CallingRecords records() {
        return room.get(CallingRecords.class);
    }

    String index(String number) {
        return room.get(Vault.class).index(number);
    }

    @Override
    public void close() {
        room.close();
        database.close();
    }
}
