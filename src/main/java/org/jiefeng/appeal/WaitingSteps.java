package org.jiefeng.appeal;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a case waits for now. The engine knows it; it stands here because the rooms that show it do not know the engine.
 */
@FunctionalInterface
public interface WaitingSteps {

    /** The open steps of a case, the next due first; empty when it has ended. */
    List<Step> of(String appealNumber);

    /**
     * Whether somebody has a task of the case as the own one, not as one of a group's: a manager, or who stands in for the
     * manager.
     */
    default boolean isInHandsOf(String appealNumber, String userId) {
        return of(appealNumber).stream()
                .anyMatch(
                        step -> step.kind() == Kind.TASK && step.groups().isEmpty() && userId.equals(step.assignee()));
    }

    /** A person's task, an answer from outside, or a date at which something happens. */
    enum Kind {
        TASK,
        ANSWER,
        DATE
    }

    /**
     * One open step.
     *
     * @param name as the diagram has it, in the deployment's language
     * @param dueAt null when it has no date of its own
     * @param assignee who has it, null when nobody in particular
     * @param groups who may take it
     */
    record Step(
            Kind kind,
            String name,
            @Nullable Instant dueAt,
            @Nullable String assignee,
            Set<String> groups) {

        public Step {
            groups = Set.copyOf(groups);
        }
    }
}
