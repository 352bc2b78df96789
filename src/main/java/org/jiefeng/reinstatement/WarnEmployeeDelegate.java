package org.jiefeng.reinstatement;

import static org.jiefeng.process.AppealVariables.PROBATION_VIOLATION_ID;
import static org.jiefeng.process.AppealVariables.VIOLATION_ACTION;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_WarnEmployee}. */
@Component
class WarnEmployeeDelegate implements JavaDelegate {

    private final ProbationViolations violations;

    WarnEmployeeDelegate(ProbationViolations violations) {
        this.violations = violations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        violations.warn(
                execution.getProcessBusinessKey(),
                PROBATION_VIOLATION_ID.get(execution),
                VIOLATION_ACTION.get(execution));
    }
}
