package org.jiefeng.carrier;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One entry of the contact log. */
record RecordedContact(
        long id,
        ContactChannel channel,
        LocalDate contactedOn,
        Contact.Answer answer,
        @Nullable LocalDate promisedOn,
        @Nullable LocalDate extendedUntil,
        String note,
        Instant recordedAt,
        String recordedBy) {

    /** The day that was named: when an answer comes, or until when a supplement may come. */
    @Nullable
    LocalDate day() {
        return promisedOn == null ? extendedUntil : promisedOn;
    }
}
