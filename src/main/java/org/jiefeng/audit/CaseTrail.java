package org.jiefeng.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.HistoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Everything that is kept under the number of a case, ours and the engine's, and how it goes: all in the transaction of the
 * caller, files included, because they are rows too. A kill in between leaves all of it or nothing.
 */
@Component
class CaseTrail {

    /** What any case may have, an appeal or another: {@code :number} is its number. Who refers to a row goes before it. */
    private static final List<String> OF_ANY_CASE = List.of(
            "delete from moved_date where case_number = :number",
            "delete from overdue_told where task_id in (select task_id from notification where appeal_number = :number)",
            "delete from notification where appeal_number = :number",
            "delete from case_sheet where appeal_number = :number",
            "delete from timeline where appeal_number = :number",
            "delete from timeline_chain where appeal_number = :number",
            // Training and conduct belong to the person and have their own time; they only forget the case.
            "update enrolment set business_key = '-' where business_key = :number",
            "update conduct_note set appeal_number = null, occasion = null where appeal_number = :number");

    private static final List<String> OF_AN_APPEAL = List.of(
            """
            delete from dossier_file where round_id in (select id from evidence_round where appeal_number = :number)
            """,
            "delete from dossier where round_id in (select id from evidence_round where appeal_number = :number)",
            "delete from evidence_file where appeal_number = :number",
            "delete from receipt_file where appeal_number = :number",
            "delete from evidence_piece where appeal_number = :number",
            "delete from evidence_content where appeal_number = :number",
            "delete from evidence_item where appeal_number = :number",
            "delete from evidence_round where appeal_number = :number",
            "delete from measure_check where appeal_number = :number",
            "delete from improvement_measure where appeal_number = :number",
            "delete from application where appeal_number = :number",
            """
            delete from reviewed_application
            where review_id in (select id from company_review where appeal_number = :number)
            """,
            "delete from company_review where appeal_number = :number",
            """
            delete from carrier_decision_reason
            where decision_id in (select id from carrier_decision where appeal_number = :number)
            """,
            "delete from carrier_decision where appeal_number = :number",
            "delete from carrier_matter where appeal_number = :number",
            "delete from carrier_event where appeal_number = :number",
            """
            delete from supplement
            where submission_key in (select submission_key from submission where appeal_number = :number)
            """,
            "delete from submission where appeal_number = :number",
            "delete from carrier_contact where appeal_number = :number",
            "delete from due_date where appeal_number = :number",
            "delete from incident_contact where appeal_number = :number",
            "delete from incident_appeal where appeal_number = :number",
            "delete from self_check where appeal_number = :number",
            "delete from probation_violation where appeal_number = :number",
            "delete from release_step where appeal_number = :number",
            "delete from release_rule where appeal_number = :number",
            // What still binds the person's calls goes on binding them, without the case.
            """
            update release_condition set appeal_number = '-'
            where appeal_number = :number and valid_from is not null and valid_to is null
            """,
            "delete from release_condition where appeal_number = :number",
            "delete from probation where appeal_number = :number",
            "delete from option_set where appeal_number = :number",
            "delete from regulator_complaint where appeal_number = :number",
            "delete from replacement_card where appeal_number = :number",
            "delete from legal_advice where appeal_number = :number",
            "delete from disclosure where appeal_number = :number",
            "delete from fault_change where appeal_number = :number",
            "delete from fault_finding where appeal_number = :number",
            "delete from reopening where appeal_number = :number",
            "delete from legal_hold where appeal_number = :number",
            "delete from simulator_files where appeal_key like :number || ':%'",
            "delete from simulator_supplement where appeal_key like :number || ':%'",
            "delete from simulator_event where appeal_key like :number || ':%'",
            "delete from simulator_appeal where appeal_key like :number || ':%'",
            "delete from notice where appeal_number = :number",
            "delete from appeal where number = :number");

    private static final List<String> OF_A_PREVENTION_CASE = List.of(
            "delete from calling_stop where risk_case = :number", "delete from risk_case where number = :number");

    private static final Pattern TABLE = Pattern.compile("\\s*(?:delete from|update) (\\w+)");

    private final JdbcClient jdbc;
    private final HistoryService history;

    /** @param history lazy, because delegates may be made while the engine is still being built */
    CaseTrail(JdbcClient jdbc, @Lazy HistoryService history) {
        this.jdbc = jdbc;
        this.history = history;
    }

    /** An appeal that has ended, with its files and every process instance that bore its number. */
    @Transactional(propagation = Propagation.MANDATORY)
    Deletions.Amount deleteAppeal(String number) {
        long files = jdbc.sql("""
                        select (select count(*) from evidence_file where appeal_number = :number)
                             + (select count(*) from receipt_file where appeal_number = :number)
                        """).param("number", number).query(Long.class).single();
        Deletions.Amount histories = deleteHistories(instances(number));
        return new Deletions.Amount(run(OF_AN_APPEAL, number) + run(OF_ANY_CASE, number), files, 0).plus(histories);
    }

    /** A case of prevention that has ended. */
    @Transactional(propagation = Propagation.MANDATORY)
    Deletions.Amount deletePreventionCase(String number) {
        Deletions.Amount histories = deleteHistories(instances(number));
        return Deletions.Amount.ofRows(run(OF_ANY_CASE, number) + run(OF_A_PREVENTION_CASE, number))
                .plus(histories);
    }

    /** What was written under the number of a case that is no appeal, when its last process instance goes. */
    @Transactional(propagation = Propagation.MANDATORY)
    Deletions.Amount deleteOtherCase(String number) {
        return Deletions.Amount.ofRows(run(OF_ANY_CASE, number));
    }

    /** The process instances of a number that the engine remembers, ended or not. */
    private List<String> instances(String number) {
        return jdbc.sql("select proc_inst_id_ from act_hi_procinst where business_key_ = :number")
                .param("number", number)
                .query(String.class)
                .list();
    }

    /**
     * The engine's whole memory of process instances that have ended; it refuses those that have not. It writes when the
     * step is over, in the same transaction: until then its tables still show them.
     *
     * <p>Its own deletion leaves their decisions, and the log of what people did in them.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Deletions.Amount deleteHistories(List<String> instances) {
        if (instances.isEmpty()) {
            return Deletions.Amount.ofRows(0);
        }
        List<String> decided = jdbc.sql("select id_ from act_hi_decinst where proc_inst_id_ in (:instances)")
                .param("instances", instances)
                .query(String.class)
                .list();
        if (!decided.isEmpty()) {
            history.deleteHistoricDecisionInstancesBulk(decided);
        }
        jdbc.sql("delete from act_hi_op_log where proc_inst_id_ in (:instances)")
                .param("instances", instances)
                .update();
        history.deleteHistoricProcessInstancesBulk(instances);
        return new Deletions.Amount(0, 0, instances.size());
    }

    private long run(List<String> statements, String number) {
        return statements.stream()
                .mapToLong(
                        statement -> jdbc.sql(statement).param("number", number).update())
                .sum();
    }

    /** Every table of which something goes with a case. */
    static List<String> tables() {
        List<String> tables = new ArrayList<>();
        List.of(OF_AN_APPEAL, OF_ANY_CASE, OF_A_PREVENTION_CASE)
                .forEach(statements -> statements.forEach(statement -> {
                    Matcher table = TABLE.matcher(statement);
                    if (table.lookingAt()) {
                        tables.add(table.group(1));
                    }
                }));
        return tables.stream().distinct().toList();
    }
}
