package org.jiefeng.reinstatement;

import static org.jiefeng.process.AppealVariables.PROBATION_ENDS_AT;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_ReopenCalling}: the account calls again, and probation begins where one is required. */
@Component
class ReopenCallingDelegate implements JavaDelegate {

    private final Reinstatement reinstatement;

    ReopenCallingDelegate(Reinstatement reinstatement) {
        this.reinstatement = reinstatement;
    }

    @Override
    public void execute(DelegateExecution execution) {
        reinstatement
                .reopen(execution.getProcessBusinessKey())
                .ifPresent(end -> PROBATION_ENDS_AT.set(execution, Date.from(end)));
    }
}
