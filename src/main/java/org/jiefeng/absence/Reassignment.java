package org.jiefeng.absence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jiefeng.account.Absences;
import org.jiefeng.account.Employees;
import org.jiefeng.account.People;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.OpenTasks;
import org.jiefeng.appeal.OpenTasks.OpenTask;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A department head or deputy gives tasks to somebody else: the own ones, and those of the own people and of their cases.
 * Never a task of the own case, a personal one, or one to the applicant.
 */
@Service
class Reassignment {

    static final int MOST_AT_ONCE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Reassignment.class);

    private final OpenTasks tasks;
    private final Employees employees;
    private final Absences absences;
    private final Deputies deputies;
    private final People people;
    private final Timeline timeline;
    private final TransactionTemplate transactions;
    private final MessageSource messages;
    private final Locale locale;

    Reassignment(
            OpenTasks tasks,
            Employees employees,
            Absences absences,
            Deputies deputies,
            People people,
            Timeline timeline,
            TransactionTemplate transactions,
            MessageSource messages,
            Locale deploymentLocale) {
        this.tasks = tasks;
        this.employees = employees;
        this.absences = absences;
        this.deputies = deputies;
        this.people = people;
        this.timeline = timeline;
        this.transactions = transactions;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /** A task a leader sees; {@code fixed} says why it cannot be moved, null when it can. */
    record Seen(OpenTask task, @Nullable String fixed) {}

    /**
     * What became of one task.
     *
     * @param name null when there is no such task for this person
     * @param reason why it was not moved, null when it was
     */
    record Result(
            String task,
            @Nullable String name,
            @Nullable String number,
            boolean moved,
            @Nullable String reason) {}

    /** What a leader has, what the own people have, and what is open in their cases; the next due first. */
    List<Seen> open(String leader) {
        Set<String> people = new HashSet<>(employees.ledBy(leader));
        Map<String, OpenTask> found = new LinkedHashMap<>();
        Set<String> holders = new HashSet<>(people);
        holders.add(leader);
        tasks.assignedTo(holders).forEach(task -> found.put(task.id(), task));
        people.remove(leader);
        tasks.ofApplicants(people).forEach(task -> found.putIfAbsent(task.id(), task));
        return found.values().stream()
                .filter(task -> isVisible(task, leader, people))
                .sorted(Comparator.comparing(
                        task -> Optional.ofNullable(task.dueAt()).orElse(Instant.MAX)))
                .map(task -> new Seen(task, fixed(task, leader, people)))
                .toList();
    }

    /** Those a leader can give tasks to, herself included. */
    List<Deputies.Person> colleagues(String leader) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(leader);
        deputies.choices(leader).forEach(person -> ids.add(person.id()));
        return deputies.named(ids);
    }

    /**
     * Gives tasks to one colleague, each for itself: what is refused does not keep back the others.
     *
     * @throws AccessDeniedException when this person leads nobody
     * @throws InvalidInputException naming every field that is wrong
     */
    List<Result> move(Collection<String> taskIds, @Nullable String to, @Nullable String note, String leader) {
        if (!employees.hasPeople(leader)) {
            throw new AccessDeniedException("Leads nobody");
        }
        List<FieldProblem> problems = new ArrayList<>();
        if (taskIds.isEmpty() || taskIds.size() > MOST_AT_ONCE) {
            problems.add(new FieldProblem("tasks", text("team.problem.tasks", String.valueOf(MOST_AT_ONCE))));
        }
        if (to == null || to.isBlank() || !deputies.isKnown(to)) {
            problems.add(new FieldProblem("to", text("team.problem.to")));
        } else if (absences.current(to).isPresent()) {
            problems.add(new FieldProblem("to", text("team.problem.away")));
        }
        if (note != null && note.strip().length() > AbsencePlanning.LONGEST_NOTE) {
            problems.add(new FieldProblem(
                    "note", text("absence.problem.note", String.valueOf(AbsencePlanning.LONGEST_NOTE))));
        }
        if (!problems.isEmpty() || to == null) {
            throw new InvalidInputException(problems);
        }
        Set<String> people = new HashSet<>(employees.ledBy(leader));
        people.remove(leader);
        return new LinkedHashSet<>(taskIds)
                .stream()
                        .map(taskId -> moveOne(taskId, to, note == null ? "" : note.strip(), leader, people))
                        .toList();
    }

    private Result moveOne(String taskId, String to, String note, String leader, Set<String> people) {
        OpenTask task = tasks.find(taskId)
                .filter(found -> isVisible(found, leader, people))
                .orElse(null);
        if (task == null) {
            return new Result(taskId, null, null, false, text("team.fixed.gone"));
        }
        String reason = fixed(task, leader, people);
        if (reason == null) {
            reason = refused(task, to);
        }
        String holder = task.assignee();
        if (reason == null && holder != null) {
            try {
                transactions.executeWithoutResult(status -> {
                    tasks.move(taskId, holder, to);
                    tasks.note(
                            taskId,
                            leader,
                            text("team.note", deputies.person(leader).shown()) + (note.isEmpty() ? "" : "\n" + note));
                    if (task.number() != null) {
                        timeline.record(
                                task.number(), leader, "TASK_REASSIGNED", task.name() + ": " + holder + " → " + to);
                    }
                });
            } catch (ConflictException e) {
                reason = text("team.fixed.gone");
            } catch (RuntimeException e) {
                // Somebody was at it at that moment, or the diagram does not let it; the others are moved all the same.
                LOG.warn("Task {} could not be moved: {}", taskId, e.getClass().getSimpleName());
                reason = text("team.fixed.changed");
            }
        }
        return new Result(taskId, task.name(), task.number(), reason == null, reason);
    }

    /** Not who judges the own case. */
    private static boolean isVisible(OpenTask task, String leader, Set<String> people) {
        boolean own = leader.equals(task.assignee());
        if (leader.equals(task.applicant())) {
            return own;
        }
        return own
                || task.assignee() != null && people.contains(task.assignee())
                || task.applicant() != null && people.contains(task.applicant());
    }

    /** Why nobody gets the task, whoever it is; null when it can be moved. */
    private @Nullable String fixed(OpenTask task, String leader, Set<String> people) {
        if (task.personal()) {
            return text("team.fixed.personal");
        }
        if (leader.equals(task.applicant())) {
            return text("team.fixed.ownCase");
        }
        String holder = task.assignee();
        if (holder == null) {
            return text("team.fixed.group");
        }
        return task.groups().isEmpty() || holder.equals(leader) || people.contains(holder)
                ? null
                : text("team.fixed.group");
    }

    /** Why this colleague does not get the task, null when nothing is in the way. */
    private @Nullable String refused(OpenTask task, String to) {
        if (to.equals(task.applicant())) {
            return text("team.refused.applicant");
        }
        if (to.equals(task.assignee())) {
            return text("team.refused.same");
        }
        boolean suits = task.groups().isEmpty()
                ? task.assignee() != null && deputies.suits(to, task.assignee())
                : people.groups(to).stream().anyMatch(task.groups()::contains);
        return suits ? null : text("team.refused.unfit");
    }

    private String text(String key, Object... details) {
        return messages.getMessage(key, details, locale);
    }
}
