package org.jiefeng.process;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.Timeline;
import org.springframework.stereotype.Component;

/** Moves a task that is due soon to the top of everybody's list and says so in the timeline (R12). */
@Component
class TaskReminderListener implements TaskListener {

    /** Tasklist sorts and marks by priority; 50 is the engine's default. */
    private static final int DUE_SOON = 75;

    private final Timeline timeline;

    TaskReminderListener(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public void notify(DelegateTask task) {
        task.setPriority(DUE_SOON);
        timeline.record(task.getExecution().getProcessBusinessKey(), "system", "TASK_DUE_SOON", task.getName());
    }
}
