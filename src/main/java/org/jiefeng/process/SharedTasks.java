package org.jiefeng.process;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.task.Task;
import org.jiefeng.appeal.CaseTasks;
import org.jiefeng.appeal.ConflictException;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Does a person's task in the engine as Tasklist would, so that what holds there holds here. */
@Component
class SharedTasks implements CaseTasks {

    private final TaskService tasks;
    private final FormService forms;
    private final IdentityService identity;
    private final MessageSource messages;
    private final Locale locale;

    SharedTasks(
            TaskService tasks,
            FormService forms,
            IdentityService identity,
            MessageSource messages,
            Locale deploymentLocale) {
        this.tasks = tasks;
        this.forms = forms;
        this.identity = identity;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    @Override
    public Optional<Open> find(String appealNumber, String step) {
        return task(appealNumber, step).map(task -> new Open(task.getAssignee()));
    }

    private Optional<Task> task(String appealNumber, String step) {
        return tasks
                .createTaskQuery()
                .processInstanceBusinessKey(appealNumber)
                .taskDefinitionKey(step)
                .active()
                .list()
                .stream()
                .findFirst();
    }

    @Override
    @Transactional
    public void complete(String appealNumber, String step, String userId, Map<String, String> answers) {
        Task task = task(appealNumber, step).orElseThrow(() -> new ConflictException(text("sharedTask.none")));
        if (!new Open(task.getAssignee()).isFreeFor(userId)) {
            throw new ConflictException(text("sharedTask.claimed"));
        }
        List<String> groups = identity.createGroupQuery().groupMember(userId).list().stream()
                .map(Group::getId)
                .toList();
        identity.setAuthentication(userId, groups);
        try {
            if (task.getAssignee() == null) {
                tasks.claim(task.getId(), userId);
            }
            forms.submitTaskForm(task.getId(), new HashMap<>(answers));
        } catch (BadUserRequestException e) {
            throw new ConflictException(String.valueOf(e.getMessage()));
        } catch (AuthorizationException e) {
            throw new ConflictException(text("sharedTask.forbidden"));
        } catch (OptimisticLockingException e) {
            throw new ConflictException(text("sharedTask.claimed"));
        } finally {
            identity.clearAuthentication();
        }
    }

    private String text(String key) {
        return messages.getMessage(key, null, locale);
    }
}
