package org.jiefeng.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.jiefeng.appeal.WaitingSteps;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the engine what a case waits for: tasks, the carrier's answer, the next contact. */
@Component
public class OpenSteps implements WaitingSteps {

    private static final String ANSWER = "Task_AwaitCarrierDecision";

    private final TaskService tasks;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final RepositoryService repository;

    public OpenSteps(
            TaskService tasks, RuntimeService runtime, ManagementService management, RepositoryService repository) {
        this.tasks = tasks;
        this.runtime = runtime;
        this.management = management;
        this.repository = repository;
    }

    @Override
    public List<Step> of(String appealNumber) {
        List<Step> steps = new ArrayList<>();
        tasks.createTaskQuery().processInstanceBusinessKey(appealNumber).list().forEach(task -> steps.add(step(task)));
        for (ProcessInstance review : runtime.createProcessInstanceQuery()
                .processDefinitionKey(CaseDates.REVIEW)
                .processInstanceBusinessKey(appealNumber)
                .list()) {
            boolean waits = runtime.createExecutionQuery()
                            .processInstanceId(review.getId())
                            .activityId(ANSWER)
                            .count()
                    > 0;
            if (waits) {
                steps.add(new Step(Kind.ANSWER, name(review, ANSWER), null, null, Set.of()));
            }
            CaseDates.FOLLOW_UP_TIMERS.forEach(timer -> management
                    .createJobQuery()
                    .processInstanceId(review.getId())
                    .activityId(timer)
                    .list()
                    .forEach(job -> steps.add(step(review, timer, job))));
        }
        steps.sort(
                Comparator.comparing(step -> Optional.ofNullable(step.dueAt()).orElse(Instant.MAX)));
        return steps;
    }

    private Step step(Task task) {
        Set<String> groups = new HashSet<>();
        for (IdentityLink link : tasks.getIdentityLinksForTask(task.getId())) {
            if (IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getGroupId() != null) {
                groups.add(link.getGroupId());
            }
        }
        return new Step(Kind.TASK, task.getName(), instant(task.getDueDate()), task.getAssignee(), groups);
    }

    private Step step(ProcessInstance review, String timer, Job job) {
        return new Step(Kind.DATE, name(review, timer), instant(job.getDuedate()), null, Set.of());
    }

    private String name(ProcessInstance instance, String element) {
        FlowElement found = repository
                .getBpmnModelInstance(instance.getProcessDefinitionId())
                .getModelElementById(element);
        return found.getName();
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
