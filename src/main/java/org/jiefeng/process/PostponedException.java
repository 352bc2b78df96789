package org.jiefeng.process;

import java.time.Instant;

/** Thrown by a step whose time has not come: its job runs again then, and no retry is used up. */
public class PostponedException extends RuntimeException {

    private final Instant until;

    public PostponedException(Instant until, Throwable cause) {
        super(cause.getMessage(), cause);
        this.until = until;
    }

    public Instant until() {
        return until;
    }
}
