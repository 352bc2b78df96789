package org.jiefeng.absence;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jiefeng.account.Absence;
import org.jiefeng.account.Absences;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.OpenTasks;
import org.jiefeng.appeal.OpenTasks.OpenTask;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where the tasks of an absent person go: those of a group back to the group, the person's own to who stands in, personal
 * ones nowhere. The timeline of the case says it; the note for the deputy stands on the task only.
 */
@Service
class StandIns {

    private final Absences absences;
    private final Employees employees;
    private final Deputies deputies;
    private final OpenTasks tasks;
    private final Timeline timeline;
    private final MessageSource messages;
    private final Locale locale;

    StandIns(
            Absences absences,
            Employees employees,
            Deputies deputies,
            OpenTasks tasks,
            Timeline timeline,
            MessageSource messages,
            Locale deploymentLocale) {
        this.absences = absences;
        this.employees = employees;
        this.deputies = deputies;
        this.tasks = tasks;
        this.timeline = timeline;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    boolean isAway(String userId) {
        return absences.current(userId).isPresent();
    }

    /**
     * Who gets a new task instead of the absent person it was made for.
     *
     * @return empty when it stays
     */
    Optional<String> insteadOf(OpenTask task) {
        String assignee = task.assignee();
        if (assignee == null || !isAway(assignee)) {
            return Optional.empty();
        }
        Optional<String> standIn =
                task.personal() ? Optional.empty() : employees.presentFor(assignee, task.applicant());
        tell(task, assignee, standIn);
        return standIn;
    }

    /** Leaves the note of the absence on a task that came to its deputy. */
    void explain(OpenTask task, String standIn) {
        String absent = task.assignee();
        if (absent == null) {
            return;
        }
        absences.current(absent).ifPresent(absence -> tasks.note(task.id(), absence.setBy(), note(absence)));
    }

    /** Hands over what an absent person has; at once, or not at all. */
    @Transactional
    public void handOver(Absence absence) {
        if (!absences.handedOver(absence.id())) {
            return;
        }
        String absent = absence.userId();
        for (OpenTask task : tasks.assignedTo(Set.of(absent))) {
            if (!task.groups().isEmpty()) {
                tasks.move(task.id(), absent, null);
                if (task.number() != null) {
                    timeline.record(task.number(), "system", "TASK_BACK_TO_GROUP", task.name() + ": " + absent);
                }
            } else {
                insteadOf(task).ifPresent(standIn -> {
                    tasks.move(task.id(), absent, standIn);
                    explain(task, standIn);
                });
            }
        }
    }

    private void tell(OpenTask task, String absent, Optional<String> standIn) {
        if (task.number() != null) {
            timeline.record(
                    task.number(),
                    "system",
                    standIn.isPresent()
                            ? "TASK_HANDED_OVER"
                            : task.personal() ? "TASK_WAITS_FOR_PERSON" : "TASK_WITHOUT_DEPUTY",
                    task.name() + ": " + absent + standIn.map(id -> " → " + id).orElse(""));
        }
    }

    private String note(Absence absence) {
        String until = absence.lastDay() == null
                ? text("absence.note.furtherNotice")
                : text("absence.note.until", absence.lastDay().toString());
        @Nullable String note = absence.note();
        String who =
                text("absence.note.instead", deputies.person(absence.userId()).shown(), until);
        return note == null ? who : who + "\n" + note;
    }

    private String text(String key, Object... details) {
        return messages.getMessage(key, details, locale);
    }
}
