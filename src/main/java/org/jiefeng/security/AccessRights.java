package org.jiefeng.security;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;

import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.HistoricTaskPermissions;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What each group may do in the engine (reliability: permissions matrix); written at every start, so that a right that is
 * missing comes back and the list here is the list that counts.
 *
 * <p>Nobody may deploy at run time: models come with the application. Rights on single tasks are given and taken away by
 * {@link TaskRights} as tasks move.
 */
@Component
@Order(10)
class AccessRights implements ApplicationRunner {

    private static final List<String> STORY = List.of(
            "account-appeal",
            "manager-report",
            "evidence-collection",
            "carrier-review",
            "conditional-reinstatement",
            "retraining",
            "alternatives",
            "call-prevention");

    private final AuthorizationService authorizations;
    private final IdentityService identity;
    private final SecurityProperties properties;

    AccessRights(AuthorizationService authorizations, IdentityService identity, SecurityProperties properties) {
        this.authorizations = authorizations;
        this.identity = identity;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Groups.ALL.forEach(this::ensureGroup);
        SecurityProperties.FirstAdmin first = properties.firstAdmin();
        if (first != null && identity.createUserQuery().userId(first.id()).count() == 0) {
            User user = identity.newUser(first.id());
            user.setFirstName(first.id());
            user.setLastName("");
            user.setPassword(first.password());
            identity.saveUser(user);
            identity.createMembership(first.id(), Groups.ADMINISTRATORS);
        }

        for (String group : Groups.TASK_WORKERS) {
            grant(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
            STORY.forEach(key -> grant(group, Resources.PROCESS_DEFINITION, key, ProcessDefinitionPermissions.READ));
        }
        for (String group : List.of(Groups.EMPLOYEES, Groups.MANAGERS, Groups.COMPLIANCE, Groups.LIAISONS)) {
            grant(
                    group,
                    Resources.PROCESS_DEFINITION,
                    "account-appeal",
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.CREATE_INSTANCE);
            grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
        }
        grant(Groups.COMPLIANCE, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
        STORY.forEach(key -> {
            grant(
                    Groups.COMPLIANCE,
                    Resources.PROCESS_DEFINITION,
                    key,
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.CREATE_INSTANCE,
                    ProcessDefinitionPermissions.READ_INSTANCE,
                    ProcessDefinitionPermissions.READ_TASK,
                    ProcessDefinitionPermissions.TASK_ASSIGN,
                    ProcessDefinitionPermissions.READ_TASK_VARIABLE,
                    ProcessDefinitionPermissions.READ_HISTORY);
            grant(
                    Groups.PROCESS_OWNERS,
                    Resources.PROCESS_DEFINITION,
                    key,
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.READ_INSTANCE,
                    ProcessDefinitionPermissions.READ_HISTORY,
                    ProcessDefinitionPermissions.RETRY_JOB,
                    ProcessDefinitionPermissions.SUSPEND_INSTANCE,
                    ProcessDefinitionPermissions.MIGRATE_INSTANCE);
            grant(
                    Groups.AUDITORS,
                    Resources.PROCESS_DEFINITION,
                    key,
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.READ_INSTANCE,
                    ProcessDefinitionPermissions.READ_TASK,
                    ProcessDefinitionPermissions.READ_HISTORY,
                    ProcessDefinitionPermissions.READ_HISTORY_VARIABLE);
        });
        for (String group : Groups.ALL) {
            grant(group, Resources.APPLICATION, "welcome", Permissions.ACCESS);
        }
        for (String group : List.of(Groups.PROCESS_OWNERS, Groups.AUDITORS)) {
            grant(group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
            grant(group, Resources.DECISION_DEFINITION, ANY, Permissions.READ, Permissions.READ_HISTORY);
            grant(group, Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, Permissions.READ);
            grant(group, Resources.DEPLOYMENT, ANY, Permissions.READ);
        }
        grant(Groups.AUDITORS, Resources.HISTORIC_TASK, ANY, HistoricTaskPermissions.READ);
        grant(Groups.AUDITORS, Resources.OPERATION_LOG_CATEGORY, ANY, Permissions.READ);
        grant(Groups.ADMINISTRATORS, Resources.APPLICATION, "admin", Permissions.ACCESS);
        for (Resource people :
                List.of(Resources.USER, Resources.GROUP, Resources.GROUP_MEMBERSHIP, Resources.AUTHORIZATION, Resources.FILTER)) {
            grant(Groups.ADMINISTRATORS, people, ANY, Permissions.ALL);
        }
        // Everybody may see everybody's name, as on a company's phone list; the engine shows it beside a task.
        for (String group : Groups.ALL) {
            if (!group.equals(Groups.ADMINISTRATORS)) {
                grant(group, Resources.USER, ANY, Permissions.READ);
            }
        }
    }

    private void ensureGroup(String id) {
        if (identity.createGroupQuery().groupId(id).count() == 0) {
            Group group = identity.newGroup(id);
            group.setName(id);
            group.setType("WORKFLOW");
            identity.saveGroup(group);
        }
    }

    private void grant(String group, Resource resource, String id, Permission... permissions) {
        Authorization grant = authorizations
                .createAuthorizationQuery()
                .groupIdIn(group)
                .resourceType(resource)
                .resourceId(id)
                .singleResult();
        if (grant == null) {
            grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            grant.setGroupId(group);
            grant.setResource(resource);
            grant.setResourceId(id);
        }
        grant.setPermissions(permissions);
        authorizations.saveAuthorization(grant);
    }
}
