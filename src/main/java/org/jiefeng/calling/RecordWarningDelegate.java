package org.jiefeng.calling;

import static org.jiefeng.process.AppealVariables.EMPLOYEE_ID;
import static org.jiefeng.process.AppealVariables.VIOLATION;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_RecordWarning}. */
@Component
class RecordWarningDelegate implements JavaDelegate {

    private final RiskCases riskCases;

    RecordWarningDelegate(RiskCases riskCases) {
        this.riskCases = riskCases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        riskCases.warn(execution.getProcessBusinessKey(), EMPLOYEE_ID.get(execution), VIOLATION.get(execution));
    }
}
