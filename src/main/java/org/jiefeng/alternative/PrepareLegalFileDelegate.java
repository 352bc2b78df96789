package org.jiefeng.alternative;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_PrepareLegalFile}. */
@Component
class PrepareLegalFileDelegate implements JavaDelegate {

    private final Alternatives alternatives;

    PrepareLegalFileDelegate(Alternatives alternatives) {
        this.alternatives = alternatives;
    }

    @Override
    public void execute(DelegateExecution execution) {
        alternatives.prepareLegalFile(execution.getProcessBusinessKey());
    }
}
