package org.jiefeng.security;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.CREATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.MIGRATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_HISTORY;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_HISTORY_VARIABLE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_TASK;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_TASK_VARIABLE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.RETRY_JOB;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.SUSPEND_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.TASK_ASSIGN;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.HistoricTaskPermissions;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What each group may do in the engine (reliability: permissions matrix); looked over at every start, so that a right
 * that is missing comes back and the list here is the list that counts.
 *
 * <p>Nobody may deploy at run time: models come with the application. Nobody but the applicant's and judges' own tasks
 * gives rights on cases; those are given and taken away by {@link TaskRights} as tasks move.
 */
@Component
@Order(10)
class AccessRights implements ApplicationRunner {

    static final List<String> STORY = List.of(
            "account-appeal",
            "manager-report",
            "evidence-collection",
            "carrier-review",
            "conditional-reinstatement",
            "probation",
            "retraining",
            "alternatives",
            "call-prevention",
            "measure-check",
            "certificate-renewal",
            "recording-rescue",
            "fault-finding",
            "recognition",
            "absence-handover",
            "forwarded-complaint",
            "anomaly-report",
            "calendar-change",
            "case-reopening",
            "retention");

    private final AuthorizationService authorizations;
    private final IdentityService identity;
    private final SecurityProperties properties;
    private final MessageSource messages;
    private final Locale locale;

    AccessRights(
            AuthorizationService authorizations,
            IdentityService identity,
            SecurityProperties properties,
            MessageSource messages,
            Locale deploymentLocale) {
        this.authorizations = authorizations;
        this.identity = identity;
        this.properties = properties;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Groups.ALL.forEach(this::ensureGroup);
        ensureFirstAdmin();
        grants().forEach(this::ensureGrant);
        closeHistories();
    }

    /** One right of one group; several lines about the same thing add up. */
    private record Grant(String group, Resource resource, String id) {}

