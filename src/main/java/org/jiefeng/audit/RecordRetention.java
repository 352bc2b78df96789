package org.jiefeng.audit;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.process.CaseMessenger;
import org.jiefeng.process.RetentionProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What expires by itself rather than with an appeal: records of people, calls and carriers, other cases than appeals, and
 * what the engine remembers of itself. People with an open or held appeal lose nothing that could belong to it.
 */
@Component
class RecordRetention {

    private static final String KEPT = "(a.outcome is null or " + LegalHolds.HELD + ")";

    private static final String PERSON_IS_KEPT =
            "exists (select 1 from appeal a where a.employee_id = t.employee_id and " + KEPT + ")";

    private static final String OF_NO_APPEAL = "not exists (select 1 from appeal a where a.number = t.appeal_number)";

    /**
     * Rows of a table that go one by one.
     *
     * @param key its primary key
     * @param expired condition on {@code t}; {@code :before} is the moment and {@code :day} the day of the rule
     */
    private record Rows(DataKind kind, String table, String key, String expired) {}

    /** In this order: who refers to a row goes before it. */
    private static final List<Rows> ROWS = List.of(
            new Rows(DataKind.CALL_RECORD, "call_record", "id", "t.started_at <= :before and not " + PERSON_IS_KEPT),
            new Rows(DataKind.COMPLAINT, "complaint", "id", "t.received_at <= :before and not " + PERSON_IS_KEPT),
            new Rows(DataKind.CONSENT_PROOF, "consent_proof", "id", """
                    (t.valid_to <= :before or t.withdrawn_at <= :before)
                    and not exists (
                        select 1 from call_record c join appeal a on a.employee_id = c.employee_id
                        where c.callee_index = t.callee_index and %s)
                    """.formatted(KEPT)),
            new Rows(DataKind.DO_NOT_CALL, "do_not_call", "callee_index", "t.listed_at <= :before"),
            new Rows(DataKind.CONDUCT, "conduct_note", "id", "t.noted_at <= :before and not " + PERSON_IS_KEPT),
            new Rows(DataKind.ANOMALY, "anomaly_report", "id", "t.answered_at <= :before and not " + PERSON_IS_KEPT),
            new Rows(DataKind.ABSENCE, "absence", "id", "coalesce(t.last_day, cast(t.ended_at as date)) <= :day"),
            new Rows(DataKind.NOTIFICATION, "notification", "id", """
                    coalesce(t.sent_at, t.created_at) <= :before and t.state <> 'WAITING'
                    and not exists (select 1 from appeal a where a.number = t.appeal_number and %s)
                    """.formatted(KEPT)),
            new Rows(
                    DataKind.NOTIFICATION,
                    "overdue_told",
                    "task_id",
                    "t.due_at <= :before and not exists (select 1 from act_ru_task r where r.id_ = t.task_id)"),
            new Rows(
                    DataKind.CARRIER_MESSAGE,
                    "carrier_matter",
                    "id",
                    "t.opened_at <= :before and t.settled_at is not null and " + OF_NO_APPEAL),
            new Rows(DataKind.CARRIER_MESSAGE, "carrier_event", "id", """
                    t.received_at <= :before and t.settled_at is not null and %s
                    and not exists (select 1 from carrier_matter m where m.inbox_id = t.id)
                    """.formatted(OF_NO_APPEAL)),
            new Rows(DataKind.CARRIER_MESSAGE, "notice", "id", "t.received_at <= :before and t.appeal_number is null"),
            new Rows(DataKind.CARRIER_MESSAGE, "incident", "id", """
                    t.opened_at <= :before
                    and not exists (select 1 from incident_appeal i where i.incident_id = t.id)
                    """),
            // No personal data; kept as long as anybody looks.
            new Rows(DataKind.HOUSEKEEPING, "act_ru_task_meter_log", "id_", "t.timestamp_ <= :before"),
            new Rows(DataKind.HOUSEKEEPING, "act_ru_meter_log", "id_", "t.timestamp_ <= :before"),
            // Start timers belong to no process instance; neither do their failures.
            new Rows(DataKind.HOUSEKEEPING, "act_ge_bytearray", "id_", """
                    t.id_ in (select l.job_exception_stack_id_ from act_hi_job_log l
                        where l.process_instance_id_ is null and l.timestamp_ <= :before)
                    """),
            new Rows(
                    DataKind.HOUSEKEEPING,
                    "act_hi_job_log",
                    "id_",
                    "t.process_instance_id_ is null and t.timestamp_ <= :before"),
            new Rows(
                    DataKind.HOUSEKEEPING,
                    "act_hi_incident",
                    "id_",
                    "t.proc_inst_id_ is null and t.end_time_ <= :before"),
            new Rows(
                    DataKind.OPERATION_LOG,
                    "act_hi_op_log",
                    "id_",
                    "t.proc_inst_id_ is null and t.timestamp_ <= :before"),
            new Rows(DataKind.DELETION, "deletion", "id", "t.deleted_at <= :before"));

