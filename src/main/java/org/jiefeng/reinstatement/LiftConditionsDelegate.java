package org.jiefeng.reinstatement;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_LiftConditions}. */
@Component
class LiftConditionsDelegate implements JavaDelegate {

    private final Reinstatement reinstatement;

    LiftConditionsDelegate(Reinstatement reinstatement) {
        this.reinstatement = reinstatement;
    }

    @Override
    public void execute(DelegateExecution execution) {
        reinstatement.lift(execution.getProcessBusinessKey());
    }
}
