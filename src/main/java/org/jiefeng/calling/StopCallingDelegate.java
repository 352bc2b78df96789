package org.jiefeng.calling;

import static org.jiefeng.process.AppealVariables.EMPLOYEE_ID;
import static org.jiefeng.process.AppealVariables.MANAGER_ID;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_StopCalling}, which only a person's confirmation leads to. */
@Component
class StopCallingDelegate implements JavaDelegate {

    private final RiskCases riskCases;

    StopCallingDelegate(RiskCases riskCases) {
        this.riskCases = riskCases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        riskCases.stop(execution.getProcessBusinessKey(), EMPLOYEE_ID.get(execution), MANAGER_ID.get(execution));
    }
}
