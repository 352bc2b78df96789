package org.jiefeng.process;

import java.util.Locale;
import java.util.Objects;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Nobody judges his own case: refuses the applicant as assignee of a judging task (reliability: no self-approval). */
@Component
class FourEyesListener implements TaskListener {

    private final MessageSource messages;
    private final Locale locale;

    FourEyesListener(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    @Override
    public void notify(DelegateTask task) {
        String applicant = AppealVariables.EMPLOYEE_ID.get(task);
        if (Objects.equals(task.getAssignee(), applicant)) {
            throw new BadUserRequestException(messages.getMessage("task.fourEyes", null, locale));
        }
    }
}
