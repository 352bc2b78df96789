package org.jiefeng.carrier;

import java.time.Instant;

/** The carrier takes nothing at present, by its own word or by what we saw; not a failure of what was to be sent. */
public class CarrierBusyException extends RuntimeException {

    private final Instant until;

    /** @param until nobody asks before */
    public CarrierBusyException(String why, Instant until) {
        super(why);
        this.until = until;
    }

    public Instant until() {
        return until;
    }
}
