package org.jiefeng.calling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Proof that somebody agreed to be called (R31). */
record Consent(
        String reference,
        String calleeIndex,
        String calleeMask,
        Instant givenAt,
        @Nullable Instant validTo,
        @Nullable Instant withdrawnAt,
        Channel channel) {

    /** How the consent was given. */
    enum Channel {
        FORM,
        RECORDING,
        WEB,
        PAPER
    }
}
