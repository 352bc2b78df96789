package org.jiefeng.evidence;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A promised measure that came due, and what was found when somebody looked.
 *
 * @param postponedTo the new date, if it was given one
 * @param result null while it is open
 * @param checkedBy who answers for the finding
 */
record MeasureCheck(
        long id,
        String appealNumber,
        ImprovementMeasure measure,
        @Nullable LocalDate postponedTo,
        @Nullable String postponedNote,
        @Nullable Result result,
        @Nullable String note,
        @Nullable String checkedBy,
        @Nullable Instant checkedAt) {

    enum Result {
        KEPT,
        PARTLY,
        BROKEN
    }
}
