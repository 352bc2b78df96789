package org.jiefeng.report;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** Implements {@code Task_FindResponsibleManager}. */
@Component
class FindResponsibleManagerDelegate implements JavaDelegate {

    private final Judges judges;

    FindResponsibleManagerDelegate(Judges judges) {
        this.judges = judges;
    }

    @Override
    public void execute(DelegateExecution execution) {
        AppealVariables.MANAGER_ID.set(execution, judges.responsibleFor(AppealVariables.EMPLOYEE_ID.get(execution)));
    }
}
