package org.jiefeng.process;

import java.util.Date;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Moves what a running case waits for to another date, so that features need not know the engine. */
@Component
public class CaseDates {

    static final String REVIEW = "carrier-review";
    static final Set<String> FOLLOW_UP_TIMERS = Set.of("BoundaryEvent_FollowUpDue", "Event_NextFollowUpDue");
    static final String SUPPLEMENT = "Task_ProvideSupplement";

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;

    public CaseDates(RuntimeService runtime, TaskService tasks, ManagementService management) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
    }

    /**
     * The next time the carrier is asked. A follow-up that waits is moved; one that is being written down now leads to the
     * next one at this date.
     */
    @Transactional
    public void followUp(String appealNumber, Date at) {
        for (ProcessInstance review : reviews(appealNumber)) {
            runtime.setVariable(review.getId(), AppealVariables.FOLLOW_UP_AT.name(), at);
            FOLLOW_UP_TIMERS.forEach(timer -> management
                    .createJobQuery()
                    .processInstanceId(review.getId())
                    .activityId(timer)
                    .list()
                    .forEach(job -> management.setJobDuedate(job.getId(), at)));
        }
    }

    /**
     * More time for the supplements a case is asked for.
     *
     * @return false when none is asked for
     */
    @Transactional
    public boolean supplement(String appealNumber, Date due) {
        List<Task> open = tasks.createTaskQuery()
                .processInstanceBusinessKey(appealNumber)
                .taskDefinitionKey(SUPPLEMENT)
                .list();
        open.forEach(task -> {
            task.setDueDate(due);
            tasks.saveTask(task);
            tasks.setVariableLocal(task.getId(), AppealVariables.DUE_DATE_GIVEN.name(), true);
        });
        return !open.isEmpty();
    }

    /** Whether a supplement is asked for. */
    public boolean awaitsSupplement(String appealNumber) {
        return tasks.createTaskQuery()
                        .processInstanceBusinessKey(appealNumber)
                        .taskDefinitionKey(SUPPLEMENT)
                        .count()
                > 0;
    }

    private List<ProcessInstance> reviews(String appealNumber) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(REVIEW)
                .processInstanceBusinessKey(appealNumber)
                .list();
    }
}