    private static Map<Grant, Set<Permission>> grants() {
        Grants grants = new Grants();
        for (String group : Groups.ALL) {
            grants.give(group, Resources.APPLICATION, "welcome", Permissions.ACCESS);
            // Everybody may see everybody's name, as on a company's phone list; the engine shows it beside a task.
            grants.give(group, Resources.USER, ANY, Permissions.READ);
            grants.give(group, Resources.GROUP, ANY, Permissions.READ);
        }
        for (String group : Groups.TASK_WORKERS) {
            grants.give(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
            grants.story(group, READ);
        }
        // Whoever may hear of a suspension first may report it. Trainers hear of a case when it comes to them.
        for (String group : List.of(Groups.EMPLOYEES, Groups.MANAGERS, Groups.COMPLIANCE, Groups.LIAISONS)) {
            grants.give(group, Resources.PROCESS_DEFINITION, "account-appeal", CREATE_INSTANCE);
            grants.give(group, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
        }
        for (String group : List.of(Groups.COMPLIANCE, Groups.PROCESS_OWNERS, Groups.AUDITORS)) {
            grants.give(group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
            grants.story(group, READ, READ_INSTANCE, READ_HISTORY);
        }
        // No TASK_WORK: compliance works on its own group's tasks, and hands over everybody's.
        grants.story(Groups.COMPLIANCE, READ_TASK, READ_TASK_VARIABLE, TASK_ASSIGN);
        grants.story(Groups.PROCESS_OWNERS, RETRY_JOB, SUSPEND_INSTANCE, MIGRATE_INSTANCE);
        grants.story(Groups.AUDITORS, READ_TASK, READ_HISTORY_VARIABLE);
        grants.give(Groups.AUDITORS, Resources.HISTORIC_TASK, ANY, HistoricTaskPermissions.READ);
        grants.give(Groups.AUDITORS, Resources.OPERATION_LOG_CATEGORY, ANY, UserOperationLogCategoryPermissions.READ);
        // What a decision was asked is variables of a case: the owner sees the tables, not what went into them.
        grants.give(Groups.AUDITORS, Resources.DECISION_DEFINITION, ANY, Permissions.READ_HISTORY);
        for (String group : List.of(Groups.PROCESS_OWNERS, Groups.AUDITORS)) {
            grants.give(group, Resources.DECISION_DEFINITION, ANY, Permissions.READ);
            grants.give(group, Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, Permissions.READ);
            grants.give(group, Resources.DEPLOYMENT, ANY, Permissions.READ);
        }
        grants.give(Groups.ADMINISTRATORS, Resources.APPLICATION, "admin", Permissions.ACCESS);
        for (Resource people : List.of(
                Resources.USER,
                Resources.GROUP,
                Resources.GROUP_MEMBERSHIP,
                Resources.AUTHORIZATION,
                Resources.FILTER)) {
            grants.give(Groups.ADMINISTRATORS, people, ANY, Permissions.ALL);
        }
        return grants.all;
    }

    /** Lets the list above read as a list. */
    private static final class Grants {

        final Map<Grant, Set<Permission>> all = new LinkedHashMap<>();

        void give(String group, Resource resource, String id, Permission... permissions) {
            all.computeIfAbsent(new Grant(group, resource, id), grant -> new LinkedHashSet<>())
                    .addAll(List.of(permissions));
        }

        void story(String group, Permission... permissions) {
            STORY.forEach(key -> give(group, Resources.PROCESS_DEFINITION, key, permissions));
        }
    }

    private void ensureGroup(String id) {
        Group group = identity.createGroupQuery().groupId(id).singleResult();
        String name = messages.getMessage("group." + id, null, locale);
        if (group == null) {
            group = identity.newGroup(id);
            group.setType("WORKFLOW");
        } else if (name.equals(group.getName())) {
            return;
        }
        group.setName(name);
        identity.saveGroup(group);
    }

    private void ensureFirstAdmin() {
        SecurityProperties.FirstAdmin first = properties.firstAdmin();
        if (first == null
                || identity.createUserQuery()
                                .memberOfGroup(Groups.ADMINISTRATORS)
                                .count()
                        > 0) {
            return;
        }
        if (identity.createUserQuery().userId(first.id()).count() == 0) {
            User user = identity.newUser(first.id());
            user.setFirstName(first.id());
            user.setPassword(first.password());
            identity.saveUser(user);
        }
        identity.createMembership(first.id(), Groups.ADMINISTRATORS);
    }

    /** Takes back what {@link TaskRights} gave before it was known that it opens every variable of a case's past. */
    private void closeHistories() {
        authorizations
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .resourceType(Resources.HISTORIC_PROCESS_INSTANCE)
                .list()
                .forEach(grant -> authorizations.deleteAuthorization(grant.getId()));
        for (Authorization grant : authorizations
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .resourceType(Resources.HISTORIC_TASK)
                .hasPermission(HistoricTaskPermissions.READ_VARIABLE)
                .list()) {
            grant.removePermission(HistoricTaskPermissions.READ_VARIABLE);
            authorizations.saveAuthorization(grant);
        }
    }

    private void ensureGrant(Grant grant, Set<Permission> permissions) {
        AuthorizationEntity wanted = (AuthorizationEntity) authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
        wanted.setGroupId(grant.group());
        wanted.setResource(grant.resource());
        wanted.setResourceId(grant.id());
        wanted.setPermissions(permissions.toArray(Permission[]::new));
        List<Authorization> present = new ArrayList<>(authorizations
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .groupIdIn(grant.group())
                .resourceType(grant.resource())
                .resourceId(grant.id())
                .list());
        if (present.isEmpty()) {
            authorizations.saveAuthorization(wanted);
        } else if (((AuthorizationEntity) present.get(0)).getPermissions() != wanted.getPermissions()) {
            present.get(0).setPermissions(permissions.toArray(Permission[]::new));
            authorizations.saveAuthorization(present.get(0));
        }
    }
}
