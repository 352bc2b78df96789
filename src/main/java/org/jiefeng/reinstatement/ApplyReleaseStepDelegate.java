package org.jiefeng.reinstatement;

import static org.jiefeng.process.AppealVariables.RELEASE_STEP;
import static org.jiefeng.process.AppealVariables.STEP_CLEAN_DAYS;
import static org.jiefeng.process.AppealVariables.STEP_REASON;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_ApplyReleaseStep}: the cap that was decided binds the person from now on. */
@Component
class ApplyReleaseStepDelegate implements JavaDelegate {

    private final ReleaseSteps steps;

    ApplyReleaseStepDelegate(ReleaseSteps steps) {
        this.steps = steps;
    }

    @Override
    public void execute(DelegateExecution execution) {
        steps.apply(
                execution.getProcessBusinessKey(),
                RELEASE_STEP.get(execution),
                STEP_REASON.get(execution),
                STEP_CLEAN_DAYS.get(execution));
    }
}
