package org.jiefeng.reinstatement;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_EndProbation}. */
@Component
class EndProbationDelegate implements JavaDelegate {

    private final Reinstatement reinstatement;

    EndProbationDelegate(Reinstatement reinstatement) {
        this.reinstatement = reinstatement;
    }

    @Override
    public void execute(DelegateExecution execution) {
        reinstatement.endProbation(execution.getProcessBusinessKey());
    }
}
