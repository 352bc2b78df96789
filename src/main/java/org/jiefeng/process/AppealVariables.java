package org.jiefeng.process;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The data contract of the processes: every process variable, its type, its values and who writes it.
 *
 * <p>References and decision values only. Names, numbers, free text and files are in our own tables under the appeal
 * number, which is the business key (design.md, decision 2).
 */
public final class AppealVariables {

    // Intake

    /** The stored notice that opened the case, written by the start form or by POST /api/suspensions. */
    public static final ProcessVariable<String> NOTICE_REFERENCE =
            new ProcessVariable<>("noticeReference", String.class);

    /** The applicant's user id, written by Task_RegisterSuspension. */
    public static final ProcessVariable<String> EMPLOYEE_ID = new ProcessVariable<>("employeeId", String.class);

    /**
     * Who answers for the case: the department head, or the deputy in the head's own case or after an escalation; written by
     * Task_FindResponsibleManager and Task_EscalateToDeputy. In absence the deputy gets the tasks, and this stays.
     */
    public static final ProcessVariable<String> MANAGER_ID = new ProcessVariable<>("managerId", String.class);

    /** The suspended account, written by Task_RegisterSuspension. */
    public static final ProcessVariable<String> ACCOUNT_ID = new ProcessVariable<>("accountId", String.class);

    /** Carrier code such as CHINA_MOBILE, written by Task_RegisterSuspension. */
    public static final ProcessVariable<String> CARRIER = new ProcessVariable<>("carrier", String.class);

    /** Who suspended: CARRIER or INTERNAL, written by Task_RegisterSuspension. */
    public static final ProcessVariable<String> SOURCE = new ProcessVariable<>("source", String.class);

    /** SUSPENDED or UNDER_REVIEW, written by Task_RegisterSuspension. */
    public static final ProcessVariable<String> ACCOUNT_STATE = new ProcessVariable<>("accountState", String.class);

    /** Cause codes of domain.md §2, sorted and joined by commas, written by Task_RegisterSuspension. */
    public static final ProcessVariable<String> CAUSES = new ProcessVariable<>("causes", String.class);

    /** When the account was suspended, written by Task_RegisterSuspension. */
    public static final ProcessVariable<Date> SUSPENDED_AT = new ProcessVariable<>("suspendedAt", Date.class);

    /** Whether the notice states reason, remedy channel and materials (anti-fraud law art. 32), written by Task_RegisterSuspension. */
    public static final ProcessVariable<Boolean> NOTICE_COMPLETE =
            new ProcessVariable<>("noticeComplete", Boolean.class);

    /** NONE, OPEN or PROBATION: what the account already has, written by Task_RegisterSuspension. */
    public static final ProcessVariable<String> OPEN_APPEAL = new ProcessVariable<>("openAppeal", String.class);

    /** Earlier countable suspensions within the window, written by Task_RegisterSuspension. */
    public static final ProcessVariable<Long> REPEAT_COUNT = new ProcessVariable<>("repeatCount", Long.class);

    // Policy

    /** LOW, MEDIUM, HIGH or CRITICAL, from decision appeal-policy. */
    public static final ProcessVariable<String> SEVERITY = new ProcessVariable<>("severity", String.class);

    /** NORMAL, COMPLIANCE or ALTERNATIVES, from decision appeal-policy. */
    public static final ProcessVariable<String> ROUTE = new ProcessVariable<>("route", String.class);

    /** From decision appeal-policy (R64-R71). */
    public static final ProcessVariable<Boolean> REPEAT_REPORT_REQUIRED =
            new ProcessVariable<>("repeatReportRequired", Boolean.class);

    /** From decision appeal-policy (domain.md §6.4, §6.10). */
    public static final ProcessVariable<Boolean> RETRAINING_REQUIRED =
            new ProcessVariable<>("retrainingRequired", Boolean.class);

    /** Group that reviews the application, from decision appeal-policy. */
    public static final ProcessVariable<String> REVIEW_GROUP = new ProcessVariable<>("reviewGroup", String.class);

    // Report to manager

    /** SUPPORT, RETURN or REFUSE, from form judge-report. */
    public static final ProcessVariable<String> MANAGER_JUDGEMENT =
            new ProcessVariable<>("managerJudgement", String.class);

