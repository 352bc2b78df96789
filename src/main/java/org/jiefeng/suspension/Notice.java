package org.jiefeng.suspension;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.jiefeng.account.Carrier;
import org.jspecify.annotations.Nullable;

/** A valid notice. */
record Notice(
        String noticeId,
        Carrier carrier,
        Source source,
        String mobile,
        State state,
        RestrictionType restrictionType,
        SortedSet<Cause> causes,
        List<String> subCauses,
        Instant suspendedAt,
        @Nullable Instant expiresAt,
        @Nullable String noticeCode,
        @Nullable String ruleCode,
        @Nullable String noticeText,
        @Nullable String statedReason,
        @Nullable String remedyChannel,
        @Nullable String requiredMaterials) {

    /** Who suspended. */
    enum Source {
        CARRIER,
        INTERNAL
    }

    /** What was done to the account (R7). */
    enum State {
        SUSPENDED,
        UNDER_REVIEW
    }

    /** Whether reason, remedy channel and materials are all stated (anti-fraud law art. 32). */
    boolean isComplete() {
        return statedReason != null && remedyChannel != null && requiredMaterials != null;
    }
}
