package org.jiefeng.process;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.jobexecutor.TimerTaskListenerJobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.calendar.WorkingCalendar;
import org.springframework.stereotype.Component;

/**
 * Counts the dates of a case again after working days have changed, each from its own start: by the expression of the
 * case's own diagram, as {@link Deadlines} answers it for that start.
 *
 * <p>Only what asks {@link Deadlines} is counted again; what somebody named, the carrier promised or the law gives in
 * hours and calendar days comes out as it was, or is not asked for.
 */
@Component
class CaseRecount {

    /** In an expression that is due by the rules of {@link Deadlines}. */
    private static final String ASKS_DEADLINES = "${deadlines.";

    /** Where the carrier's time runs, or is about to. */
    private static final Set<String> WITH_CARRIER = Set.of("Task_SubmitAppealToCarrier", "Task_AwaitCarrierDecision");

    private static final String FORWARDED_ANSWER = "Task_AnswerForwardedComplaint";

    /** Tasks whose date is one of the dates of the case. */
    private static final Map<String, DueDates.Kind> ON_RECORD =
            Map.of(CaseDates.SUPPLEMENT, DueDates.Kind.SUPPLEMENT, FORWARDED_ANSWER, DueDates.Kind.FORWARDED_COMPLAINT);

    private final TaskService tasks;
    private final ManagementService management;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final Deadlines deadlines;
    private final WorkingCalendar calendar;
    private final DueDates dueDates;
    private final CaseSheet caseSheet;
    private final DateMoves moves;
    private final Clock clock;

    CaseRecount(
            TaskService tasks,
            ManagementService management,
            RuntimeService runtime,
            RepositoryService repository,
            Deadlines deadlines,
            WorkingCalendar calendar,
            DueDates dueDates,
            CaseSheet caseSheet,
            DateMoves moves,
            Clock clock) {
        this.tasks = tasks;
        this.management = management;
        this.runtime = runtime;
        this.repository = repository;
        this.deadlines = deadlines;
        this.calendar = calendar;
        this.dueDates = dueDates;
        this.caseSheet = caseSheet;
        this.moves = moves;
        this.clock = clock;
    }