    /**
     * Cases other than appeals, known by how their numbers begin; {@code null}: those without a number.
     *
     * @param expired condition on the process instance {@code p} beside its end
     */
    private record Cases(DataKind kind, String numbers, String expired) {}

    private static final List<Cases> CASES = List.of(
            new Cases(DataKind.TRAINING, "p.business_key_ like 'CR-%'", ""),
            new Cases(DataKind.CONDUCT, "p.business_key_ like 'RC-%'", ""),
            new Cases(DataKind.ANOMALY, "p.business_key_ like 'AN-%'", ""),
            new Cases(DataKind.ABSENCE, "p.business_key_ like 'AB-%'", ""),
            new Cases(
                    DataKind.HOUSEKEEPING,
                    "(p.business_key_ is null or p.business_key_ like '" + CaseMessenger.DELETION + "%')",
                    ""),
            // What is left of an appeal or a case of prevention that is gone itself.
            new Cases(DataKind.CASE, "(p.business_key_ like 'AP-%' or p.business_key_ like 'RK-%')", """
                     and not exists (select 1 from appeal a where a.number = p.business_key_)
                     and not exists (select 1 from risk_case k where k.number = p.business_key_)
                    """));

    private final JdbcClient jdbc;
    private final RetentionRules rules;
    private final CaseTrail trail;
    private final Deletions deletions;
    private final HistoryService history;
    private final RetentionProperties properties;

