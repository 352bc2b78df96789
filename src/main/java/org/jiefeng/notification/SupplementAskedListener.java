package org.jiefeng.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** At {@code BoundaryEvent_SupplementRequested}: lets people know that the carrier wants more material. */
@Component
class SupplementAskedListener implements ExecutionListener {

    private final NotificationListener listener;

    SupplementAskedListener(NotificationListener listener) {
        this.listener = listener;
    }

    @Override
    public void notify(DelegateExecution execution) {
        listener.tell(News.SUPPLEMENT_ASKED, execution);
    }
}
