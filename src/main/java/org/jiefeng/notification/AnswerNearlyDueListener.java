package org.jiefeng.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** At {@code Task_EscalateForwardedComplaint}: lets the manager know that the time to answer is nearly over. */
@Component
class AnswerNearlyDueListener implements ExecutionListener {

    private final NotificationListener listener;

    AnswerNearlyDueListener(NotificationListener listener) {
        this.listener = listener;
    }

    @Override
    public void notify(DelegateExecution execution) {
        listener.tell(News.ANSWER_NEARLY_DUE, execution);
    }
}
