package org.jiefeng.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** At {@code Task_RecordFault}: lets employee and manager know that it is settled whose fault the suspension was. */
@Component
class FaultSettledListener implements ExecutionListener {

    private final NotificationListener listener;

    FaultSettledListener(NotificationListener listener) {
        this.listener = listener;
    }

    @Override
    public void notify(DelegateExecution execution) {
        listener.tell(News.FAULT_SETTLED, execution);
    }
}
