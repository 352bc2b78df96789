package org.jiefeng.calling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody who was called complained about, and what was answered (R14, R28). */
record Complaint(
        String reference,
        String employeeId,
        @Nullable String accountId,
        String calleeIndex,
        String calleeMask,
        Instant receivedAt,
        Source source,
        Kind kind,
        @Nullable Instant answeredAt,
        @Nullable String answer) {

    /** Through whom it came. */
    enum Source {
        CUSTOMER,
        CARRIER,
        REGULATOR
    }

    /** What it is about (R5-R9, R49). */
    enum Kind {
        ATTITUDE,
        SALES_MANNER,
        NO_CONSENT,
        FREQUENCY,
        OUT_OF_HOURS,
        FALSE_ADVERTISING
    }
}