    /** Whether the manager has asked back already; once is the limit. */
    public static final ProcessVariable<Boolean> REPORT_RETURNED =
            new ProcessVariable<>("reportReturned", Boolean.class);

    /** Whether the employee has revised a refused report already; once is the limit (domain.md §6.2). */
    public static final ProcessVariable<Boolean> REPORT_REVISED = new ProcessVariable<>("reportRevised", Boolean.class);

    /** REVISE, COMPLIANCE or ACCEPT, from form respond-to-refusal. */
    public static final ProcessVariable<String> REFUSAL_RESPONSE =
            new ProcessVariable<>("refusalResponse", String.class);

    /** SUPPORT or REFUSE, from form review-refusal. */
    public static final ProcessVariable<String> COMPLIANCE_JUDGEMENT =
            new ProcessVariable<>("complianceJudgement", String.class);

    /** Result of manager-report. */
    public static final ProcessVariable<Boolean> APPEAL_SUPPORTED =
            new ProcessVariable<>("appealSupported", Boolean.class);

    // Evidence

    /** RECEIVED or NO_ANSWER, from form demand-notice-details. */
    public static final ProcessVariable<String> NOTICE_DETAILS_OUTCOME =
            new ProcessVariable<>("noticeDetailsOutcome", String.class);

    /** Evidence item codes joined by commas, from decision required-evidence. */
    public static final ProcessVariable<String> REQUIRED_EVIDENCE =
            new ProcessVariable<>("requiredEvidence", String.class);

    /** Whether every item is settled, written by Task_CheckCompleteness. */
    public static final ProcessVariable<Boolean> EVIDENCE_COMPLETE =
            new ProcessVariable<>("evidenceComplete", Boolean.class);

    /** APPROVE, RETURN or DECLINE, from form review-application; result of evidence-collection. */
    public static final ProcessVariable<String> COMPANY_DECISION =
            new ProcessVariable<>("companyDecision", String.class);

    /** A third suspension goes to the carrier all the same, from form review-application. */
    public static final ProcessVariable<Boolean> CARRIER_APPEAL_OVERRIDE =
            new ProcessVariable<>("carrierAppealOverride", Boolean.class);

    // Carrier

    /** 1 for the first submission, written by Task_PrepareSubmission. */
    public static final ProcessVariable<Long> SUBMISSION_ROUND = new ProcessVariable<>("submissionRound", Long.class);

    /** API or MANUAL, from decision carrier-service-level. */
    public static final ProcessVariable<String> SUBMISSION_CHANNEL =
            new ProcessVariable<>("submissionChannel", String.class);

    /** Working days the carrier takes at most, from decision carrier-service-level. */
    public static final ProcessVariable<Long> REVIEW_WORKING_DAYS =
            new ProcessVariable<>("reviewWorkingDays", Long.class);

    /** Working days between contacts, from decision carrier-service-level (R19). */
    public static final ProcessVariable<Long> FOLLOW_UP_WORKING_DAYS =
            new ProcessVariable<>("followUpWorkingDays", Long.class);

    /** Calendar days without answer before the regulator's path opens, from decision carrier-service-level. */
    public static final ProcessVariable<Long> NO_ANSWER_DAYS = new ProcessVariable<>("noAnswerDays", Long.class);

    /** Working days for supplementary material, from decision carrier-service-level. */
    public static final ProcessVariable<Long> SUPPLEMENT_DUE_WORKING_DAYS =
            new ProcessVariable<>("supplementDueWorkingDays", Long.class);

    /** Working days after which the carrier is asked what is missing at the latest, from decision carrier-service-level. */
    public static final ProcessVariable<Long> ESCALATION_WORKING_DAYS =
            new ProcessVariable<>("escalationWorkingDays", Long.class);

    /** Hours the law gives the carrier, 0 where working days count, from decision carrier-service-level. */
    public static final ProcessVariable<Long> REVIEW_HOURS = new ProcessVariable<>("reviewHours", Long.class);

    /** Since when the carrier's time runs, written when Task_SubmitThroughPortal is completed; otherwise from the wait on. */
    public static final ProcessVariable<Date> REVIEW_STARTED_AT = new ProcessVariable<>("reviewStartedAt", Date.class);

