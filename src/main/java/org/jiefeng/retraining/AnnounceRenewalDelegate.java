package org.jiefeng.retraining;

import static org.jiefeng.process.AppealVariables.EMPLOYEE_ID;
import static org.jiefeng.process.AppealVariables.RENEWED_CERTIFICATE;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_AnnounceRenewal}. */
@Component
class AnnounceRenewalDelegate implements JavaDelegate {

    private final CertificateRenewals renewals;

    AnnounceRenewalDelegate(CertificateRenewals renewals) {
        this.renewals = renewals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        renewals.announce(
                execution.getProcessBusinessKey(), EMPLOYEE_ID.get(execution), RENEWED_CERTIFICATE.get(execution));
    }
}
