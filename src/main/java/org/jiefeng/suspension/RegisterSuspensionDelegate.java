package org.jiefeng.suspension;

import java.util.Date;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.process.AppealVariables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Implements {@code Task_RegisterSuspension}: opens the appeal, or attaches the notice to the open one. The appeal number
 * becomes the business key. Safe to retry: it commits with the process or not at all.
 */
@Component
class RegisterSuspensionDelegate implements JavaDelegate {

    private final SuspensionService suspensions;
    private final DecisionService decisions;

    RegisterSuspensionDelegate(SuspensionService suspensions, DecisionService decisions) {
        this.suspensions = suspensions;
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String reference = AppealVariables.NOTICE_REFERENCE.get(execution);
        String causes = suspensions.causesOf(reference);
        DmnDecisionResultEntries rule = decisions
                .evaluateDecisionByKey("repeat-rule")
                .variables(Variables.createVariables().putValue("causes", causes))
                .evaluate()
                .getSingleResult();

        SuspensionService.Registration registration = suspensions.register(
                reference,
                starter(execution),
                Boolean.TRUE.equals(rule.getEntry("countsAsRepeat")),
                rule.<Number>getEntry("windowMonths").longValue());

        execution.setProcessBusinessKey(registration.appealNumber());
        Notices.Stored notice = registration.notice();
        AppealVariables.OPEN_APPEAL.set(execution, registration.openAppeal());
        AppealVariables.ACCOUNT_ID.set(execution, registration.account().id());
        AppealVariables.EMPLOYEE_ID.set(execution, registration.account().employeeId());
        AppealVariables.CARRIER.set(execution, notice.carrier().name());
        AppealVariables.SOURCE.set(execution, notice.source().name());
        AppealVariables.ACCOUNT_STATE.set(execution, notice.state().name());
        AppealVariables.CAUSES.set(execution, causes);
        AppealVariables.SUSPENDED_AT.set(execution, Date.from(notice.suspendedAt()));
        AppealVariables.NOTICE_COMPLETE.set(execution, notice.isComplete());
        AppealVariables.REPEAT_COUNT.set(execution, registration.repeatCount());
    }

    /** Who submitted the start form; nobody when the case was started by our API, which acts as the system. */
    private static @Nullable String starter(DelegateExecution execution) {
        Authentication current =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        return current == null ? null : current.getUserId();
    }
}