    /** When the carrier is asked next because it promised an answer, written when such a contact is recorded. */
    public static final ProcessVariable<Date> FOLLOW_UP_AT = new ProcessVariable<>("followUpAt", Date.class);

    /** The carrier's reference, written by Task_SubmitAppealToCarrier. */
    public static final ProcessVariable<String> SUBMISSION_REFERENCE =
            new ProcessVariable<>("submissionReference", String.class);

    /** Inbox row of the answer that was correlated. */
    public static final ProcessVariable<String> CARRIER_EVENT_ID =
            new ProcessVariable<>("carrierEventId", String.class);

    /** REINSTATED, CONDITIONAL, REJECTED or NO_ANSWER; result of carrier-review. */
    public static final ProcessVariable<String> CARRIER_OUTCOME = new ProcessVariable<>("carrierOutcome", String.class);

    /** When the carrier decided the last round, written by Task_RecordCarrierDecision; not set while a round is new. */
    public static final ProcessVariable<Date> CARRIER_DECIDED_AT =
            new ProcessVariable<>("carrierDecidedAt", Date.class);

    /** Codes of the reasons of the last decision, joined by commas, written by Task_RecordCarrierDecision. */
    public static final ProcessVariable<String> REJECTION_REASONS =
            new ProcessVariable<>("rejectionReasons", String.class);

    // Reinstatement

    /** Conditions as rules joined by semicolons, from decision release-conditions. */
    public static final ProcessVariable<String> RELEASE_CONDITIONS =
            new ProcessVariable<>("releaseConditions", String.class);

    /** Calendar days of probation, 0 for none, from decision release-conditions. */
    public static final ProcessVariable<Long> PROBATION_DAYS = new ProcessVariable<>("probationDays", Long.class);

    /** Calendar days between self-checks, from decision release-conditions (R61). */
    public static final ProcessVariable<Long> SELF_CHECK_DAYS = new ProcessVariable<>("selfCheckDays", Long.class);

    /** End of probation, written by Task_ReopenCalling. */
    public static final ProcessVariable<Date> PROBATION_ENDS_AT = new ProcessVariable<>("probationEndsAt", Date.class);

    /** From form accept-terms (R21). */
    public static final ProcessVariable<Boolean> TERMS_ACCEPTED = new ProcessVariable<>("termsAccepted", Boolean.class);

    /** From form self-check (R62). */
    public static final ProcessVariable<Boolean> ANOMALY_REPORTED =
            new ProcessVariable<>("anomalyReported", Boolean.class);

    /** Whether the probation's time is up, written when a self-check is completed. */
    public static final ProcessVariable<Boolean> PROBATION_OVER = new ProcessVariable<>("probationOver", Boolean.class);

    /** Calls a day the release allows at present, 0 before the first step, written by Task_CountCleanDays. */
    public static final ProcessVariable<Long> PRESENT_STEP = new ProcessVariable<>("presentStep", Long.class);

    /** Days without complaint and violation since the last step, written by Task_CountCleanDays. */
    public static final ProcessVariable<Long> STEP_CLEAN_DAYS = new ProcessVariable<>("stepCleanDays", Long.class);

    /** Complaints no step has answered yet, written by Task_CountCleanDays. */
    public static final ProcessVariable<Long> NEW_COMPLAINTS = new ProcessVariable<>("newComplaints", Long.class);

    /** Violations that tighten and no step has answered yet, written by Task_CountCleanDays. */
    public static final ProcessVariable<Long> NEW_TIGHTENINGS = new ProcessVariable<>("newTightenings", Long.class);

    /** Calls a day from now on, from decision release-step. */
    public static final ProcessVariable<Long> RELEASE_STEP = new ProcessVariable<>("releaseStep", Long.class);

    /** BEGIN, COMPLAINT, VIOLATION, CLEAN_DAYS or HELD, from decision release-step. */
    public static final ProcessVariable<String> STEP_REASON = new ProcessVariable<>("stepReason", String.class);

    /** The violation that is being answered, written by Task_RecordViolation. */
    public static final ProcessVariable<Long> PROBATION_VIOLATION_ID =
            new ProcessVariable<>("probationViolationId", Long.class);

    /** Violations of this probation before it, written by Task_RecordViolation. */
    public static final ProcessVariable<Long> EARLIER_VIOLATIONS =
            new ProcessVariable<>("earlierViolations", Long.class);

