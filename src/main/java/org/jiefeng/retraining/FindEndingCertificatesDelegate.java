package org.jiefeng.retraining;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/** Implements {@code Task_FindEndingCertificates}: starts a renewal for every certificate that ends soon, once each. */
@Component
class FindEndingCertificatesDelegate implements JavaDelegate {

    private final CertificateRenewals renewals;
    private final CaseMessenger messenger;

    FindEndingCertificatesDelegate(CertificateRenewals renewals, CaseMessenger messenger) {
        this.renewals = renewals;
        this.messenger = messenger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        renewals.due().stream()
                .filter(renewals::open)
                .forEach(ending -> messenger.startCertificateRenewal(
                        ending.renewalNumber(), ending.employeeId(), ending.number(), renewals.courses(ending)));
    }
}
