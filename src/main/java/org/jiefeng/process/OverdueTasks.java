package org.jiefeng.process;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Says which tasks are past their due date, by a {@link TaskOverdue} each.
 *
 * <p>Looked up rather than timed in the diagrams: so it follows a due date that is moved, and a running case needs no new
 * timer. Nothing is written to the task, or whoever completes it at that moment would be refused.
 */
@Component
class OverdueTasks {

    private static final Logger LOG = LoggerFactory.getLogger(OverdueTasks.class);

    private final TaskService tasks;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    /** Told by this node; only spares the others' books. */
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    OverdueTasks(TaskService tasks, ApplicationEventPublisher events, Clock clock) {
        this.tasks = tasks;
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${jiefeng.notification.overdue-check:1m}", initialDelayString = "30s")
    void look() {
        List<Task> overdue = tasks.createTaskQuery()
                .dueBefore(Date.from(clock.instant()))
                .active()
                .list();
        told.keySet().retainAll(overdue.stream().map(Task::getId).toList());
        for (Task task : overdue) {
            Instant due = task.getDueDate().toInstant();
            if (!due.equals(told.get(task.getId()))) {
                try {
                    events.publishEvent(new TaskOverdue(waiting(task)));
                    told.put(task.getId(), due);
                } catch (RuntimeException e) {
                    // It comes again with the next look; meanwhile the others are told.
                    LOG.warn("Nobody could be told that task {} is overdue", task.getId(), e);
                }
            }
        }
    }

    private WaitingTask waiting(Task task) {
        Set<String> groups = new TreeSet<>();
        for (IdentityLink link : tasks.getIdentityLinksForTask(task.getId())) {
            if (IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getGroupId() != null) {
                groups.add(link.getGroupId());
            }
        }
        return new WaitingTask(
                task.getId(),
                task.getTaskDefinitionKey(),
                Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
                task.getDueDate().toInstant(),
                text(task, "appealNumber"),
                task.getAssignee(),
                groups,
                text(task, AppealVariables.EMPLOYEE_ID.name()));
    }

    private @Nullable String text(Task task, String variable) {
        return Optional.ofNullable(tasks.getVariable(task.getId(), variable))
                .map(String::valueOf)
                .orElse(null);
    }
}
