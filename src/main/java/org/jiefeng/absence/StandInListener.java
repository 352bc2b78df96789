package org.jiefeng.absence;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.OpenTasks.OpenTask;
import org.jiefeng.process.EngineTasks;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives a new task of somebody who is away to who stands in, as it comes into being.
 *
 * <p>The engine's Spring starter publishes every event of every task; hence no listener in the diagrams. First of all, so
 * that only the one who gets it is told.
 */
@Component
class StandInListener {

    private final StandIns standIns;

    StandInListener(StandIns standIns) {
        this.standIns = standIns;
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void onTask(DelegateTask task) {
        if (!TaskListener.EVENTNAME_CREATE.equals(task.getEventName())
                || task.getAssignee() == null
                || !standIns.isAway(task.getAssignee())) {
            return;
        }
        OpenTask made = EngineTasks.of(task);
        standIns.insteadOf(made).ifPresent(standIn -> {
            task.setAssignee(standIn);
            standIns.explain(made, standIn);
        });
    }
}
