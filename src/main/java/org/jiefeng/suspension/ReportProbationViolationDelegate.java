package org.jiefeng.suspension;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealProcess;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/**
 * Implements {@code Event_ProbationViolationReported}: tells the earlier appeal that its account was suspended again, which
 * ends its probation.
 */
@Component
class ReportProbationViolationDelegate implements JavaDelegate {

    /** As decision {@code probation-violation} knows it. */
    private static final String SUSPENDED_AGAIN = "NEW_SUSPENSION";

    private final SuspensionService suspensions;
    private final CaseMessenger messenger;

    ReportProbationViolationDelegate(SuspensionService suspensions, CaseMessenger messenger) {
        this.suspensions = suspensions;
        this.messenger = messenger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String earlier = suspensions.appealOnProbation(AppealVariables.ACCOUNT_ID.get(execution));
        messenger.send(
                AppealProcess.VIOLATION_DETECTED, earlier, Map.of(AppealVariables.VIOLATION.name(), SUSPENDED_AGAIN));
    }
}
