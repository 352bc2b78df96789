package org.jiefeng.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who used a card when.
 *
 * @param from first moment
 * @param to first moment at which it was not used any more, null while it is
 */
public record AccountUse(
        String accountId,
        String employeeId,
        Instant from,
        @Nullable Instant to) {

    /** Whether it was used at this moment. */
    public boolean isAt(Instant moment) {
        return !moment.isBefore(from) && (to == null || moment.isBefore(to));
    }
}
