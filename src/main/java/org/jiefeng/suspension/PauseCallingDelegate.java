package org.jiefeng.suspension;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** Implements {@code Task_PauseCalling}: no call goes out on a suspended account (R12). */
@Component
class PauseCallingDelegate implements JavaDelegate {

    private final SuspensionService suspensions;

    PauseCallingDelegate(SuspensionService suspensions) {
        this.suspensions = suspensions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        suspensions.pauseCalling(AppealVariables.NOTICE_REFERENCE.get(execution));
    }
}
