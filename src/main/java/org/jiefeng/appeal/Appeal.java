package org.jiefeng.appeal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One appeal for one suspended account, from the first notice to the end of probation.
 *
 * @param number business key everywhere, e.g. {@code AP-2026-000001}
 * @param accountId the suspended account
 * @param employeeId the applicant
 * @param countsAsRepeat whether its causes are the employee's to answer for (domain.md §6.10)
 * @param overturned whether the suspension turned out unfounded, so that it never counts (domain.md §6.5)
 */
public record Appeal(
        String number,
        String accountId,
        String employeeId,
        Stage stage,
        Instant openedAt,
        boolean countsAsRepeat,
        boolean overturned,
        @Nullable Outcome outcome,
        @Nullable Instant closedAt) {

    public boolean isOpen() {
        return outcome == null;
    }
}
