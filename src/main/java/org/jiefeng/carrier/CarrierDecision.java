package org.jiefeng.carrier;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the carrier decided on one round. */
record CarrierDecision(
        AppealKey key,
        CarrierEvent.Decision outcome,
        Instant decidedAt,
        CarrierEvent.@Nullable Terms terms,
        List<CarrierEvent.Reason> reasons) {}
