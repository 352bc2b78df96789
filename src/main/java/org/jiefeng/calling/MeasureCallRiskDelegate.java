package org.jiefeng.calling;

import static org.jiefeng.process.AppealVariables.CALLS_COUNTED;
import static org.jiefeng.process.AppealVariables.COMPLAINTS_COUNTED;
import static org.jiefeng.process.AppealVariables.COMPLAINT_RATE_PER_TEN_THOUSAND;
import static org.jiefeng.process.AppealVariables.EMPLOYEE_ID;
import static org.jiefeng.process.AppealVariables.MANAGER_ID;
import static org.jiefeng.process.AppealVariables.VIOLATION;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_MeasureCallRisk}: the figures decision {@code call-risk} judges, and who decides. */
@Component
class MeasureCallRiskDelegate implements JavaDelegate {

    private final RiskCases riskCases;

    MeasureCallRiskDelegate(RiskCases riskCases) {
        this.riskCases = riskCases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String employee = EMPLOYEE_ID.get(execution);
        CallRisk risk = riskCases.measure(execution.getProcessBusinessKey(), employee, VIOLATION.get(execution));
        CALLS_COUNTED.set(execution, risk.calls());
        COMPLAINTS_COUNTED.set(execution, risk.complaints());
        COMPLAINT_RATE_PER_TEN_THOUSAND.set(execution, risk.complaintsPerTenThousand());
        MANAGER_ID.set(execution, riskCases.responsibleManager(employee));
    }
}
