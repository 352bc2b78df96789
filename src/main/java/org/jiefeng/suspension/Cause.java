package org.jiefeng.suspension;

/** Why an account was suspended (domain.md §2); a notice may name several (R37). */
public enum Cause {
    HIGH_FREQUENCY,
    COMPLAINT,
    OUT_OF_HOURS,
    NO_CONSENT,
    FALSE_ADVERTISING,
    EXPIRED_DOCUMENTS,
    REALNAME_MISMATCH,
    SUSPECTED_FRAUD,
    ARREARS,
    CARRIER_POLICY
}
