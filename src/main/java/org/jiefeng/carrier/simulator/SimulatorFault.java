package org.jiefeng.carrier.simulator;

/** How the simulated carrier can misbehave (what an interface over a network does sooner or later). */
enum SimulatorFault {
    /** Takes it on and never says so. */
    ACCEPT_THEN_HANG,
    /** Takes it on and breaks off in the middle of the answer. */
    ACCEPT_THEN_BREAK,
    /** Does nothing and never answers. */
    HANG,
    /** Breaks off in the middle of an answer. */
    BROKEN_CONNECTION,
    SERVER_ERROR,
    /** Out of order, with a time when it will be back. */
    OUTAGE,
    /** Too many requests, with a time to wait. */
    TOO_MANY_REQUESTS,
    /** Too many requests, with a time nobody can read. */
    BAD_RETRY_AFTER,
    /** The page of some gateway. */
    HTML,
    EMPTY,
    TRUNCATED,
    NOT_UTF8,
    /** An answer with something in it the contract does not have. */
    UNKNOWN_FIELD,
    /** The answer to another appeal. */
    WRONG_CASE,
    /** Larger than anybody wants to read. */
    OVERSIZE,
    /** One byte now and then. */
    SLOW,
    /** To an address that must never be called. */
    REDIRECT,
    /** Decides, and its webhook is there before the answer to the submission. */
    EVENT_BEFORE_ANSWER,
    EVENT_DUPLICATE(true),
    /** Arrives after what was said later. */
    EVENT_SHUFFLED(true),
    EVENT_LATE(true),
    EVENT_LOST(true),
    /** Somebody without the secret tries first. */
    EVENT_FORGED(true),
    /** An old signature is tried first. */
    EVENT_STALE(true),
    /** A body nobody should read is tried first. */
    EVENT_OVERSIZE(true),
    /** Another answer, to an appeal nobody made, comes with it. */
    EVENT_FOR_NOBODY(true);

    private final boolean ofEvents;

    SimulatorFault() {
        this(false);
    }

    SimulatorFault(boolean ofEvents) {
        this.ofEvents = ofEvents;
    }

    /** Whether it happens to a webhook, not to an answer. */
    boolean isOfEvents() {
        return ofEvents;
    }

    /** Whether there must be something to take on; a mere question is answered as usual and the fault waits. */
    boolean needsSomethingToTake() {
        return switch (this) {
            case ACCEPT_THEN_HANG, ACCEPT_THEN_BREAK, EVENT_BEFORE_ANSWER -> true;
            default -> false;
        };
    }

    /** Whether the request reaches the carrier's books although the caller learns nothing of it. */
    boolean accepts() {
        return switch (this) {
            case ACCEPT_THEN_HANG,
                    ACCEPT_THEN_BREAK,
                    EMPTY,
                    TRUNCATED,
                    NOT_UTF8,
                    UNKNOWN_FIELD,
                    WRONG_CASE,
                    OVERSIZE,
                    SLOW -> true;
            default -> false;
        };
    }
}
