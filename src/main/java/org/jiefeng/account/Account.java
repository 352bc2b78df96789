package org.jiefeng.account;

import org.jspecify.annotations.Nullable;

/**
 * An employee's use of a card (电销卡员工账户).
 *
 * @param mobileMask the number as it may be shown, e.g. {@code 138****0001}
 * @param restrictionType how the carrier restricts it, e.g. {@code SERVICE_STOPPED}; null when it does not
 * @param callingOpen whether the company lets calls go out
 */
public record Account(
        String id,
        String employeeId,
        String cardId,
        Carrier carrier,
        String mobileMask,
        Status status,
        @Nullable String restrictionType,
        boolean callingOpen) {

    /** What the carrier and the company make of it. */
    public enum Status {
        ACTIVE,
        UNDER_REVIEW,
        SUSPENDED,
        PROBATION,
        CLOSED
    }
}
