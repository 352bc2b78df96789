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
        String note,
        Instant recordedAt,
        String recordedBy) {}
