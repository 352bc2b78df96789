package org.jiefeng.calling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The calls, complaints, consents and refusals on record. Periods include their first moment and not their last. */
@Service
class CallingRecords {

    private static final RowMapper<Call> CALL = (row, n) -> new Call(
            row.getString("call_reference"),
            row.getString("employee_id"),
            row.getString("account_id"),
            row.getString("callee_index"),
            row.getString("callee_mask"),
            row.getObject("started_at", OffsetDateTime.class).toInstant(),
            row.getInt("duration_seconds"),
            Call.Outcome.valueOf(row.getString("outcome")),
            row.getString("script_code"));

    private static final RowMapper<Complaint> COMPLAINT = (row, n) -> new Complaint(
            row.getString("reference"),
            row.getString("employee_id"),
            row.getString("account_id"),
            row.getString("callee_index"),
            row.getString("callee_mask"),
            row.getObject("received_at", OffsetDateTime.class).toInstant(),
            Complaint.Source.valueOf(row.getString("source")),
            Complaint.Kind.valueOf(row.getString("kind")),
            instant(row, "answered_at"),
            row.getString("answer"));

    private static final RowMapper<Consent> CONSENT = (row, n) -> new Consent(
            row.getString("reference"),
            row.getString("callee_index"),
            row.getString("callee_mask"),
            row.getObject("given_at", OffsetDateTime.class).toInstant(),
            instant(row, "valid_to"),
            instant(row, "withdrawn_at"),
            Consent.Channel.valueOf(row.getString("channel")));

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    CallingRecords(JdbcClient jdbc, DataSource dataSource) {
        this.jdbc = jdbc;
        this.batches = new JdbcTemplate(dataSource);
    }

