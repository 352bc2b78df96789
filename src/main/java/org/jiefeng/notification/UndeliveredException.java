package org.jiefeng.notification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A message was not taken; says why in a word, because addresses and keys stand in the messages of others' exceptions. */
class UndeliveredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean permanent;

    @Nullable
    private final transient Duration pause;

    private UndeliveredException(String problem, boolean permanent, @Nullable Duration pause) {
        // Neither cause nor trace: both would carry what must not be logged.
        super(problem, null, false, false);
        this.permanent = permanent;
        this.pause = pause;
    }

    /** Worth another try. */
    static UndeliveredException forNow(String problem) {
        return new UndeliveredException(problem, false, null);
    }

    /** No further try would change it. */
    static UndeliveredException forGood(String problem) {
        return new UndeliveredException(problem, true, null);
    }

    /** The other side wants to be left alone for a while. */
    static UndeliveredException busy(String problem, Duration pause) {
        return new UndeliveredException(problem, false, pause);
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    boolean isPermanent() {
        return permanent;
    }

    @Nullable
    Duration pause() {
        return pause;
    }
}