    /** WARN, TIGHTEN or SUSPEND, from decision probation-violation or form confirm-suspension. */
    public static final ProcessVariable<String> VIOLATION_ACTION =
            new ProcessVariable<>("violationAction", String.class);

    /** Whether a person has to confirm a suspension, from decision probation-violation (PIPL art. 24). */
    public static final ProcessVariable<Boolean> SUSPENSION_TO_CONFIRM =
            new ProcessVariable<>("suspensionToConfirm", Boolean.class);

    /** RESTORED, SUSPENDED_AGAIN or KEPT_CLOSED; result of conditional-reinstatement. */
    public static final ProcessVariable<String> REINSTATEMENT_OUTCOME =
            new ProcessVariable<>("reinstatementOutcome", String.class);

    // Retraining

    /** Course codes joined by commas, empty for none, from decision retraining-plan. */
    public static final ProcessVariable<String> COURSES = new ProcessVariable<>("courses", String.class);

    /** Points of 100 needed in the drill, from decision retraining-plan. */
    public static final ProcessVariable<Long> DRILL_PASS_MARK = new ProcessVariable<>("drillPassMark", Long.class);

    /** Points of 100 needed in the exam, from decision retraining-plan. */
    public static final ProcessVariable<Long> PASS_MARK = new ProcessVariable<>("passMark", Long.class);

    /** Attempts before the manager decides, from decision retraining-plan. */
    public static final ProcessVariable<Long> ATTEMPTS_ALLOWED = new ProcessVariable<>("attemptsAllowed", Long.class);

    /** Present attempt, 1 for the first, written by Task_EnrolEmployee and Task_GradeRetraining. */
    public static final ProcessVariable<Long> TRAINING_ATTEMPT = new ProcessVariable<>("trainingAttempt", Long.class);

    /** Points of 100, added up from the score sheet when Task_HoldDrill is done (R73). */
    public static final ProcessVariable<Long> DRILL_SCORE = new ProcessVariable<>("drillScore", Long.class);

    /** Points of 100, graded on the server by Task_GradeRetraining. */
    public static final ProcessVariable<Long> EXAM_SCORE = new ProcessVariable<>("examScore", Long.class);

    /** Whether drill and exam reach their pass marks, written by Task_GradeRetraining. */
    public static final ProcessVariable<Boolean> RETRAINING_PASSED =
            new ProcessVariable<>("retrainingPassed", Boolean.class);

    /** GRANT or REFUSE, from form decide-further-attempt. */
    public static final ProcessVariable<String> FURTHER_ATTEMPT = new ProcessVariable<>("furtherAttempt", String.class);

    /** Months a certificate holds, from decision certificate-validity. */
    public static final ProcessVariable<Long> CERTIFICATE_MONTHS =
            new ProcessVariable<>("certificateMonths", Long.class);

    /** Calendar days before its end at which the training that renews a certificate begins, from certificate-validity. */
    public static final ProcessVariable<Long> RENEWAL_DAYS = new ProcessVariable<>("renewalDays", Long.class);

    /** The certificate that certificate-renewal renews, set when it starts; not set in training that was ordered. */
    public static final ProcessVariable<String> RENEWED_CERTIFICATE =
            new ProcessVariable<>("renewedCertificate", String.class);

    /** Course codes of the certificate that is renewed, joined by commas, set when certificate-renewal starts. */
    public static final ProcessVariable<String> RENEWED_COURSES = new ProcessVariable<>("renewedCourses", String.class);

    /** Result of retraining. */
    public static final ProcessVariable<Boolean> RETRAINING_CERTIFIED =
            new ProcessVariable<>("retrainingCertified", Boolean.class);

    // Alternatives

    /** From decision alternative-options. */
    public static final ProcessVariable<Boolean> CAN_RESUBMIT = new ProcessVariable<>("canResubmit", Boolean.class);

    /** Until when the carrier takes a resubmission, from decision carrier-book and the day of the carrier's decision. */
    public static final ProcessVariable<Date> RESUBMIT_UNTIL = new ProcessVariable<>("resubmitUntil", Date.class);

    /** Whether that moment is still to come, for decision alternative-options. */
    public static final ProcessVariable<Boolean> RESUBMISSION_IN_TIME =
            new ProcessVariable<>("resubmissionInTime", Boolean.class);

