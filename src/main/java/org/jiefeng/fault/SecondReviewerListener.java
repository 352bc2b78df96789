package org.jiefeng.fault;

import java.util.Locale;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** At {@code Task_ReviewDispute}: refuses the person who found the fault; a dispute is for other eyes. */
@Component
class SecondReviewerListener implements TaskListener {

    private final FaultFindings findings;
    private final MessageSource messages;
    private final Locale locale;

    SecondReviewerListener(FaultFindings findings, MessageSource messages, Locale deploymentLocale) {
        this.findings = findings;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    @Override
    public void notify(DelegateTask task) {
        String assignee = task.getAssignee();
        if (assignee != null
                && !findings.isAnotherThanTheFinder(task.getExecution().getProcessBusinessKey(), assignee)) {
            throw new BadUserRequestException(messages.getMessage("fault.secondReviewer", null, locale));
        }
    }
}
