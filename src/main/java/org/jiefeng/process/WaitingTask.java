package org.jiefeng.process;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.jspecify.annotations.Nullable;

/**
 * A task and whose it is, as those hear of it who are to be told.
 *
 * @param key the id of the user task in its diagram
 * @param number the case's, where there is one
 * @param groups whose task it is as long as nobody has claimed it
 * @param applicant the employee whose case it is; never to be asked to judge it
 */
public record WaitingTask(
        String id,
        String key,
        String name,
        @Nullable Instant due,
        @Nullable String number,
        @Nullable String assignee,
        Set<String> groups,
        @Nullable String applicant) {

    public static WaitingTask of(DelegateTask task) {
        Set<String> groups = new TreeSet<>();
        for (IdentityLink link : task.getCandidates()) {
            if (IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getGroupId() != null) {
                groups.add(link.getGroupId());
            }
        }
        Date due = task.getDueDate();
        return new WaitingTask(
                task.getId(),
                task.getTaskDefinitionKey(),
                Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
                due == null ? null : due.toInstant(),
                task.getExecution().getProcessBusinessKey(),
                task.getAssignee(),
                groups,
                AppealVariables.EMPLOYEE_ID.find(task).orElse(null));
    }
}