    /**
     * Adds calls, many at once.
     *
     * @throws DuplicateKeyException when one of them was added meanwhile; then none of them is
     */
    @Transactional
    void add(List<Call> calls) {
        batches.batchUpdate(
                """
                insert into call_record (call_reference, employee_id, account_id, callee_index, callee_mask,
                    started_at, duration_seconds, outcome, script_code)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                calls.stream()
                        .map(call -> new Object[] {
                            call.reference(),
                            call.employeeId(),
                            call.accountId(),
                            call.calleeIndex(),
                            call.calleeMask(),
                            at(call.startedAt()),
                            call.durationSeconds(),
                            call.outcome().name(),
                            call.scriptCode()
                        })
                        .toList());
    }

    /** How the calls of these references stand, as far as we know them. */
    Map<String, Call.Outcome> outcomes(Collection<String> references) {
        Map<String, Call.Outcome> found = new HashMap<>();
        jdbc.sql("select call_reference, outcome from call_record where call_reference in (:references)")
                .param("references", references)
                .query((row, n) -> found.put(row.getString(1), Call.Outcome.valueOf(row.getString(2))))
                .list();
        return found;
    }

    /** Notes how calls ended that were under way. */
    @Transactional
    void end(List<Call> calls) {
        batches.batchUpdate(
                """
                update call_record set duration_seconds = ?, outcome = ?
                where call_reference = ? and outcome = 'UNDERWAY'
                """,
                calls.stream()
                        .map(call -> new Object[] {
                            call.durationSeconds(), call.outcome().name(), call.reference()
                        })
                        .toList());
    }

    @Transactional
    void add(Complaint complaint) {
        jdbc.sql("""
                        insert into complaint (reference, employee_id, account_id, callee_index, callee_mask,
                            received_at, source, kind, answered_at, answer)
                        values (:reference, :employee, :account, :index, :mask, :received, :source, :kind, :answered,
                            :answer)
                        """)
                .param("reference", complaint.reference())
                .param("employee", complaint.employeeId())
                .param("account", complaint.accountId())
                .param("index", complaint.calleeIndex())
                .param("mask", complaint.calleeMask())
                .param("received", at(complaint.receivedAt()))
                .param("source", complaint.source().name())
                .param("kind", complaint.kind().name())
                .param("answered", at(complaint.answeredAt()))
                .param("answer", complaint.answer())
                .update();
    }

    @Transactional
    void add(Consent consent) {
        jdbc.sql("""
                        insert into consent_proof (reference, callee_index, callee_mask, given_at, valid_to,
                            withdrawn_at, channel)
                        values (:reference, :index, :mask, :given, :validTo, :withdrawn, :channel)
                        """)
                .param("reference", consent.reference())
                .param("index", consent.calleeIndex())
                .param("mask", consent.calleeMask())
                .param("given", at(consent.givenAt()))
                .param("validTo", at(consent.validTo()))
                .param("withdrawn", at(consent.withdrawnAt()))
                .param("channel", consent.channel().name())
                .update();
    }

    /** Lists a number nobody calls any more; the first reason stays. */
    @Transactional
    void bar(String calleeIndex, String calleeMask, Instant listedAt, String reason) {
        jdbc.sql("""
                        insert into do_not_call (callee_index, callee_mask, listed_at, reason)
                        select :index, :mask, :listed, :reason
                        where not exists (select 1 from do_not_call where callee_index = :index)
                        """)
                .param("index", calleeIndex)
                .param("mask", calleeMask)
                .param("listed", at(listedAt))
                .param("reason", reason)
                .update();
    }

    /** The calls of an account, oldest first. */
    List<Call> callsOfAccount(String accountId, Instant from, Instant to) {
        return calls("account_id", accountId, from, to);
    }

    /** The calls of a person on every card, oldest first. */
    List<Call> callsOfEmployee(String employeeId, Instant from, Instant to) {
        return calls("employee_id", employeeId, from, to);
    }

    private List<Call> calls(String column, String key, Instant from, Instant to) {
        return jdbc.sql("select * from call_record where " + column
                        + " = :key and started_at >= :from and started_at < :to order by started_at, id")
                .param("key", key)
                .param("from", at(from))
                .param("to", at(to))
                .query(CALL)
                .list();
    }

    boolean isComplaintKnown(String reference) {
        return jdbc.sql("select count(*) from complaint where reference = :reference")
                        .param("reference", reference)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Notes that a probation is told of a violation.
     *
     * @return false when it was told already
     */
    @Transactional
    boolean reportOnce(String employeeId, String violation, LocalDate violatedOn) {
        return jdbc.sql("""
                                insert into reported_violation (employee_id, violation, violated_on)
                                select :employee, :violation, cast(:on as date)
                                where not exists (
                                    select 1 from reported_violation
                                    where employee_id = :employee and violation = :violation and violated_on = :on)
                                """)
                        .param("employee", employeeId)
                        .param("violation", violation)
                        .param("on", violatedOn)
                        .update()
                > 0;
    }

    /** The complaints about a person, oldest first. */
    List<Complaint> complaints(String employeeId, Instant from, Instant to) {
        return jdbc.sql("""
                        select * from complaint
                        where employee_id = :employee and received_at >= :from and received_at < :to
                        order by received_at, id
                        """)
                .param("employee", employeeId)
                .param("from", at(from))
                .param("to", at(to))
                .query(COMPLAINT)
                .list();
    }

    /** The consents of those whom an account called in a period, as far as they held when the call was made. */
    List<Consent> consents(String accountId, Instant from, Instant to) {
        return jdbc.sql("""
                        select * from consent_proof p where exists (
                            select 1 from call_record c
                            where c.account_id = :account and c.started_at >= :from and c.started_at < :to
                              and c.callee_index = p.callee_index and p.given_at <= c.started_at
                              and (p.valid_to is null or p.valid_to > c.started_at)
                              and (p.withdrawn_at is null or p.withdrawn_at > c.started_at))
                        order by p.given_at, p.id
                        """)
                .param("account", accountId)
                .param("from", at(from))
                .param("to", at(to))
                .query(CONSENT)
                .list();
    }

    /** Everybody who called or was complained about in a period. */
    List<String> employees(Instant from, Instant to) {
        return jdbc.sql("""
                        select employee_id from call_record where started_at >= :from and started_at < :to
                        union
                        select employee_id from complaint where received_at >= :from and received_at < :to
                        order by employee_id
                        """)
                .param("from", at(from))
                .param("to", at(to))
                .query(String.class)
                .list();
    }

    long countCalls(String employeeId, Instant from, Instant to) {
        return count("""
                select count(*) from call_record
                where employee_id = :employee and started_at >= :from and started_at < :to
                """, employeeId, from, to);
    }

    long countComplaints(String employeeId, Instant from, Instant to) {
        return count("""
                select count(*) from complaint
                where employee_id = :employee and received_at >= :from and received_at < :to
                """, employeeId, from, to);
    }

    /** Calls to numbers that were on the do-not-call list already. */
    long countCallsToBarred(String employeeId, Instant from, Instant to) {
        return count("""
                select count(*) from call_record c
                where c.employee_id = :employee and c.started_at >= :from and c.started_at < :to
                  and exists (select 1 from do_not_call d
                              where d.callee_index = c.callee_index and d.listed_at <= c.started_at)
                """, employeeId, from, to);
    }

    /** Calls to people who had complained already. */
    long countCallsToComplainants(String employeeId, Instant from, Instant to) {
        return count("""
                select count(*) from call_record c
                where c.employee_id = :employee and c.started_at >= :from and c.started_at < :to
                  and exists (select 1 from complaint p
                              where p.callee_index = c.callee_index and p.received_at <= c.started_at)
                """, employeeId, from, to);
    }

    /** Calls without a consent that held at the time. */
    long countCallsWithoutConsent(String employeeId, Instant from, Instant to) {
        return count("""
                select count(*) from call_record c
                where c.employee_id = :employee and c.started_at >= :from and c.started_at < :to
                  and not exists (select 1 from consent_proof p
                                  where p.callee_index = c.callee_index and p.given_at <= c.started_at
                                    and (p.valid_to is null or p.valid_to > c.started_at)
                                    and (p.withdrawn_at is null or p.withdrawn_at > c.started_at))
                """, employeeId, from, to);
    }

    private long count(String sql, String employeeId, Instant from, Instant to) {
        return jdbc.sql(sql)
                .param("employee", employeeId)
                .param("from", at(from))
                .param("to", at(to))
                .query(Long.class)
                .single();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
