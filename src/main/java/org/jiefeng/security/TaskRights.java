package org.jiefeng.security;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.authorization.HistoricTaskPermissions;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.NullUnmarked;

/**
 * Gives whoever a task belongs to the right to see it and work on it, and takes it away when the task moves on: the
 * engine gives, but never takes.
 *
 * <p>The applicant may also see where the own case stands; everybody else may hand the own task to somebody else. Of the
 * past everybody sees the own tasks and what was written on them: a right to variables there, or to the instance, would
 * open every variable the case has had, also what others decided after the task was done.
 */
@NullUnmarked
class TaskRights extends DefaultAuthorizationProvider {

    private static final String APPLICANT = "employeeId";

    @Override
    public AuthorizationEntity[] newTaskAssignee(Task task, String oldAssignee, String newAssignee) {
        if (oldAssignee != null && !oldAssignee.equals(newAssignee) && !isCandidate(task, oldAssignee)) {
            takeFromUser(task, oldAssignee);
        }
        AuthorizationEntity[] grants = super.newTaskAssignee(task, oldAssignee, newAssignee);
        if (grants == null || newAssignee == null) {
            return grants;
        }
        if (!newAssignee.equals(((TaskEntity) task).getVariable(APPLICANT))) {
            for (AuthorizationEntity grant : grants) {
                if (grant.getResourceType() == Resources.TASK.resourceType()) {
                    grant.addPermission(TaskPermissions.TASK_ASSIGN);
                }
            }
            return grants;
        }
        List<AuthorizationEntity> all = new ArrayList<>(List.of(grants));
        for (String instance : instancesOf(task)) {
            all.add(readGrant(newAssignee, instance));
        }
        return all.toArray(AuthorizationEntity[]::new);
    }

    @Override
    public AuthorizationEntity[] deleteTaskUserIdentityLink(Task task, String userId, String type) {
        if (!userId.equals(task.getAssignee())) {
            takeFromUser(task, userId);
        }
        return super.deleteTaskUserIdentityLink(task, userId, type);
    }

    @Override
    public AuthorizationEntity[] deleteTaskGroupIdentityLink(Task task, String groupId, String type) {
        getAuthorizationManager().deleteAuthorizationsByResourceIdAndGroupId(Resources.TASK, task.getId(), groupId);
        getAuthorizationManager()
                .deleteAuthorizationsByResourceIdAndGroupId(Resources.HISTORIC_TASK, task.getId(), groupId);
        return super.deleteTaskGroupIdentityLink(task, groupId, type);
    }

    private void takeFromUser(Task task, String userId) {
        getAuthorizationManager().deleteAuthorizationsByResourceIdAndUserId(Resources.TASK, task.getId(), userId);
        getAuthorizationManager()
                .deleteAuthorizationsByResourceIdAndUserId(Resources.HISTORIC_TASK, task.getId(), userId);
    }

    private static boolean isCandidate(Task task, String userId) {
        return ((TaskEntity) task)
                .getIdentityLinks().stream()
                        .anyMatch(link ->
                                userId.equals(link.getUserId()) && IdentityLinkType.CANDIDATE.equals(link.getType()));
    }

    /** The instance of the task and the case it belongs to. */
    private static Set<String> instancesOf(Task task) {
        Set<String> instances = new LinkedHashSet<>();
        instances.add(task.getProcessInstanceId());
        instances.add(((TaskEntity) task).getExecution().getRootProcessInstanceId());
        instances.remove(null);
        return instances;
    }

    private AuthorizationEntity readGrant(String userId, String instance) {
        AuthorizationEntity grant = getGrantAuthorizationByUserId(userId, Resources.PROCESS_INSTANCE, instance);
        if (grant == null) {
            grant = createGrantAuthorization(userId, null, Resources.PROCESS_INSTANCE, instance);
            updateAuthorizationBasedOnCacheEntries(grant, userId, null, Resources.PROCESS_INSTANCE, instance);
        }
        grant.addPermission(Permissions.READ);
        return grant;
    }

    @Override
    protected AuthorizationEntity[] createOrUpdateAuthorizations(Task task, String groupId, String userId) {
        AuthorizationEntity[] grants = super.createOrUpdateAuthorizations(task, groupId, userId);
        for (AuthorizationEntity grant : grants) {
            if (grant.getResourceType() == Resources.HISTORIC_TASK.resourceType()) {
                grant.removePermission(HistoricTaskPermissions.READ_VARIABLE);
            }
        }
        return grants;
    }
}
