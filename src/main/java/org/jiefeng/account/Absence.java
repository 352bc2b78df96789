package org.jiefeng.account;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is away, and somebody stands in.
 *
 * @param firstDay counts
 * @param lastDay counts too; null means until further notice
 * @param note what the deputy should know; free text, so it is shown to the deputy and written nowhere else
 * @param endedAt when it was ended early or called off; it does not count from then on
 * @param handedOverAt when the open tasks were handed over, null until it has begun
 */
public record Absence(
        long id,
        String userId,
        String deputyId,
        LocalDate firstDay,
        @Nullable LocalDate lastDay,
        @Nullable String note,
        String setBy,
        Instant setAt,
        @Nullable Instant endedAt,
        @Nullable Instant handedOverAt) {

    public boolean counts() {
        return endedAt == null;
    }

    /** Whether it counts on this day. */
    public boolean isOn(LocalDate day) {
        return counts() && !firstDay.isAfter(day) && !isOverBefore(day);
    }

    public boolean isOverBefore(LocalDate day) {
        return lastDay != null && lastDay.isBefore(day);
    }

    /** Whether some day belongs to it and to the days given. */
    public boolean meets(LocalDate from, @Nullable LocalDate to) {
        return !isOverBefore(from) && (to == null || !firstDay.isAfter(to));
    }

    /** Whether all the days given belong to it. */
    public boolean covers(LocalDate from, @Nullable LocalDate to) {
        return !firstDay.isAfter(from) && (lastDay == null || to != null && !lastDay.isBefore(to));
    }
}
