package org.jiefeng.report;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.CaseRestart;
import org.springframework.stereotype.Component;

/** Implements {@code Task_ReopenCase}: the case is open again, and its process goes on at the stage where it stood. */
@Component
class ReopenCaseDelegate implements JavaDelegate {

    private final AppealReopening reopening;
    private final CaseRestart restart;

    ReopenCaseDelegate(AppealReopening reopening, CaseRestart restart) {
        this.reopening = reopening;
        this.restart = restart;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        restart.goOn(number, reopening.reopen(number));
    }
}
