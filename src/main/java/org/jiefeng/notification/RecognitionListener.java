package org.jiefeng.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** At {@code Task_RecordRecognition}: lets the employee know that the work was recognised. */
@Component
class RecognitionListener implements ExecutionListener {

    private final NotificationListener listener;

    RecognitionListener(NotificationListener listener) {
        this.listener = listener;
    }

    @Override
    public void notify(DelegateExecution execution) {
        listener.tellEmployee(News.RECOGNISED, execution);
    }
}
