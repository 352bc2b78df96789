package org.jiefeng.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** At {@code Task_RecordCarrierDecision}: lets people know that the carrier has decided. */
@Component
class DecisionArrivedListener implements ExecutionListener {

    private final NotificationListener listener;

    DecisionArrivedListener(NotificationListener listener) {
        this.listener = listener;
    }

    @Override
    public void notify(DelegateExecution execution) {
        listener.tell(News.DECISION_ARRIVED, execution);
    }
}
