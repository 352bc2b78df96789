package org.jiefeng.security;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The four lists everybody finds in Tasklist: my tasks, my group's, due today, overdue. */
@Component
@Order(15)
class TasklistFilters implements ApplicationRunner {

    private final FilterService filters;
    private final TaskService tasks;
    private final AuthorizationService authorizations;
    private final MessageSource messages;
    private final Locale locale;

    TasklistFilters(
            FilterService filters,
            TaskService tasks,
            AuthorizationService authorizations,
            MessageSource messages,
            Locale deploymentLocale) {
        this.filters = filters;
        this.tasks = tasks;
        this.authorizations = authorizations;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        List<Filter> present = filters.createFilterQuery().list();
        ensure(present, "mine", 10, "#0b7285", tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
        ensure(
                present,
                "group",
                20,
                "#5f3dc4",
                tasks.createTaskQuery().taskCandidateGroupInExpression("${currentUserGroups()}"));
        ensure(
                present,
                "today",
                30,
                "#e67700",
                concerningMe().dueAfterExpression("${startOfToday()}").dueBeforeExpression("${startOfTomorrow()}"));
        ensure(present, "overdue", 40, "#c92a2a", concerningMe().dueBeforeExpression("${now()}"));
    }

    private TaskQuery concerningMe() {
        return tasks.createTaskQuery()
                .or()
                .taskAssigneeExpression("${currentUser()}")
                .taskCandidateGroupInExpression("${currentUserGroups()}")
                .endOr();
    }

    private void ensure(List<Filter> present, String key, int priority, String colour, TaskQuery query) {
        Filter filter = present.stream()
                .filter(known -> key.equals(known.getProperties().get("jiefeng")))
                .findFirst()
                .orElseGet(filters::newTaskFilter);
        Map<String, Object> properties = new HashMap<>();
        properties.put("jiefeng", key);
        properties.put("priority", priority);
        properties.put("color", colour);
        properties.put("refresh", true);
        properties.put("showUndefinedVariable", false);
        properties.put(
                "variables",
                List.of(Map.of(
                        "name", CaseNumberOnTask.VARIABLE, "label", messages.getMessage("filter.case", null, locale))));
        properties.put("description", messages.getMessage("filter." + key + ".description", null, locale));
        boolean isNew = filter.getId() == null;
        filter.setName(messages.getMessage("filter." + key, null, locale));
        filter.setQuery(query);
        filter.setProperties(properties);
        filters.saveFilter(filter);
        if (isNew) {
            for (String group : Groups.TASK_WORKERS) {
                Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
                grant.setGroupId(group);
                grant.setResource(Resources.FILTER);
                grant.setResourceId(filter.getId());
                grant.addPermission(Permissions.READ);
                authorizations.saveAuthorization(grant);
            }
        }
    }
}
