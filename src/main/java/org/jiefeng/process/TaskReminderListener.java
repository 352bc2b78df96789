package org.jiefeng.process;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.Timeline;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Moves a task that is due soon to the top of everybody's list, says so in the timeline (R12), and lets people be told. */
@Component
class TaskReminderListener implements TaskListener {

    /** Tasklist sorts and marks by priority; 50 is the engine's default. */
    private static final int DUE_SOON = 75;

    private final Timeline timeline;
    private final ApplicationEventPublisher events;

    TaskReminderListener(Timeline timeline, ApplicationEventPublisher events) {
        this.timeline = timeline;
        this.events = events;
    }

    @Override
    public void notify(DelegateTask task) {
        task.setPriority(DUE_SOON);
        timeline.record(task.getExecution().getProcessBusinessKey(), "system", "TASK_DUE_SOON", task.getName());
        // As the engine's Spring starter does with every other event of a task; it leaves out timers only.
        events.publishEvent(task);
    }
}
