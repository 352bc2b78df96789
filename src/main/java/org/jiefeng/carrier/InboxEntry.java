package org.jiefeng.carrier;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import org.jiefeng.account.Carrier;

/** One stored answer of a carrier. */
record InboxEntry(long id, Carrier carrier, AppealKey key, String payload, Instant receivedAt, State state) {

    enum State {
        RECEIVED,
        DELIVERED,
        /** The case had moved on. */
        LATE,
        /** No case waited for it in all the time. */
        UNRESOLVED
    }

    CarrierEvent event() {
        try {
            return CarrierJson.MAPPER.readValue(payload, CarrierEvent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable inbox entry " + id);
        }
    }
}
