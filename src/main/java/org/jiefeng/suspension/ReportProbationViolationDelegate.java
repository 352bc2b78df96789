package org.jiefeng.suspension;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealProcess;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/** Implements {@code Event_ProbationViolationReported}: tells the earlier appeal that its probation has failed. */
@Component
class ReportProbationViolationDelegate implements JavaDelegate {

    private final SuspensionService suspensions;
    private final CaseMessenger messenger;

    ReportProbationViolationDelegate(SuspensionService suspensions, CaseMessenger messenger) {
        this.suspensions = suspensions;
        this.messenger = messenger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String earlier = suspensions.appealOnProbation(AppealVariables.ACCOUNT_ID.get(execution));
        messenger.send(AppealProcess.VIOLATION_DETECTED, earlier, Map.of());
    }
}
