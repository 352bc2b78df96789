package org.jiefeng.carrier;

import java.time.Instant;
import org.jiefeng.account.Carrier;
import org.jspecify.annotations.Nullable;

/**
 * Something between us and a carrier that does not go on without a person.
 *
 * @param appealNumber as the carrier wrote it; it need not be a case of ours
 * @param inboxId the answer it is about, if it is about one
 */
record CarrierMatter(
        long id,
        Kind kind,
        Carrier carrier,
        String appealNumber,
        @Nullable Long inboxId,
        Instant openedAt) {

    /** What is the matter. */
    enum Kind {
        /** An answer that no case waited for in all the time. */
        UNRESOLVED_ANSWER,
        /** An answer that came after the case had moved on, and says something else. */
        LATE_ANSWER,
        /** An appeal the carrier's interface does not answer to. */
        STUCK_SUBMISSION,
        /** A supplement the carrier's interface does not answer to. */
        STUCK_SUPPLEMENT,
        /** The appeal was taken on, its files were not. */
        FILES_REFUSED;

        boolean isStuck() {
            return this == STUCK_SUBMISSION || this == STUCK_SUPPLEMENT;
        }
    }

    /** What a person made of it. */
    enum Settlement {
        /** It is tried once more. */
        AGAIN,
        /** The carrier's late word is followed: the suspension is lifted. */
        FOLLOWED,
        /** The liaison hands it in by portal or hotline. */
        BY_HAND,
        /** Dealt with in a way the note says. */
        DONE,
        /** It went on by itself. */
        HEALED
    }
}
