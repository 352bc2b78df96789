package org.jiefeng.report;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** Implements {@code Task_RemindManager}. */
@Component
class RemindManagerDelegate implements JavaDelegate {

    private final Judges judges;

    RemindManagerDelegate(Judges judges) {
        this.judges = judges;
    }

    @Override
    public void execute(DelegateExecution execution) {
        judges.remind(execution.getProcessBusinessKey(), AppealVariables.MANAGER_ID.get(execution));
    }
}
