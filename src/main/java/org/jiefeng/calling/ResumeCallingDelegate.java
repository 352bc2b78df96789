package org.jiefeng.calling;

import static org.jiefeng.process.AppealVariables.RETRAINING_CERTIFIED;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_ResumeCalling}: what was stopped goes on, unless something else forbids it, and the case closes. */
@Component
class ResumeCallingDelegate implements JavaDelegate {

    private final RiskCases riskCases;

    ResumeCallingDelegate(RiskCases riskCases) {
        this.riskCases = riskCases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        riskCases.resume(
                execution.getProcessBusinessKey(),
                RETRAINING_CERTIFIED.find(execution).orElse(true));
    }
}
