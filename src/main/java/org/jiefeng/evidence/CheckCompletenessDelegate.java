package org.jiefeng.evidence;

import static org.jiefeng.process.AppealVariables.EVIDENCE_COMPLETE;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_CheckCompleteness}. */
@Component
class CheckCompletenessDelegate implements JavaDelegate {

    private final Completeness completeness;

    CheckCompletenessDelegate(Completeness completeness) {
        this.completeness = completeness;
    }

    @Override
    public void execute(DelegateExecution execution) {
        EVIDENCE_COMPLETE.set(execution, completeness.check(execution.getProcessBusinessKey()));
    }
}
