package org.jiefeng.appeal;

/** Where a case stands, in the order of the story (design.md, R39); the call activities of {@code account-appeal} name it. */
public enum Stage {
    REGISTERED,
    REPORTING,
    COLLECTING,
    WITH_CARRIER,
    RELEASED,
    PROBATION,
    ALTERNATIVES,
    CLOSED;

    /** Before the decision an appeal may still be withdrawn, and a further notice belongs to it. */
    public boolean isBeforeDecision() {
        return ordinal() <= WITH_CARRIER.ordinal();
    }
}
