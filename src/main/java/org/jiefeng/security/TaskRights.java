package org.jiefeng.security;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.NullUnmarked;

/**
 * Gives whoever a task belongs to the right to see it and work on it, and takes it away when the task moves on: the
 * engine gives, but never takes.
 */
@NullUnmarked
class TaskRights extends DefaultAuthorizationProvider {

    @Override
    public AuthorizationEntity[] newTaskAssignee(Task task, String oldAssignee, String newAssignee) {
        if (oldAssignee != null && !oldAssignee.equals(newAssignee)) {
            take(task, oldAssignee, null);
        }
        return super.newTaskAssignee(task, oldAssignee, newAssignee);
    }

    @Override
    public AuthorizationEntity[] deleteTaskUserIdentityLink(Task task, String userId, String type) {
        if (IdentityLinkType.CANDIDATE.equals(type)) {
            take(task, userId, null);
        }
        return super.deleteTaskUserIdentityLink(task, userId, type);
    }

    @Override
    public AuthorizationEntity[] deleteTaskGroupIdentityLink(Task task, String groupId, String type) {
        take(task, null, groupId);
        return super.deleteTaskGroupIdentityLink(task, groupId, type);
    }

    private void take(Task task, String userId, String groupId) {
        List<AuthorizationEntity> grants = new ArrayList<>();
        if (userId != null) {
            grants.add(getGrantAuthorizationByUserId(userId, Resources.TASK, task.getId()));
        }
        if (groupId != null) {
            grants.add(getGrantAuthorizationByGroupId(groupId, Resources.TASK, task.getId()));
        }
        grants.stream()
                .filter(grant -> grant != null && grant.getId() != null)
                .forEach(getAuthorizationManager()::delete);
    }
}
