package org.jiefeng.suspension;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.account.Employees;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/** Implements {@code Event_RecordingRescueRequested}: starts the rescue of recordings beside the appeal. */
@Component
class RequestRecordingRescueDelegate implements JavaDelegate {

    private final Employees employees;
    private final CaseMessenger messenger;

    RequestRecordingRescueDelegate(Employees employees, CaseMessenger messenger) {
        this.employees = employees;
        this.messenger = messenger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String employeeId = AppealVariables.EMPLOYEE_ID.get(execution);
        messenger.startRecordingRescue(
                execution.getProcessBusinessKey(),
                employeeId,
                AppealVariables.CAUSES.get(execution),
                AppealVariables.SUSPENDED_AT.get(execution),
                employees.callPlatform(employeeId));
    }
}
