package org.jiefeng.report;

import static org.jiefeng.process.AppealVariables.CASE_OUTCOME;
import static org.jiefeng.process.AppealVariables.DAYS_CLOSED;
import static org.jiefeng.process.AppealVariables.REOPENING_BAR;
import static org.jiefeng.process.AppealVariables.TIMES_REOPENED;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Before {@code Task_DetermineReopening}: looks up how the case ended and what its account has become since. */
@Component
class FindReopeningFactsListener implements ExecutionListener {

    private final AppealReopening reopening;

    FindReopeningFactsListener(AppealReopening reopening) {
        this.reopening = reopening;
    }

    @Override
    public void notify(DelegateExecution execution) {
        AppealReopening.Facts facts = reopening.facts(execution.getProcessBusinessKey());
        CASE_OUTCOME.set(execution, facts.outcome());
        DAYS_CLOSED.set(execution, facts.daysClosed());
        TIMES_REOPENED.set(execution, facts.timesReopened());
        REOPENING_BAR.set(execution, facts.bar());
    }
}
