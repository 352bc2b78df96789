package org.jiefeng.process;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.OpenTasks;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks the engine for people's tasks and lets it move them. */
@Component
public class EngineTasks implements OpenTasks {

    /**
     * Extension property of a user task: {@code true} when nobody can do it for the person it belongs to, {@code false}
     * when the applicant's deputy can.
     */
    private static final String PERSONAL = "personal";

    private final TaskService tasks;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final IdentityService identity;

    /** All lazy, because listeners ask for tasks and are made while the engine is still being built. */
    EngineTasks(
            @Lazy TaskService tasks,
            @Lazy RuntimeService runtime,
            @Lazy RepositoryService repository,
            @Lazy IdentityService identity) {
        this.tasks = tasks;
        this.runtime = runtime;
        this.repository = repository;
        this.identity = identity;
    }

    /** A task that comes into being; the engine cannot be asked for it yet. */
    public static OpenTask of(DelegateTask task) {
        String applicant = AppealVariables.EMPLOYEE_ID.find(task).orElse(null);
        Set<String> groups = groups(task.getCandidates());
        return new OpenTask(
                task.getId(),
                Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
                task.getExecution().getProcessBusinessKey(),
                applicant,
                task.getAssignee(),
                groups,
                isPersonal(task.getBpmnModelElementInstance(), task.getAssignee(), applicant),
                instant(task.getDueDate()));
    }

    @Override
    public Optional<OpenTask> find(String taskId) {
        return tasks.createTaskQuery().taskId(taskId).active().list().stream()
                .map(this::task)
                .findFirst();
    }

    @Override
    public List<OpenTask> assignedTo(Collection<String> userIds) {
        return userIds.isEmpty()
                ? List.of()
                : tasks.createTaskQuery().taskAssigneeIn(userIds.toArray(String[]::new)).active().list().stream()
                        .map(this::task)
                        .sorted(byDate())
                        .toList();
    }

    @Override
    public List<OpenTask> ofApplicants(Collection<String> employeeIds) {
        Map<String, Task> found = new TreeMap<>();
        for (String employee : employeeIds) {
            tasks.createTaskQuery()
                    .processVariableValueEquals(AppealVariables.EMPLOYEE_ID.name(), employee)
                    .active()
                    .list()
                    .forEach(task -> found.put(task.getId(), task));
        }
        return found.values().stream().map(this::task).sorted(byDate()).toList();
    }

    private static Comparator<OpenTask> byDate() {
        return Comparator.comparing(task -> Optional.ofNullable(task.dueAt()).orElse(Instant.MAX));
    }

    @Override
    @Transactional
    public void move(String taskId, String from, @Nullable String to) {
        // Asked first and not caught afterwards: an exception of the engine rolls the whole transaction back. Who comes
        // in
        // between makes the engine refuse the commit.
        Task task = tasks.createTaskQuery().taskId(taskId).active().singleResult();
        if (task == null || !from.equals(task.getAssignee())) {
            throw new ConflictException("Task " + taskId + " is no longer with " + from);
        }
        tasks.setAssignee(taskId, to);
    }

    @Override
    @Transactional
    public void note(String taskId, String author, String text) {
        // The engine takes whoever is signed in for the author of a comment.
        Authentication caller = identity.getCurrentAuthentication();
        try {
            identity.setAuthenticatedUserId(author);
            tasks.createComment(taskId, null, text);
        } finally {
            if (caller == null) {
                identity.clearAuthentication();
            } else {
                identity.setAuthentication(caller.getUserId(), caller.getGroupIds(), caller.getTenantIds());
            }
        }
    }

    private OpenTask task(Task task) {
        String applicant = Optional.ofNullable(tasks.getVariable(task.getId(), AppealVariables.EMPLOYEE_ID.name()))
                .map(String::valueOf)
                .orElse(null);
        BaseElement element = repository
                .getBpmnModelInstance(task.getProcessDefinitionId())
                .getModelElementById(task.getTaskDefinitionKey());
        ProcessInstance instance = runtime.createProcessInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .singleResult();
        return new OpenTask(
                task.getId(),
                Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
                instance == null ? null : instance.getBusinessKey(),
                applicant,
                task.getAssignee(),
                groups(tasks.getIdentityLinksForTask(task.getId())),
                isPersonal(element, task.getAssignee(), applicant),
                instant(task.getDueDate()));
    }

    /** A diagram from before there was the property says nothing: the applicant's own tasks are personal there. */
    private static boolean isPersonal(BaseElement element, @Nullable String assignee, @Nullable String applicant) {
        return ModelProperty.find(element, PERSONAL)
                .map(Boolean::valueOf)
                .orElseGet(() -> assignee != null && assignee.equals(applicant));
    }

    private static Set<String> groups(Collection<IdentityLink> links) {
        Set<String> groups = new HashSet<>();
        for (IdentityLink link : links) {
            if (IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getGroupId() != null) {
                groups.add(link.getGroupId());
            }
        }
        return groups;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
