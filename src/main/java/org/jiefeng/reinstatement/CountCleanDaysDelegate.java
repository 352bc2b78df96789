package org.jiefeng.reinstatement;

import static org.jiefeng.process.AppealVariables.NEW_COMPLAINTS;
import static org.jiefeng.process.AppealVariables.NEW_TIGHTENINGS;
import static org.jiefeng.process.AppealVariables.PRESENT_STEP;
import static org.jiefeng.process.AppealVariables.STEP_CLEAN_DAYS;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_CountCleanDays}: how the probation stands, for the decision that follows. */
@Component
class CountCleanDaysDelegate implements JavaDelegate {

    private final ReleaseSteps steps;

    CountCleanDaysDelegate(ReleaseSteps steps) {
        this.steps = steps;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ReleaseSteps.Standing standing = steps.count(execution.getProcessBusinessKey());
        PRESENT_STEP.setLocal(execution, standing.present());
        STEP_CLEAN_DAYS.setLocal(execution, standing.cleanDays());
        NEW_COMPLAINTS.setLocal(execution, standing.newComplaints());
        NEW_TIGHTENINGS.setLocal(execution, standing.newTightenings());
    }
}
