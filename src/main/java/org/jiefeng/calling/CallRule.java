package org.jiefeng.calling;

/** Why a call may not go out, the gravest first; the names are what diallers get as rule id. */
enum CallRule {
    /** We cannot find out now, so the answer is no. */
    CHECK_UNAVAILABLE,
    /** No account in use has this number. */
    UNKNOWN_NUMBER,
    /** Anti-fraud law art. 31: nobody calls with somebody else's card. */
    CARD_OF_ANOTHER,
    /** The carrier suspended the account, or a violation ended its probation. */
    ACCOUNT_SUSPENDED,
    /** The company stopped calling on this account. */
    CALLING_STOPPED,
    /** Retraining was ordered and is not certified yet. */
    NO_CERTIFICATE,
    CERTIFICATE_EXPIRED,
    /** Consumer protection law art. 29: who refused is not called. */
    DO_NOT_CALL,
    COMPLAINANT,
    /** Consumer protection law art. 29: no commercial call without consent (R31). */
    NO_CONSENT,
    /** A condition of release of the person bars this number (R22). */
    BARRED_NUMBER,
    /** A condition of release of the person bars numbers that begin so (R22). */
    BARRED_PREFIX,
    UNFILED_SCRIPT,
    CROSS_REGION,
    /** A condition that this version does not know cannot be kept. */
    UNKNOWN_CONDITION,
    NON_WORKING_DAY,
    OUT_OF_HOURS,
    DAILY_CAP,
    SAME_CALLEE,
    HOURLY_CAP,
    CALL_GAP,
    SAME_CALLEE_GAP
}
