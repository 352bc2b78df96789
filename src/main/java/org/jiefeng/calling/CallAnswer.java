package org.jiefeng.calling;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call may go out now; nothing about anybody beyond that.
 *
 * @param rule the gravest rule that forbids it, null when it may go out
 * @param retryAt from when on, as things stand, nothing would forbid it; null when time alone does not help
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CallAnswer(
        boolean allowed,
        @Nullable CallRule rule,
        @Nullable Reason reason,
        @Nullable Instant retryAt) {

    /** The rule in words, for whoever sits at the dialler. */
    record Reason(String en, String zh) {}
}
