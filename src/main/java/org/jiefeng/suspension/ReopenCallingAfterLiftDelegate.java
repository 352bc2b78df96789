package org.jiefeng.suspension;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_ReopenCallingAfterLift} (anti-fraud law art. 32: lifted at once). */
@Component
class ReopenCallingAfterLiftDelegate implements JavaDelegate {

    private final SuspensionService suspensions;

    ReopenCallingAfterLiftDelegate(SuspensionService suspensions) {
        this.suspensions = suspensions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        suspensions.liftUnfounded(execution.getProcessBusinessKey());
    }
}
