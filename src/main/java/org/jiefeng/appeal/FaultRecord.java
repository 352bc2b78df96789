package org.jiefeng.appeal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found about whose fault a suspension was, for the pages of its case.
 *
 * <p>It stands here because the pages of a case and the room that finds do not know each other.
 */
public interface FaultRecord {

    /** How far a finding is. */
    enum State {
        ANSWER_AWAITED,
        DISPUTED,
        SETTLED,
        OVERTURNED
    }

    /**
     * A finding as it stands.
     *
     * @param answer what the employee says against it
     * @param reviewReason why the reviewer upheld or changed it
     * @param history every change of it, oldest first
     */
    record Finding(
            State state,
            Fault fault,
            String reason,
            Optional<String> answer,
            Optional<String> reviewReason,
            List<Change> history) {}

    /**
     * One change.
     *
     * @param by a user id, or {@code system}
     * @param from what was found before, if anything was
     */
    record Change(Instant at, String by, String kind, Optional<Fault> from, Fault to, Optional<String> reason) {}

    /** The finding of a case; none while nobody has found anything. */
    Optional<Finding> of(String appealNumber);
}
