package org.jiefeng.suspension;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.jiefeng.calendar.WorkingCalendar;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/** After {@code Task_RegisterSuspension}: a complaint that 12321 passed on is answered beside the appeal. */
@Component
class StartForwardedComplaintListener implements ExecutionListener {

    private final SuspensionService suspensions;
    private final CaseMessenger messenger;

    StartForwardedComplaintListener(SuspensionService suspensions, CaseMessenger messenger) {
        this.suspensions = suspensions;
        this.messenger = messenger;
    }

    @Override
    public void notify(DelegateExecution execution) {
        suspensions
                .forwardedComplaint(AppealVariables.NOTICE_REFERENCE.get(execution))
                .ifPresent(complaint -> messenger.startForwardedComplaint(
                        execution.getProcessBusinessKey(),
                        AppealVariables.EMPLOYEE_ID.get(execution),
                        Date.from(complaint
                                .on()
                                .atStartOfDay(WorkingCalendar.ZONE)
                                .toInstant()),
                        complaint.reference()));
    }
}
