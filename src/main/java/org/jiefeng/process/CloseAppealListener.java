package org.jiefeng.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.Outcome;
import org.springframework.stereotype.Component;

/** Ends a case; the end event's extension property {@code outcome} says how. */
@Component
class CloseAppealListener implements ExecutionListener {

    private final AppealService appeals;

    CloseAppealListener(AppealService appeals) {
        this.appeals = appeals;
    }

    @Override
    public void notify(DelegateExecution execution) {
        appeals.close(execution.getProcessBusinessKey(), Outcome.valueOf(ModelProperty.required(execution, "outcome")));
    }
}
