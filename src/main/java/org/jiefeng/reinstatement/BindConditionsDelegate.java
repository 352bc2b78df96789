package org.jiefeng.reinstatement;

import static org.jiefeng.process.AppealVariables.PROBATION_DAYS;
import static org.jiefeng.process.AppealVariables.RELEASE_CONDITIONS;
import static org.jiefeng.process.AppealVariables.SELF_CHECK_DAYS;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_BindConditions}: the strictest conditions bind the person, a longer probation the process. */
@Component
class BindConditionsDelegate implements JavaDelegate {

    private final Reinstatement reinstatement;

    BindConditionsDelegate(Reinstatement reinstatement) {
        this.reinstatement = reinstatement;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ReleaseTerms terms = reinstatement.bind(
                execution.getProcessBusinessKey(),
                RELEASE_CONDITIONS.get(execution),
                Math.toIntExact(PROBATION_DAYS.get(execution)),
                Math.toIntExact(SELF_CHECK_DAYS.get(execution)));
        PROBATION_DAYS.set(execution, (long) terms.probationDays());
        SELF_CHECK_DAYS.set(execution, (long) terms.selfCheckDays());
    }
}
