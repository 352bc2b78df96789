package org.jiefeng.notification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** At {@code Task_AnnounceRenewal}: lets the employee and the manager know that a certificate ends soon. */
@Component
class CertificateEndsListener implements ExecutionListener {

    private final NotificationListener listener;

    CertificateEndsListener(NotificationListener listener) {
        this.listener = listener;
    }

    @Override
    public void notify(DelegateExecution execution) {
        listener.tell(News.CERTIFICATE_ENDS, execution);
    }
}
