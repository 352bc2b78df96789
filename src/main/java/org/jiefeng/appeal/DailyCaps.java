package org.jiefeng.appeal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a day a released person may make, and how that changed, for whoever shows a case.
 *
 * <p>It stands here for the same reason as {@link CaseRecords}: the feature that steps the cap need not know the one that
 * shows it.
 */
@FunctionalInterface
public interface DailyCaps {

    /** Empty when calling was never let up in steps in this case. */
    Optional<DailyCap> of(String appealNumber);

    /**
     * The cap of a case.
     *
     * @param calls that may be made today, null when nothing limits them any more
     * @param origin whose rule that is, in words
     * @param step the present step of the release, which something stricter may undercut; null after probation
     * @param changes the newest first
     */
    record DailyCap(
            @Nullable Long calls, String origin, @Nullable Long step, List<Change> changes) {

        public DailyCap {
            changes = List.copyOf(changes);
        }
    }

    /**
     * One change of the step.
     *
     * @param from null for the first one
     * @param why in words
     */
    record Change(Instant at, @Nullable Long from, long to, String why) {}
}
