package org.jiefeng.process;

import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Starts cases and brings messages to running ones, so that features need not know the engine. */
@Component
public class CaseMessenger {

    /** Begins the business key of a deletion; the number of the case follows. */
    public static final String DELETION = "RT-";

    private final RuntimeService runtime;

    CaseMessenger(RuntimeService runtime) {
        this.runtime = runtime;
    }

    /**
     * Starts {@code account-appeal} for a stored notice; runs synchronously up to the first human task, in the caller's
     * transaction.
     *
     * @param noticeReference the stored notice
     */
    @Transactional
    public void startAppeal(String noticeReference) {
        runtime.createMessageCorrelation(AppealProcess.ACCOUNT_SUSPENDED)
                .setVariable(AppealVariables.NOTICE_REFERENCE.name(), noticeReference)
                .correlateStartMessage();
    }

    /**
     * Brings a message to the running case that waits for it.
     *
     * @param message a name from {@link AppealProcess}
     * @param appealNumber the business key
     * @param values process variables to set, by declared name
     * @return false when nothing waits for it now: too early, too late, or the case has ended
     * @throws org.camunda.bpm.engine.MismatchingMessageCorrelationException when the case stopped waiting just now; the
     *     caller's transaction is lost then and can be tried again
     */
    @Transactional
    public boolean send(String message, String appealNumber, Map<String, Object> values) {
        // Asked first and not caught afterwards: an exception of the engine marks the whole transaction for rollback.
        if (runtime.createExecutionQuery()
                        .messageEventSubscriptionName(message)
                        .processInstanceBusinessKey(appealNumber)
                        .count()
                == 0) {
            return false;
        }
        runtime.createMessageCorrelation(message)
                .processInstanceBusinessKey(appealNumber)
                .setVariables(values)
                .correlateExclusively();
        return true;
    }

    /**
     * Whether an appeal is on a probation that answers violations by decision; one that began under an earlier version of
     * the diagram would end without anybody being asked.
     */
    public boolean answersViolations(String appealNumber) {
        return runtime.createExecutionQuery()
                        .processDefinitionKey(AppealProcess.PROBATION)
                        .messageEventSubscriptionName(AppealProcess.VIOLATION_DETECTED)
                        .processInstanceBusinessKey(appealNumber)
                        .count()
                > 0;
    }

    /**
     * Tells a probation that a rule was broken.
     *
     * @param violation code of the broken rule
     */
    @Transactional
    public void violationInProbation(String appealNumber, String violation, Date violatedAt) {
        send(
                AppealProcess.VIOLATION_DETECTED,
                appealNumber,
                Map.of(AppealVariables.VIOLATION.name(), violation, AppealVariables.VIOLATED_AT.name(), violatedAt));
    }

    /**
     * Starts {@code call-prevention} for an employee, in the caller's transaction.
     *
     * @param riskCase business key, e.g. {@code RK-2026-000001}; the caller sees to it that the employee has only one
     * @param violation code of the broken rule
     */
    @Transactional
    public void startPrevention(String riskCase, String employeeId, String violation) {
        runtime.createMessageCorrelation(AppealProcess.VIOLATION_DETECTED)
                .processInstanceBusinessKey(riskCase)
                .setVariable(AppealVariables.EMPLOYEE_ID.name(), employeeId)
                .setVariable(AppealVariables.VIOLATION.name(), violation)
                .correlateStartMessage();
    }

    /**
     * Starts {@code measure-check} for a promised measure, in the caller's transaction.
     *
     * @param appealNumber the appeal in which it was promised, open or closed
     * @param measureCheckId the check's row; the caller sees to it that a measure has only one
     */
    @Transactional
    public void startMeasureCheck(String appealNumber, long measureCheckId, String employeeId) {
        runtime.createMessageCorrelation(AppealProcess.MEASURE_DUE)
                .processInstanceBusinessKey(appealNumber)
                .setVariable(AppealVariables.MEASURE_CHECK_ID.name(), measureCheckId)
                .setVariable(AppealVariables.EMPLOYEE_ID.name(), employeeId)
                .setVariable(AppealVariables.MEASURE_POSTPONED.name(), false)
                .correlateStartMessage();
    }