    /** Evidence item codes to be brought anew, joined by commas, from decision rejection-guide by Task_ExplainOptions. */
    public static final ProcessVariable<String> REJECTION_EVIDENCE =
            new ProcessVariable<>("rejectionEvidence", String.class);

    /**
     * NONE, FRAUD_BEFORE, APPEAL_OPEN, ON_PROBATION or TRAINING_OPEN: what the person's records have against a new card,
     * written before Task_DetermineOptions.
     */
    public static final ProcessVariable<String> CARD_BAR = new ProcessVariable<>("cardBar", String.class);

    /** From decision alternative-options: the regulator (12300) may be called on. */
    public static final ProcessVariable<Boolean> CAN_COMPLAIN = new ProcessVariable<>("canComplain", Boolean.class);

    /** Until when the regulator takes a complaint, from decision regulator-limit and the day of the suspension. */
    public static final ProcessVariable<Date> COMPLAIN_UNTIL = new ProcessVariable<>("complainUntil", Date.class);

    /** Whether that moment is still to come, for decision alternative-options. */
    public static final ProcessVariable<Boolean> COMPLAINT_IN_TIME =
            new ProcessVariable<>("complaintInTime", Boolean.class);

    /** From decision alternative-options (domain.md §6.8). */
    public static final ProcessVariable<Boolean> CAN_REPLACE_CARD =
            new ProcessVariable<>("canReplaceCard", Boolean.class);

    /** From decision alternative-options (R43). */
    public static final ProcessVariable<Boolean> CAN_TAKE_ADVICE =
            new ProcessVariable<>("canTakeAdvice", Boolean.class);

    /** RESUBMIT, REGULATOR, ALTERNATIVES or STOP, from form choose-next-step. */
    public static final ProcessVariable<String> NEXT_STEP = new ProcessVariable<>("nextStep", String.class);

    /** From form choose-next-step (R41). */
    public static final ProcessVariable<Boolean> REPLACEMENT_CARD_WANTED =
            new ProcessVariable<>("replacementCardWanted", Boolean.class);

    /** From form choose-next-step (R43). */
    public static final ProcessVariable<Boolean> LEGAL_ADVICE_WANTED =
            new ProcessVariable<>("legalAdviceWanted", Boolean.class);

    /** YES or NO, from form confirm-next-step. */
    public static final ProcessVariable<String> MANAGER_AGREES = new ProcessVariable<>("managerAgrees", String.class);

    /** Whether the regulator was called on already. */
    public static final ProcessVariable<Boolean> COMPLAINT_MADE = new ProcessVariable<>("complaintMade", Boolean.class);

    /** UPHELD, DISMISSED, REFUSED or NO_ANSWER, from form record-regulator-answer. */
    public static final ProcessVariable<String> REGULATOR_ANSWER =
            new ProcessVariable<>("regulatorAnswer", String.class);

    /** APPROVE or REFUSE, from form approve-replacement (R42). */
    public static final ProcessVariable<String> REPLACEMENT_APPROVED =
            new ProcessVariable<>("replacementApproved", String.class);

    /** PURSUE or NO_CASE, from form consult-lawyer. */
    public static final ProcessVariable<String> LEGAL_ADVICE_OUTCOME =
            new ProcessVariable<>("legalAdviceOutcome", String.class);

    /** RESUBMIT, REINSTATED or ENDED; result of alternatives. */
    public static final ProcessVariable<String> ALTERNATIVES_OUTCOME =
            new ProcessVariable<>("alternativesOutcome", String.class);

    // Reopening

    /** GRANT or REFUSE, from form judge-reopening. */
    public static final ProcessVariable<String> REOPENING_DECISION =
            new ProcessVariable<>("reopeningDecision", String.class);

    /** How the case ended, e.g. WITHDRAWN, written before Task_DetermineReopening. */
    public static final ProcessVariable<String> CASE_OUTCOME = new ProcessVariable<>("caseOutcome", String.class);

    /** Calendar days from the end of the case to the request, written before Task_DetermineReopening. */
    public static final ProcessVariable<Long> DAYS_CLOSED = new ProcessVariable<>("daysClosed", Long.class);