    /** @param history lazy, because delegates may be made while the engine is still being built */
    RecordRetention(
            JdbcClient jdbc,
            RetentionRules rules,
            CaseTrail trail,
            Deletions deletions,
            @Lazy HistoryService history,
            RetentionProperties properties) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.trail = trail;
        this.deletions = deletions;
        this.history = history;
        this.properties = properties;
    }

    /** What went in one transaction, by kind, and whether there may be more. */
    private static final class Tally {
        private final Map<DataKind, Deletions.Amount> amounts = new EnumMap<>(DataKind.class);
        private boolean more;

        void add(DataKind kind, Deletions.Amount amount) {
            amounts.merge(kind, amount, Deletions.Amount::plus);
        }
    }

    /**
     * Deletes a portion of each kind.
     *
     * @param run who deletes, for the evidence
     * @return whether there may be more
     */
    @Transactional
    boolean deletePortion(String run) {
        Map<DataKind, RetentionRules.Rule> now = rules.now();
        Tally tally = new Tally();
        ROWS.forEach(rows -> rows(rows, rule(now, rows.kind()), tally));
        reportedViolations(rule(now, DataKind.CALL_RECORD), tally);
        absenceNotes(rule(now, DataKind.ABSENCE_NOTE), tally);
        training(rule(now, DataKind.TRAINING), tally);
        CASES.forEach(cases -> otherCases(cases, rule(now, cases.kind()), tally));
        // After the others: the engine still shows what goes here until the step is over.
        preventionCases(rule(now, DataKind.PREVENTION), run, tally);
        decisions(rule(now, DataKind.DECISION_LOG), tally);
        peopleWhoLeft(rule(now, DataKind.EMPLOYEE), tally);
        tally.amounts.forEach((kind, amount) -> deletions.record(rule(now, kind), null, amount, null, run));
        return tally.more;
    }

    private void rows(Rows rows, RetentionRules.Rule rule, Tally tally) {
        rule.expiredBefore().ifPresent(before -> {
            int deleted = jdbc.sql("""
                            delete from %1$s where %2$s in (
                                select t.%2$s from %1$s t where %3$s order by t.%2$s fetch first %4$d rows only)
                            """.formatted(rows.table(), rows.key(), rows.expired(), properties.portion()))
                    .param("before", before)
                    .param("day", day(before))
                    .update();
            count(rows.kind(), deleted, tally);
        });
    }

    private void count(DataKind kind, int deleted, Tally tally) {
        tally.add(kind, Deletions.Amount.ofRows(deleted));
        tally.more |= deleted == properties.portion();
    }

    /** At most one a person, rule and day: few enough to go at once. */
    private void reportedViolations(RetentionRules.Rule rule, Tally tally) {
        rule.expiredBefore()
                .ifPresent(before -> tally.add(
                        rule.kind(),
                        Deletions.Amount.ofRows(jdbc.sql("""
                                        delete from reported_violation where violated_on <= :day
                                          and employee_id not in (select a.employee_id from appeal a where %s)
                                        """.formatted(KEPT))
                                .param("day", day(before))
                                .update())));
    }

    private void absenceNotes(RetentionRules.Rule rule, Tally tally) {
        rule.expiredBefore()
                .ifPresent(before -> tally.add(
                        rule.kind(),
                        Deletions.Amount.ofRows(
                                jdbc.sql("""
                                        update absence set note = null
                                        where note is not null and coalesce(last_day, cast(ended_at as date)) <= :day
                                        """).param("day", day(before)).update())));
    }

    /** Each is a case with a number: a row of evidence for each. What still stops somebody's calls stays. */
    private void preventionCases(RetentionRules.Rule rule, String run, Tally tally) {
        rule.expiredBefore().ifPresent(before -> {
            Map<String, OffsetDateTime> cases = jdbc
                    .sql("""
                            select t.number, t.closed_at from risk_case t
                            where t.closed_at <= :before and not %s
                              and not exists (select 1 from calling_stop s
                                where s.risk_case = t.number and s.resumed_at is null)
                              and not exists (select 1 from act_ru_execution e where e.business_key_ = t.number)
                            order by t.number
                            fetch first %d rows only
                            """.formatted(PERSON_IS_KEPT, properties.portion()))
                    .param("before", before)
                    .query((row, n) ->
                            Map.entry(row.getString("number"), row.getObject("closed_at", OffsetDateTime.class)))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            cases.forEach((number, closed) ->
                    deletions.record(rule, number, trail.deletePreventionCase(number), closed.toInstant(), run));
            tally.more |= cases.size() == properties.portion();
        });
    }

    private void training(RetentionRules.Rule rule, Tally tally) {
        rule.expiredBefore().ifPresent(before -> {
            List<Long> enrolments = jdbc.sql("""
                            select t.id from enrolment t left join certificate c on c.enrolment_id = t.id
                            where coalesce(c.valid_to, cast(t.enrolled_at as date)) <= :day and not %s
                              and not exists (select 1 from act_ru_execution e where e.business_key_ = t.business_key)
                            order by t.id
                            fetch first %d rows only
                            """.formatted(PERSON_IS_KEPT, properties.portion()))
                    .param("day", day(before))
                    .query(Long.class)
                    .list();
            if (enrolments.isEmpty()) {
                return;
            }
            int deleted = Stream.of(
                            "drill_score where drill_id in (select id from drill where enrolment_id in (:ids))",
                            "drill where enrolment_id in (:ids)",
                            "drill_sheet where enrolment_id in (:ids)",
                            "exam_question where paper_id in (select id from exam_paper where enrolment_id in (:ids))",
                            "exam_paper where enrolment_id in (:ids)",
                            "certificate where enrolment_id in (:ids)",
                            "enrolment where id in (:ids)")
                    .mapToInt(rows -> jdbc.sql("delete from " + rows)
                            .param("ids", enrolments)
                            .update())
                    .sum();
            tally.add(rule.kind(), Deletions.Amount.ofRows(deleted));
            tally.more |= enrolments.size() == properties.portion();
        });
    }

    /** With every process that was called from it; what was written under its number goes with the last of them. */
    private void otherCases(Cases cases, RetentionRules.Rule rule, Tally tally) {
        rule.expiredBefore().ifPresent(before -> {
            List<String> roots = jdbc.sql("""
                            select p.proc_inst_id_ from act_hi_procinst p
                            where p.super_process_instance_id_ is null and %s and p.end_time_ <= :before %s
                            order by p.proc_inst_id_
                            fetch first %d rows only
                            """.formatted(cases.numbers(), cases.expired(), properties.portion()))
                    .param("before", before)
                    .query(String.class)
                    .list();
            if (roots.isEmpty()) {
                return;
            }
            List<String> all = jdbc.sql(
                            "select proc_inst_id_ from act_hi_procinst where root_proc_inst_id_ in (:roots)")
                    .param("roots", roots)
                    .query(String.class)
                    .list();
            List<String> numbers =
                    jdbc.sql("""
                            select distinct p.business_key_ from act_hi_procinst p
                            where p.proc_inst_id_ in (:all) and p.business_key_ is not null
                              and not exists (select 1 from act_hi_procinst o
                                where o.business_key_ = p.business_key_ and o.proc_inst_id_ not in (:all))
                            """).param("all", all).query(String.class).list();
            tally.add(cases.kind(), trail.deleteHistories(all));
            numbers.forEach(number -> tally.add(cases.kind(), trail.deleteOtherCase(number)));
            tally.more |= roots.size() == properties.portion();
        });
    }

    /** What decisions answered outside a process: dates, defaults, and the rules of this very run. */
    private void decisions(RetentionRules.Rule rule, Tally tally) {
        rule.expiredBefore().ifPresent(before -> {
            List<String> answers = jdbc.sql("""
                            select d.id_ from act_hi_decinst d
                            where d.proc_inst_id_ is null and d.eval_time_ <= :before
                            order by d.id_
                            fetch first %d rows only
                            """.formatted(properties.portion()))
                    .param("before", before)
                    .query(String.class)
                    .list();
            if (!answers.isEmpty()) {
                history.deleteHistoricDecisionInstancesBulk(answers);
            }
            count(rule.kind(), answers.size(), tally);
        });
    }

    /** Name, ID number and cards of somebody who left, when nothing refers to the person any more. */
    private void peopleWhoLeft(RetentionRules.Rule rule, Tally tally) {
        rule.expiredBefore().ifPresent(before -> {
            List<String> people = jdbc.sql("""
                            select t.user_id from employee t
                            where t.left_on <= :day
                              and not exists (select 1 from appeal a where a.employee_id = t.user_id)
                              and not exists (select 1 from risk_case r where r.employee_id = t.user_id)
                              and not exists (select 1 from account o
                                where o.employee_id = t.user_id and o.open_card_id is not null)
                              and not exists (select 1 from department d
                                where d.head_id = t.user_id or d.deputy_id = t.user_id)
                            order by t.user_id
                            fetch first %d rows only
                            """.formatted(properties.portion()))
                    .param("day", day(before))
                    .query(String.class)
                    .list();
            if (people.isEmpty()) {
                return;
            }
            List<String> cards =
                    jdbc.sql("""
                            select distinct o.card_id from account o
                            where o.employee_id in (:people) and not exists (select 1 from account other
                                where other.card_id = o.card_id and other.employee_id not in (:people))
                            """).param("people", people).query(String.class).list();
            int deleted = Stream.of(
                            "release_condition where employee_id",
                            "account where employee_id",
                            "employee where user_id")
                    .mapToInt(rows -> jdbc.sql("delete from " + rows + " in (:people)")
                            .param("people", people)
                            .update())
                    .sum();
            if (!cards.isEmpty()) {
                deleted += jdbc.sql("delete from card where id in (:cards)")
                        .param("cards", cards)
                        .update();
            }
            tally.add(rule.kind(), Deletions.Amount.ofRows(deleted));
            tally.more |= people.size() == properties.portion();
        });
    }

    /** Every table of ours of which something goes by a rule of its own. */
    static List<String> tables() {
        return Stream.concat(
                        ROWS.stream().map(Rows::table).filter(table -> !table.startsWith("act_")),
                        Stream.of(
                                "reported_violation",
                                "risk_case",
                                "calling_stop",
                                "enrolment",
                                "drill",
                                "drill_score",
                                "drill_sheet",
                                "exam_paper",
                                "exam_question",
                                "certificate",
                                "employee",
                                "account",
                                "card",
                                "release_condition"))
                .distinct()
                .toList();
    }

    private static LocalDate day(OffsetDateTime before) {
        return before.atZoneSameInstant(ZoneId.of("Asia/Shanghai")).toLocalDate();
    }

    private static RetentionRules.Rule rule(Map<DataKind, RetentionRules.Rule> rules, DataKind kind) {
        return Objects.requireNonNull(rules.get(kind));
    }
}
