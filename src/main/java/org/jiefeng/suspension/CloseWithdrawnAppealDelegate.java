package org.jiefeng.suspension;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_CloseWithdrawnAppeal}. */
@Component
class CloseWithdrawnAppealDelegate implements JavaDelegate {

    private final SuspensionService suspensions;

    CloseWithdrawnAppealDelegate(SuspensionService suspensions) {
        this.suspensions = suspensions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        suspensions.closeWithdrawn(execution.getProcessBusinessKey());
    }
}
