package org.jiefeng.carrier;

import org.jspecify.annotations.Nullable;

/** How a carrier takes appeals, as decision {@code carrier-service-level} has it (R15, R44). */
record Guidance(
        @Nullable String portal,
        @Nullable String hotline,
        @Nullable String hours,
        @Nullable String source,
        @Nullable String verifiedOn) {}