    /** How often the case was reopened already, written before Task_DetermineReopening. */
    public static final ProcessVariable<Long> TIMES_REOPENED = new ProcessVariable<>("timesReopened", Long.class);

    /**
     * NONE, OTHER_APPEAL, CARD_CLOSED or NOT_SUSPENDED: what the account has against it, written before
     * Task_DetermineReopening.
     */
    public static final ProcessVariable<String> REOPENING_BAR = new ProcessVariable<>("reopeningBar", String.class);

    /** From decision reopening. */
    public static final ProcessVariable<Boolean> MAY_REOPEN = new ProcessVariable<>("mayReopen", Boolean.class);

    /** Code of why not, empty when it may, from decision reopening. */
    public static final ProcessVariable<String> REOPENING_REFUSAL =
            new ProcessVariable<>("reopeningRefusal", String.class);

    // Prevention

    /** Code of the rule that was broken, written by Task_FindCallViolations or a violation message. */
    public static final ProcessVariable<String> VIOLATION = new ProcessVariable<>("violation", String.class);

    /** When it was broken, where that was before it was found, from a violation message. */
    public static final ProcessVariable<Date> VIOLATED_AT = new ProcessVariable<>("violatedAt", Date.class);

    /** Calls in the period, written by Task_MeasureCallRisk. */
    public static final ProcessVariable<Long> CALLS_COUNTED = new ProcessVariable<>("callsCounted", Long.class);

    /** Complaints in the period, written by Task_MeasureCallRisk. */
    public static final ProcessVariable<Long> COMPLAINTS_COUNTED =
            new ProcessVariable<>("complaintsCounted", Long.class);

    /** Complaints per 10,000 calls, written by Task_MeasureCallRisk. */
    public static final ProcessVariable<Long> COMPLAINT_RATE_PER_TEN_THOUSAND =
            new ProcessVariable<>("complaintRatePerTenThousand", Long.class);

    /** NONE, WARN, TRAIN or STOP, from decision call-risk. */
    public static final ProcessVariable<String> RISK_ACTION = new ProcessVariable<>("riskAction", String.class);

    /** YES or NO, from form confirm-calling-stop (PIPL art. 24). */
    public static final ProcessVariable<String> STOP_CONFIRMED = new ProcessVariable<>("stopConfirmed", String.class);

    // Rescue of recordings

    /** Code of the platform the applicant calls with, written by Event_RecordingRescueRequested. */
    public static final ProcessVariable<String> CALL_PLATFORM = new ProcessVariable<>("callPlatform", String.class);

    /** Of how many days before the suspension recordings may be needed, from decision recording-retention. */
    public static final ProcessVariable<Long> RECORDINGS_NEEDED_DAYS =
            new ProcessVariable<>("recordingsNeededDays", Long.class);

    /** How many days the platform keeps recordings, from decision recording-retention. */
    public static final ProcessVariable<Long> RECORDINGS_KEPT_DAYS =
            new ProcessVariable<>("recordingsKeptDays", Long.class);

    /** When the platform begins to delete needed recordings, written by Task_OpenRecordingRescue. */
    public static final ProcessVariable<Date> RECORDINGS_DELETED_FROM =
            new ProcessVariable<>("recordingsDeletedFrom", Date.class);

    /** When the platform has deleted the last needed recording, written by Task_OpenRecordingRescue. */
    public static final ProcessVariable<Date> RECORDINGS_DELETED_AT =
            new ProcessVariable<>("recordingsDeletedAt", Date.class);

    /** Whether any recording was brought, written when Task_RescueRecordings is completed. */
    public static final ProcessVariable<Boolean> RECORDINGS_RESCUED =
            new ProcessVariable<>("recordingsRescued", Boolean.class);

    // Forwarded complaints

    /** The day 12321 passed a complaint on, from the notice; the days to answer it are counted from here. */
    public static final ProcessVariable<Date> FORWARDED_AT = new ProcessVariable<>("forwardedAt", Date.class);

    /** Its number at 12321, from the notice. */
    public static final ProcessVariable<String> FORWARDED_REFERENCE =
            new ProcessVariable<>("forwardedReference", String.class);

    // Promised measures

    /** The absence whose tasks move, written by Task_FindBegunAbsences or when one is set for today. */
    public static final ProcessVariable<Long> ABSENCE_ID = new ProcessVariable<>("absenceId", Long.class);