    /**
     * All dates of a case; for a step of a diagram, in whose transaction it happens.
     *
     * @param noticeId the notice that changed the working days
     */
    void count(String caseNumber, long noticeId) {
        tasks.createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .orderByTaskCreateTime()
                .asc()
                .list()
                .forEach(task -> count((TaskEntity) task, caseNumber, noticeId));
        Set<String> instances =
                runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseNumber).list().stream()
                        .map(ProcessInstance::getId)
                        .collect(Collectors.toSet());
        management
                .createJobQuery()
                .processInstanceIds(instances)
                .timers()
                .orderByJobDuedate()
                .asc()
                .list()
                .forEach(timer -> count(timer, caseNumber, noticeId));
        for (DueDates.Kind kind : DueDates.Kind.values()) {
            dueDates.latest(caseNumber, kind).ifPresent(entry -> count(entry, caseNumber, noticeId));
        }
    }

    private void count(TaskEntity task, String caseNumber, long noticeId) {
        Date due = task.getDueDate();
        Expression rule = task.getTaskDefinition().getDueDateExpression();
        if (due == null
                || rule == null
                || !rule.getExpressionText().contains(ASKS_DEADLINES)
                || Boolean.TRUE.equals(task.getVariableLocal(AppealVariables.DUE_DATE_GIVEN.name()))) {
            return;
        }
        Date counted = deadlines.asOf(task.getCreateTime().toInstant(), () -> (Date) rule.getValue(task));
        moved(due.toInstant(), counted.toInstant()).ifPresent(at -> {
            task.setDueDate(Date.from(at));
            tasks.saveTask(task);
            DueDates.Kind kind = ON_RECORD.get(task.getTaskDefinitionKey());
            if (kind != null) {
                dueDates.set(caseNumber, kind, at, DueDates.Reason.CALENDAR, "system");
            }
            if (FORWARDED_ANSWER.equals(task.getTaskDefinitionKey())) {
                caseSheet.writeForTask(caseNumber, task.getId(), Map.of("forwardAnswerDueOn", day(at)));
            }
            moves.note(caseNumber, noticeId, task.getTaskDefinitionKey(), name(task), due.toInstant(), at);
        });
    }

    private void count(Job timer, String caseNumber, long noticeId) {
        JobDefinition definition = management
                .createJobDefinitionQuery()
                .jobDefinitionId(timer.getJobDefinitionId())
                .singleResult();
        // A timer that failed is being tried again, at times that are no business of the calendar.
        if (timer.getDuedate() == null
                || timer.getExceptionMessage() != null
                || definition == null
                || !definition.getJobConfiguration().contains(ASKS_DEADLINES)) {
            return;
        }
        Instant due = timer.getDuedate().toInstant();
        Instant counted = deadlines.asOf(timer.getCreateTime().toInstant(), () -> {
            management.recalculateJobDuedate(timer.getId(), true);
            return management
                    .createJobQuery()
                    .jobId(timer.getId())
                    .singleResult()
                    .getDuedate()
                    .toInstant();
        });
        Instant at = moved(due, counted).orElse(due);
        if (!at.equals(counted)) {
            management.setJobDuedate(timer.getId(), Date.from(at), false);
        }
        if (!at.equals(due)) {
            boolean reminder = TimerTaskListenerJobHandler.TYPE.equals(definition.getJobType());
            String name = name(timer, definition);
            moves.note(
                    caseNumber,
                    noticeId,
                    definition.getActivityId(),
                    reminder ? moves.text("calendar.reminder", name) : name,
                    due,
                    at);
        }
    }

    private void count(DueDates.Entry entry, String caseNumber, long noticeId) {
        DueDates.Counted how = entry.counted();
        if (how == null || entry.kind() == DueDates.Kind.REVIEW && !isWithCarrier(caseNumber)) {
            return;
        }
        moved(entry.dueAt(), calendar.dueAfterWorkingDays(how.from(), how.workingDays()))
                .ifPresent(at -> {
                    dueDates.set(caseNumber, entry.kind(), at, DueDates.Reason.CALENDAR, "system", how);
                    if (entry.kind() == DueDates.Kind.REVIEW) {
                        caseSheet.write(caseNumber, "reviewDueOn", day(at));
                    }
                    moves.note(
                            caseNumber,
                            noticeId,
                            entry.kind().name(),
                            moves.text("carrier.date." + entry.kind()),
                            entry.dueAt(),
                            at);
                });
    }

    /**
     * Where a date goes, if anywhere.
     *
     * <p>A day that has become a working day brings dates forward, perhaps into the past. Nobody is late because of a
     * notice: such a date goes to the next end of business, and what was over already stays as it is. A date that was over
     * and is not any more is open again.
     */
    private Optional<Instant> moved(Instant due, Instant counted) {
        Instant now = clock.instant();
        if (counted.isAfter(now)) {
            return Optional.of(counted).filter(at -> !at.equals(due));
        }
        return Optional.of(calendar.dueAfterWorkingDays(now, 0)).filter(at -> due.isAfter(now) && at.isBefore(due));
    }

    private boolean isWithCarrier(String caseNumber) {
        return WITH_CARRIER.stream()
                .anyMatch(step -> runtime.createExecutionQuery()
                                .processInstanceBusinessKey(caseNumber)
                                .activityId(step)
                                .count()
                        > 0);
    }

    private static String day(Instant at) {
        return LocalDate.ofInstant(at, WorkingCalendar.ZONE).toString();
    }

    private static String name(Task task) {
        return Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey());
    }

    private String name(Job timer, JobDefinition definition) {
        FlowElement element = repository
                .getBpmnModelInstance(timer.getProcessDefinitionId())
                .getModelElementById(definition.getActivityId());
        return Objects.requireNonNullElse(element.getName(), definition.getActivityId());
    }
}
