package org.jiefeng.reinstatement;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_CloseCallingAgain}: a violation during probation ends it. */
@Component
class CloseCallingAgainDelegate implements JavaDelegate {

    private final Reinstatement reinstatement;

    CloseCallingAgainDelegate(Reinstatement reinstatement) {
        this.reinstatement = reinstatement;
    }

    @Override
    public void execute(DelegateExecution execution) {
        reinstatement.breakOff(execution.getProcessBusinessKey());
    }
}
