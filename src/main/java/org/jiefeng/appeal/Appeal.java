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
 * @param fault whose fault it was, null while that is not settled
 */
public record Appeal(
        String number,
        String accountId,
        String employeeId,
        Stage stage,
        Instant openedAt,
        boolean countsAsRepeat,
        boolean overturned,
        @Nullable Fault fault,
        @Nullable Outcome outcome,
        @Nullable Instant closedAt) {

    /** Whether a suspension counts as a repeat against its employee, and if not, why. */
    public enum Standing {
        COUNTS,
        BY_RULE,
        OVERTURNED,
        NOT_SETTLED,
        OTHER_FAULT
    }

    /** What this suspension counts for when the same person is suspended again (domain.md §6.5, §6.10). */
    public Standing standing() {
        if (!countsAsRepeat) {
            return Standing.BY_RULE;
        } else if (overturned) {
            return Standing.OVERTURNED;
        } else if (fault == null) {
            return Standing.NOT_SETTLED;
        }
        return fault == Fault.EMPLOYEE ? Standing.COUNTS : Standing.OTHER_FAULT;
    }

    public boolean isOpen() {
        return outcome == null;
    }
}
