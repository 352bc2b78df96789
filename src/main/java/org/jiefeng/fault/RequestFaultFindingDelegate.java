package org.jiefeng.fault;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/** Implements {@code Event_FaultFindingRequested}: starts the finding beside the appeal, unless there is one already. */
@Component
class RequestFaultFindingDelegate implements JavaDelegate {

    private final FaultFindings findings;
    private final CaseMessenger messenger;

    RequestFaultFindingDelegate(FaultFindings findings, CaseMessenger messenger) {
        this.findings = findings;
        this.messenger = messenger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String appealNumber = execution.getProcessBusinessKey();
        if (!findings.isFound(appealNumber)) {
            messenger.startFaultFinding(
                    appealNumber,
                    AppealVariables.EMPLOYEE_ID.get(execution),
                    AppealVariables.CAUSES.get(execution),
                    AppealVariables.SEVERITY.get(execution));
        }
    }
}
