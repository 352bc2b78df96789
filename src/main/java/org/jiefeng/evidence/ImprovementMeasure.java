package org.jiefeng.evidence;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One thing that will be done differently, so that somebody can be asked about it later (R56, R68).
 *
 * @param kind a {@link Kind} name
 * @param owner who sees to it
 * @param howMeasured how one will tell that it worked
 */
record ImprovementMeasure(
        String kind,
        String description,
        String owner,
        @Nullable LocalDate dueOn,
        String howMeasured) {

    enum Kind {
        SELF_MONITORING,
        COURSE,
        SCRIPT,
        CALLING_RHYTHM,
        CONSENT,
        STRATEGY,
        FEEDBACK,
        OTHER
    }
}
