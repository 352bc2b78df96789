package org.jiefeng.report;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** At the end events of {@code case-reopening}: closes the request with what became of it. */
@Component
class EndReopeningListener implements ExecutionListener {

    private final AppealReopening reopening;

    EndReopeningListener(AppealReopening reopening) {
        this.reopening = reopening;
    }

    @Override
    public void notify(DelegateExecution execution) {
        AppealReopening.Result result =
                switch (execution.getCurrentActivityId()) {
                    case "EndEvent_CaseReopened" -> AppealReopening.Result.REOPENED;
                    case "EndEvent_ReopeningRefused" -> AppealReopening.Result.REFUSED;
                    default -> AppealReopening.Result.NOT_ALLOWED;
                };
        reopening.end(execution.getProcessBusinessKey(), result);
    }
}
