package org.jiefeng.reinstatement;

/** Who asks for a condition, in the order in which they are named to people. */
enum Origin {
    CARRIER,
    DECISION,
    HOUSE,
    /** Decision {@code release-step}, which raises and lowers the daily cap while probation lasts. */
    STEP
}
