package org.jiefeng.security;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.util.ReflectionUtils;

/**
 * Only the assignee hands in a task's form.
 *
 * <p>The engine lets every candidate do so, even when a colleague has claimed the task; the case would then name the
 * colleague as the one who decided.
 */
class OwnTaskGuard extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        if (command instanceof SubmitTaskFormCmd) {
            Authentication caller = Context.getCommandContext().getAuthentication();
            TaskEntity task = Context.getCommandContext().getTaskManager().findTaskById(taskOf(command));
            // Without a caller the application itself is at work; a missing task is the command's own answer.
            if (caller != null
                    && caller.getUserId() != null
                    && task != null
                    && !caller.getUserId().equals(task.getAssignee())) {
                throw new AuthorizationException("Only the assignee may submit this task; claim it first");
            }
        }
        return next.execute(command);
    }

    private static String taskOf(Command<?> command) {
        var field = ReflectionUtils.findField(SubmitTaskFormCmd.class, "taskId");
        if (field == null) {
            throw new IllegalStateException("This engine names the submitted task otherwise");
        }
        field.setAccessible(true);
        return String.valueOf(ReflectionUtils.getField(field, command));
    }
}
