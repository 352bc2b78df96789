package org.jiefeng.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** At the end events of {@code case-reopening}: lets people know that it has been decided whether the case is reopened. */
@Component
class ReopeningDecidedListener implements ExecutionListener {

    private final NotificationListener listener;

    ReopeningDecidedListener(NotificationListener listener) {
        this.listener = listener;
    }

    @Override
    public void notify(DelegateExecution execution) {
        listener.tell(News.REOPENING_DECIDED, execution);
    }
}
