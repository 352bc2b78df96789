package org.jiefeng.process;

/** Keys, messages and error codes shared by diagrams and Java. */
public final class AppealProcess {

    /** Process key of the story on one page. */
    public static final String ACCOUNT_APPEAL = "account-appeal";

    /** Process key of the finding of fault. */
    static final String FAULT_FINDING = "fault-finding";

    /** Process key of the recount after a change of the calendar. */
    static final String CALENDAR_CHANGE = "calendar-change";

    /** Opens a case. */
    public static final String ACCOUNT_SUSPENDED = "accountSuspended";

    /** The carrier has decided; correlated by appeal number. */
    public static final String CARRIER_DECISION_RECEIVED = "carrierDecisionReceived";

    /** The carrier wants supplementary material; correlated by appeal number. */
    public static final String SUPPLEMENT_REQUESTED = "supplementRequested";

    /** The carrier found the suspension unfounded and lifted it; correlated by appeal number. */
    public static final String SUSPENSION_LIFTED = "suspensionLifted";

    /** The applicant withdrew before the decision; correlated by appeal number. */
    public static final String APPEAL_WITHDRAWN = "appealWithdrawn";

    /** Process key of the probation, which conditional-reinstatement calls. */
    static final String PROBATION = "probation";

    /** A rule was broken: inside probation it is answered there, otherwise it starts call-prevention. */
    public static final String VIOLATION_DETECTED = "violationDetected";

    /** Somebody complained about a person on probation; correlated by appeal number. */
    public static final String COMPLAINT_RECEIVED = "complaintReceived";

    /** A promised measure is due: starts measure-check. */
    public static final String MEASURE_DUE = "measureDue";

    /** A card was suspended and the call platform will delete: starts recording-rescue. */
    public static final String RECORDINGS_AT_RISK = "recordingsAtRisk";

    /** A suspension is to be looked at for whose fault it was: starts fault-finding. */
    public static final String FAULT_FINDING_REQUESTED = "faultFindingRequested";

    /** A suspension turned out wrong: ends a finding under way; correlated by appeal number. */
    public static final String SUSPENSION_OVERTURNED = "suspensionOverturned";

    /** A certificate of training ends soon: starts certificate-renewal. */
    public static final String CERTIFICATE_ENDS_SOON = "certificateEndsSoon";

    /** Somebody has called long enough without a blemish: starts recognition. */
    public static final String CLEAN_PERIOD_FOUND = "cleanPeriodFound";

    /** Somebody's absence has begun: starts absence-handover. */
    public static final String ABSENCE_BEGUN = "absenceBegun";

    /** 12321 passed a complaint on: starts forwarded-complaint. */
    public static final String COMPLAINT_FORWARDED = "complaintForwarded";

    /** Somebody reports something unusual: starts anomaly-report. */
    public static final String ANOMALY_REPORTED = "anomalyReported";

    /** A notice changed working days: starts calendar-change. */
    public static final String CALENDAR_CHANGED = "calendarChanged";

    /** Somebody asks for an ended case to be reopened: starts case-reopening. */
    public static final String REOPENING_REQUESTED = "reopeningRequested";

    /** A case may have dates counted in days that have changed: has calendar-change count them again. */
    public static final String DATES_IN_DOUBT = "datesInDoubt";

    /** Nothing keeps a closed case any longer: has retention delete it. */
    public static final String CASE_EXPIRED = "caseExpired";

    /** The carrier's channel refused the submission as such; a person takes it from there. */
    public static final String SUBMISSION_REFUSED = "Err_SubmissionRefused";

    private AppealProcess() {}
}
