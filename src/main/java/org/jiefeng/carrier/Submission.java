package org.jiefeng.carrier;

import java.time.Instant;
import org.jiefeng.account.Carrier;
import org.jspecify.annotations.Nullable;

/**
 * One round of an appeal on its way to the carrier.
 *
 * @param body what is sent, frozen, so that a repetition is the same to the last byte
 * @param preparedAt when it was written down
 * @param channel {@code API}, or what the liaison used; null before it is submitted
 * @param reference the carrier's number for it
 */
record Submission(
        AppealKey key,
        Carrier carrier,
        State state,
        String body,
        Instant preparedAt,
        @Nullable String channel,
        @Nullable String reference,
        @Nullable Instant submittedAt) {

    static final String API = "API";

    enum State {
        PREPARED,
        /** Its interface does not answer: a person takes it from here. */
        BY_HAND,
        REFUSED,
        SUBMITTED
    }

    boolean isByHand() {
        return !API.equals(channel);
    }
}
