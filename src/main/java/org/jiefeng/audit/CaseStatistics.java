package org.jiefeng.audit;

import java.util.UUID;
import org.jiefeng.process.RetentionProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The figures of a case that outlive it: how it ended, for which carrier and causes, and how long its steps took. Neither
 * number, person, account nor free text is among them, and the day is a month.
 */
@Component
class CaseStatistics {

    private final JdbcClient jdbc;
    private final RetentionProperties properties;

    CaseStatistics(JdbcClient jdbc, RetentionProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /**
     * Keeps the figures, while the case and its history are still there.
     *
     * <p>A department that had only few cases in a month is left out: whoever knows the department would know the person.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void keep(String number) {
        String id = UUID.randomUUID().toString();
        jdbc.sql("""
                        insert into case_statistic (id, closed_month, department_id, carrier, causes, outcome, days_open)
                        select :id, c.closed_month,
                            case when (select count(*) from appeal o join employee oe on oe.user_id = o.employee_id
                                    where oe.department_id = c.department_id
                                      and to_char(o.closed_at at time zone 'Asia/Shanghai', 'YYYY-MM') = c.closed_month)
                                + (select count(*) from case_statistic s
                                    where s.department_id = c.department_id and s.closed_month = c.closed_month)
                                >= :group then c.department_id end,
                            c.carrier, c.causes, c.outcome, c.days_open
                        from (
                            select e.department_id, k.carrier, a.outcome,
                                to_char(a.closed_at at time zone 'Asia/Shanghai', 'YYYY-MM') as closed_month,
                                coalesce((select max(n.causes) from notice n
                                    where n.appeal_number = a.number and not n.attached), '') as causes,
                                cast(extract(epoch from a.closed_at) - extract(epoch from a.opened_at) as bigint)
                                    / 86400 as days_open
                            from appeal a
                            join employee e on e.user_id = a.employee_id
                            join account o on o.id = a.account_id
                            join card k on k.id = o.card_id
                            where a.number = :number and a.outcome is not null) c
                        """)
                .param("id", id)
                .param("number", number)
                .param("group", properties.smallestGroup())
                .update();
        jdbc.sql("""
                        insert into case_statistic_step (statistic_id, step, times, hours)
                        select s.id, i.act_id_, count(*), cast(sum(i.duration_) / 3600000 as integer)
                        from case_statistic s, act_hi_actinst i
                        where s.id = :id
                          and i.proc_inst_id_ in (
                            select p.proc_inst_id_ from act_hi_procinst p where p.business_key_ = :number)
                          and i.act_type_ in ('userTask', 'receiveTask', 'callActivity') and i.duration_ is not null
                        group by s.id, i.act_id_
                        """).param("id", id).param("number", number).update();
    }
}