    /**
     * Starts {@code certificate-renewal} in the caller's transaction; its first step is a job of its own.
     *
     * @param renewalNumber business key, e.g. {@code CR-2026-000001}; the caller sees to it that a certificate has only one
     * @param certificate number of the certificate that ends
     * @param courses codes joined by commas
     */
    @Transactional
    public void startCertificateRenewal(String renewalNumber, String employeeId, String certificate, String courses) {
        runtime.createMessageCorrelation(AppealProcess.CERTIFICATE_ENDS_SOON)
                .processInstanceBusinessKey(renewalNumber)
                .setVariable(AppealVariables.EMPLOYEE_ID.name(), employeeId)
                .setVariable(AppealVariables.RENEWED_CERTIFICATE.name(), certificate)
                .setVariable(AppealVariables.RENEWED_COURSES.name(), courses)
                .correlateStartMessage();
    }

    /**
     * Starts {@code recording-rescue} beside an appeal; its first step is a job of its own.
     *
     * @param callPlatform code of the platform the employee calls with, as decision recording-retention names it
     */
    @Transactional
    public void startRecordingRescue(
            String appealNumber, String employeeId, String causes, Date suspendedAt, String callPlatform) {
        runtime.createMessageCorrelation(AppealProcess.RECORDINGS_AT_RISK)
                .processInstanceBusinessKey(appealNumber)
                .setVariable(AppealVariables.EMPLOYEE_ID.name(), employeeId)
                .setVariable(AppealVariables.CAUSES.name(), causes)
                .setVariable(AppealVariables.SUSPENDED_AT.name(), suspendedAt)
                .setVariable(AppealVariables.CALL_PLATFORM.name(), callPlatform)
                .correlateStartMessage();
    }

    /**
     * Starts {@code fault-finding} beside an appeal, unless it is under way; its first step is a job of its own.
     *
     * @param severity of the case, as decision appeal-policy says
     */
    @Transactional
    public void startFaultFinding(String appealNumber, String employeeId, String causes, String severity) {
        boolean underWay = runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(appealNumber)
                        .processDefinitionKey(AppealProcess.FAULT_FINDING)
                        .count()
                > 0;
        if (underWay) {
            return;
        }
        runtime.createMessageCorrelation(AppealProcess.FAULT_FINDING_REQUESTED)
                .processInstanceBusinessKey(appealNumber)
                .setVariable(AppealVariables.EMPLOYEE_ID.name(), employeeId)
                .setVariable(AppealVariables.CAUSES.name(), causes)
                .setVariable(AppealVariables.SEVERITY.name(), severity)
                .correlateStartMessage();
    }

    /**
     * Starts {@code recognition} for a clean period, unless one is under way for the person; it decides in a job of its own.
     *
     * @param days of the period
     * @param calls made in it
     */
    @Transactional
    public void startRecognition(String employeeId, long days, long calls) {
        String key = "RC-" + employeeId;
        if (isRunning(key)) {
            return;
        }
        runtime.createMessageCorrelation(AppealProcess.CLEAN_PERIOD_FOUND)
                .processInstanceBusinessKey(key)
                .setVariable(AppealVariables.EMPLOYEE_ID.name(), employeeId)
                .setVariable(AppealVariables.CLEAN_DAYS.name(), days)
                .setVariable(AppealVariables.CALLS_COUNTED.name(), calls)
                .correlateStartMessage();
    }

