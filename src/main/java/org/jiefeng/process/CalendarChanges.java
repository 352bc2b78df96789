package org.jiefeng.process;

import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.jiefeng.calendar.NoticeTaken;
import org.jiefeng.calendar.RecountProgress;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Leads from a notice that changed working days to the cases under way, and says how far they have got. */
@Component
class CalendarChanges implements RecountProgress {

    private final CaseMessenger messenger;
    private final RuntimeService runtime;
    private final JdbcClient jdbc;

    CalendarChanges(CaseMessenger messenger, RuntimeService runtime, JdbcClient jdbc) {
        this.messenger = messenger;
        this.runtime = runtime;
        this.jdbc = jdbc;
    }

    /** In the transaction of the notice: neither is there without the other. */
    @EventListener
    void onNotice(NoticeTaken notice) {
        messenger.calendarChanged(notice.id());
    }

    @Override
    public Left of(long noticeId) {
        return new Left(
                recounts(noticeId).count() > 0,
                recounts(noticeId).withIncident().count());
    }

    private ProcessInstanceQuery recounts(long noticeId) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(AppealProcess.CALENDAR_CHANGE)
                .variableValueEquals(AppealVariables.CALENDAR_NOTICE.name(), noticeId);
    }

    /**
     * The next cases with a date on a task or in a timer, by number.
     *
     * <p>Read from the engine's tables, because its queries can neither go on after a number nor name a case once; going
     * by pages would skip cases while others end.
     */
    List<String> casesWithDates(String after, int most) {
        return jdbc.sql("""
                        select distinct e.business_key_ from act_ru_execution e
                        where e.business_key_ > :after
                        and (exists (select 1 from act_ru_task t
                                where t.proc_inst_id_ = e.proc_inst_id_ and t.due_date_ is not null)
                            or exists (select 1 from act_ru_job j
                                where j.process_instance_id_ = e.proc_inst_id_ and j.type_ = 'timer'))
                        order by e.business_key_
                        fetch first %d rows only
                        """.formatted(most))
                .param("after", after)
                .query(String.class)
                .list();
    }
}
