package org.jiefeng.appeal;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a case, for pages where somebody does the same task of several cases at once.
 *
 * <p>It stands here because features do not know the engine.
 */
public interface CaseTasks {

    /** @param assignee who has claimed it, null for nobody */
    record Open(@Nullable String assignee) {

        /** Whether this person may do it: nobody else is at it. */
        public boolean isFreeFor(String userId) {
            return assignee == null || assignee.equals(userId);
        }
    }

    /**
     * The open task of a case.
     *
     * @param step its id in the diagram
     */
    Optional<Open> find(String appealNumber, String step);

    /**
     * Claims a task and hands in its form, as the person would in Tasklist: with the form's rules, and with this person's
     * rights.
     *
     * @throws ConflictException when there is no such task, a colleague is at it, or the answers are refused; says why
     */
    void complete(String appealNumber, String step, String userId, Map<String, String> answers);
}
