package org.jiefeng.audit;

/** What decision {@code retention} has a rule for; {@code docs/retention.md} says which tables belong to which. */
enum DataKind {
    CASE,
    IDENTITY,
    RECORDING,
    CONSENT_PROOF,
    DO_NOT_CALL,
    CALL_RECORD,
    COMPLAINT,
    PREVENTION,
    CONDUCT,
    TRAINING,
    ANOMALY,
    ABSENCE,
    ABSENCE_NOTE,
    NOTIFICATION,
    CARRIER_MESSAGE,
    EMPLOYEE,
    DECISION_LOG,
    OPERATION_LOG,
    HOUSEKEEPING,
    DELETION
}