    /** The check of one promised measure, written by Task_FindDueMeasures; what was promised stands in its row. */
    public static final ProcessVariable<Long> MEASURE_CHECK_ID = new ProcessVariable<>("measureCheckId", Long.class);

    /** KEPT, PARTLY, BROKEN or NOT_YET, from form check-measure. */
    public static final ProcessVariable<String> MEASURE_RESULT = new ProcessVariable<>("measureResult", String.class);

    /** Whether the measure has been given a new date already; once is the limit. */
    public static final ProcessVariable<Boolean> MEASURE_POSTPONED =
            new ProcessVariable<>("measurePostponed", Boolean.class);

    /** When a postponed measure is looked at again, written when Task_CheckMeasure is completed. */
    public static final ProcessVariable<Date> MEASURE_DUE_AT = new ProcessVariable<>("measureDueAt", Date.class);

    // Recognition

    /** Whole days without a complaint, a broken rule or a suspension of one's own fault, written by Task_FindCleanPeriods. */
    public static final ProcessVariable<Long> CLEAN_DAYS = new ProcessVariable<>("cleanDays", Long.class);

    /** From decision recognition. */
    public static final ProcessVariable<Boolean> RECOGNISED = new ProcessVariable<>("recognised", Boolean.class);

    // Whose fault it was

    /** Whether the causes may be the employee's own fault, from decision repeat-rule. */
    public static final ProcessVariable<Boolean> COUNTS_AS_REPEAT =
            new ProcessVariable<>("countsAsRepeat", Boolean.class);

    /** EMPLOYEE, SCRIPT, LEAD_LIST, SYSTEM or CARRIER_ERROR, from form find-fault. */
    public static final ProcessVariable<String> FAULT_FINDING = new ProcessVariable<>("faultFinding", String.class);

    /** ACCEPT or DISPUTE, from form answer-finding. */
    public static final ProcessVariable<String> FINDING_ANSWER = new ProcessVariable<>("findingAnswer", String.class);

    /** One of the same codes as faultFinding, from form review-dispute. */
    public static final ProcessVariable<String> REVIEWED_FAULT = new ProcessVariable<>("reviewedFault", String.class);

    // Dates counted again after a change of the calendar

    /**
     * On a task: the carrier said when it is due, so that no calendar moves it; written when Task_ProvideSupplement is
     * created with such a date, or given one.
     */
    public static final ProcessVariable<Boolean> DUE_DATE_GIVEN = new ProcessVariable<>("dueDateGiven", Boolean.class);

    /** The notice that changed working days. */
    public static final ProcessVariable<Long> CALENDAR_NOTICE = new ProcessVariable<>("calendarNotice", Long.class);

    /** The last case that was handed out, in the order of their numbers, written by Task_HandOutCases and Task_HandOutExpiredCases. */
    public static final ProcessVariable<String> LAST_CASE_HANDED_OUT =
            new ProcessVariable<>("lastCaseHandedOut", String.class);

    /** Whether there are more to hand out, written by Task_HandOutCases and Task_HandOutExpiredCases. */
    public static final ProcessVariable<Boolean> CASES_LEFT = new ProcessVariable<>("casesLeft", Boolean.class);

    /** Whether there is more to delete, written by Task_DeleteExpiredRecords. */
    public static final ProcessVariable<Boolean> RECORDS_LEFT = new ProcessVariable<>("recordsLeft", Boolean.class);

    /** The run of retention that handed an expired case out, written with its start. */
    public static final ProcessVariable<String> RETENTION_RUN = new ProcessVariable<>("retentionRun", String.class);

    private static final Map<String, ProcessVariable<?>> BY_NAME = Arrays.stream(AppealVariables.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ProcessVariable.class)
            .map(AppealVariables::valueOf)
            .collect(Collectors.toUnmodifiableMap(ProcessVariable::name, Function.identity()));

    private AppealVariables() {}

    /** The variable of this name, if it is one. */
    public static Optional<ProcessVariable<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every declared variable by name. */
    public static Map<String, ProcessVariable<?>> all() {
        return BY_NAME;
    }

    private static ProcessVariable<?> valueOf(java.lang.reflect.Field field) {
        try {
            return (ProcessVariable<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
