package org.jiefeng.audit;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/** Implements {@code Task_DeleteExpiredCase}. Safe to repeat: what is gone is gone, and what is kept now stays. */
@Component
class DeleteExpiredCaseDelegate implements JavaDelegate {

    private final CaseRetention cases;

    DeleteExpiredCaseDelegate(CaseRetention cases) {
        this.cases = cases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        cases.deleteExpired(
                execution.getProcessBusinessKey().substring(CaseMessenger.DELETION.length()),
                AppealVariables.RETENTION_RUN.get(execution));
    }
}