    /**
     * Starts {@code absence-handover} for an absence that has begun, in the caller's transaction; the tasks move in a job of
     * their own.
     */
    @Transactional
    public void startHandOver(long absenceId) {
        runtime.createMessageCorrelation(AppealProcess.ABSENCE_BEGUN)
                .processInstanceBusinessKey("AB-" + absenceId)
                .setVariable(AppealVariables.ABSENCE_ID.name(), absenceId)
                .correlateStartMessage();
    }

    /**
     * Starts {@code anomaly-report}, in the caller's transaction; its first step is a job of its own.
     *
     * @param report business key, e.g. {@code AN-1}
     */
    @Transactional
    public void startAnomalyReport(String report, String employeeId) {
        runtime.createMessageCorrelation(AppealProcess.ANOMALY_REPORTED)
                .processInstanceBusinessKey(report)
                .setVariable(AppealVariables.EMPLOYEE_ID.name(), employeeId)
                .correlateStartMessage();
    }

    /**
     * Starts {@code forwarded-complaint} beside an appeal; its first step is a job of its own.
     *
     * @param reference the complaint's number at 12321, null where the notice names none
     */
    @Transactional
    public void startForwardedComplaint(
            String appealNumber, String employeeId, Date forwardedAt, @Nullable String reference) {
        runtime.createMessageCorrelation(AppealProcess.COMPLAINT_FORWARDED)
                .processInstanceBusinessKey(appealNumber)
                .setVariable(AppealVariables.EMPLOYEE_ID.name(), employeeId)
                .setVariable(AppealVariables.FORWARDED_AT.name(), forwardedAt)
                .setVariable(AppealVariables.FORWARDED_REFERENCE.name(), reference)
                .correlateStartMessage();
    }

    /**
     * Starts {@code case-reopening} for an ended case, in the caller's transaction.
     *
     * @param managerId the manager who asks for it, null when the employee does
     */
    @Transactional
    public void startReopening(String appealNumber, String employeeId, @Nullable String managerId) {
        runtime.createMessageCorrelation(AppealProcess.REOPENING_REQUESTED)
                .processInstanceBusinessKey(appealNumber)
                .setVariable(AppealVariables.EMPLOYEE_ID.name(), employeeId)
                .setVariable(AppealVariables.MANAGER_ID.name(), managerId)
                .correlateStartMessage();
    }

    /** Starts {@code calendar-change} for a notice, in the transaction that takes it. */
    @Transactional
    public void calendarChanged(long noticeId) {
        runtime.createMessageCorrelation(AppealProcess.CALENDAR_CHANGED)
                .setVariable(AppealVariables.CALENDAR_NOTICE.name(), noticeId)
                .correlateStartMessage();
    }

    /**
     * Has what has expired of a case deleted, in a job of its own, unless that is under way already.
     *
     * <p>The number is part of the business key and not the key itself: what deletes a case is no part of it.
     *
     * @param run the instance that hands it out
     */
    @Transactional
    public void caseExpired(String appealNumber, String run) {
        String key = DELETION + appealNumber;
        if (!isRunning(key)) {
            runtime.createMessageCorrelation(AppealProcess.CASE_EXPIRED)
                    .processInstanceBusinessKey(key)
                    .setVariable(AppealVariables.RETENTION_RUN.name(), run)
                    .correlateStartMessage();
        }
    }

    /** Has the dates of a case counted again, in a job of its own. */
    @Transactional
    void datesInDoubt(String caseNumber, long noticeId) {
        runtime.createMessageCorrelation(AppealProcess.DATES_IN_DOUBT)
                .processInstanceBusinessKey(caseNumber)
                .setVariable(AppealVariables.CALENDAR_NOTICE.name(), noticeId)
                .correlateStartMessage();
    }

    /** Whether a case of this business key is still under way. */
    public boolean isRunning(String businessKey) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(businessKey)
                        // Bears the number of the case and may outlive it.
                        .processDefinitionKeyNotIn(AppealProcess.CALENDAR_CHANGE)
                        .count()
                > 0;
    }
}
