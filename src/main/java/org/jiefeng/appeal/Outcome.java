package org.jiefeng.appeal;

/** How a case ended; the end events of {@code account-appeal} name it. */
public enum Outcome {
    REINSTATED,
    LIFTED,
    NOT_SUPPORTED,
    NOT_RESTORABLE,
    WITHDRAWN,
    SUSPENDED_AGAIN
}
