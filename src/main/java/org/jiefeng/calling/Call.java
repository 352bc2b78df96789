package org.jiefeng.calling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that went out.
 *
 * @param reference the dialler's id of it
 * @param calleeIndex keyed hash of the number called
 * @param calleeMask the number as it may be shown
 * @param scriptCode the script used, if any
 */
record Call(
        String reference,
        String employeeId,
        String accountId,
        String calleeIndex,
        String calleeMask,
        Instant startedAt,
        int durationSeconds,
        Outcome outcome,
        @Nullable String scriptCode) {

    /** How a call went. */
    enum Outcome {
        /** Not over yet: it counts, but says nothing about its length. */
        UNDERWAY,
        ANSWERED,
        NO_ANSWER,
        BUSY,
        REFUSED
    }
}
