package org.jiefeng.security;

import java.lang.reflect.Field;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.authorization.HistoricTaskPermissions;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.GetAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.GetAttachmentContentCmd;
import org.camunda.bpm.engine.impl.cmd.GetProcessInstanceAttachmentsCmd;
import org.camunda.bpm.engine.impl.cmd.GetProcessInstanceCommentsCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskAttachmentContentCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskAttachmentsCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskCommentCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskCommentsCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.HistoricProcessInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.HistoricTaskInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Comments and attachments are for whoever sees the task, and for those who see all tasks.
 *
 * <p>The engine checks no right here at all: its REST interface asks only whether the caller sees the task's history,
 * which process owners do, of a whole instance it asks nothing, and a comment on the own task may name any other
 * instance to appear in.
 */
class CaseTextGuard extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        CommandContext context = Context.getCommandContext();
        Authentication caller = context.getAuthentication();
        // Without a caller the application itself is at work; with one whose groups nobody looked up it notes, for
        // somebody it has already asked for the right, who that was.
        boolean outside = caller != null && caller.getUserId() != null && caller.getGroupIds() != null;
        if (outside && !mayPass(command, context)) {
            throw new AuthorizationException("Not the caller's to read or write");
        }
        return next.execute(command);
    }

    private static boolean mayPass(Command<?> command, CommandContext context) {
        if (command instanceof AddCommentCmd) {
            TaskEntity task = context.getTaskManager().findTaskById(text(command, "taskId"));
            String instance = text(command, "processInstanceId");
            return task != null
                    && seesTask(task.getId(), context)
                    && (instance == null || instance.equals(task.getProcessInstanceId()));
        }
        if (command instanceof GetTaskCommentsCmd
                || command instanceof GetTaskCommentCmd
                || command instanceof GetTaskAttachmentsCmd
                || command instanceof GetTaskAttachmentCmd
                || command instanceof GetTaskAttachmentContentCmd) {
            return seesTask(text(command, "taskId"), context);
        }
        if (command instanceof GetProcessInstanceCommentsCmd || command instanceof GetProcessInstanceAttachmentsCmd) {
            HistoricProcessInstanceEntity instance = context.getHistoricProcessInstanceManager()
                    .findHistoricProcessInstance(text(command, "processInstanceId"));
            return instance == null || seesTasksOf(instance.getProcessDefinitionKey(), context);
        }
        // By the attachment's id alone nobody can be told whose it is; nothing of ours asks so.
        return !(command instanceof GetAttachmentCmd || command instanceof GetAttachmentContentCmd);
    }

    private static boolean seesTask(@Nullable String taskId, CommandContext context) {
        var rights = context.getAuthorizationManager();
        HistoricTaskInstanceEntity task =
                context.getHistoricTaskInstanceManager().findHistoricTaskInstanceById(taskId);
        return task == null
                || rights.isAuthorized(Permissions.READ, Resources.TASK, taskId)
                || rights.isAuthorized(HistoricTaskPermissions.READ, Resources.HISTORIC_TASK, taskId)
                || seesTasksOf(task.getProcessDefinitionKey(), context);
    }

    private static boolean seesTasksOf(@Nullable String process, CommandContext context) {
        return context.getAuthorizationManager()
                .isAuthorized(ProcessDefinitionPermissions.READ_TASK, Resources.PROCESS_DEFINITION, process);
    }

    private static @Nullable String text(Command<?> command, String name) {
        Field field = ReflectionUtils.findField(command.getClass(), name);
        if (field == null) {
            throw new IllegalStateException("This engine names " + name + " otherwise");
        }
        field.setAccessible(true);
        return (String) ReflectionUtils.getField(field, command);
    }
}
