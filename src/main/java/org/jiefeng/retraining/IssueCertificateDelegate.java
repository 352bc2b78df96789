package org.jiefeng.retraining;

import static org.jiefeng.process.AppealVariables.CERTIFICATE_MONTHS;
import static org.jiefeng.process.AppealVariables.MANAGER_ID;
import static org.jiefeng.process.AppealVariables.RENEWAL_DAYS;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_IssueCertificate}, after the manager's sign-off. */
@Component
class IssueCertificateDelegate implements JavaDelegate {

    private final Retraining retraining;

    IssueCertificateDelegate(Retraining retraining) {
        this.retraining = retraining;
    }

    @Override
    public void execute(DelegateExecution execution) {
        retraining.certify(
                execution.getProcessBusinessKey(),
                MANAGER_ID.get(execution),
                new Retraining.Validity(CERTIFICATE_MONTHS.get(execution), RENEWAL_DAYS.get(execution)));
    }
}
