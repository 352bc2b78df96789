package org.jiefeng.calling;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jiefeng.account.Account.Status;
import org.jspecify.annotations.Nullable;

/**
 * What is on record about a caller and a callee at one moment; counters are the person's, over every card.
 *
 * @param trainingDue whether retraining was ordered whose certificate is missing
 * @param certifiedTo last day of the latest certificate, null when there never was one
 * @param refused whether the callee is on the do-not-call list
 * @param complained whether the callee complained about us
 * @param consented whether a consent of the callee holds
 * @param today calls since midnight in Shanghai
 * @param lastHour calls of the last sixty minutes
 * @param conditions the conditions of release in force
 */
record CallFacts(
        String employeeId,
        Status status,
        boolean callingOpen,
        boolean trainingDue,
        @Nullable LocalDate certifiedTo,
        boolean refused,
        boolean complained,
        boolean consented,
        long today,
        long lastHour,
        @Nullable Instant lastCall,
        long calleeToday,
        @Nullable Instant lastCallToCallee,
        List<Condition> conditions) {

    CallFacts {
        conditions = List.copyOf(conditions);
    }

    /** A condition of release, e.g. {@code DAILY_CAP} and {@code 50}; the kinds are those of decision release-conditions. */
    record Condition(String kind, String value) {}
}
