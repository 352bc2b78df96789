package org.jiefeng.alternative;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jiefeng.account.Carrier;
import org.jspecify.annotations.Nullable;

/**
 * A replacement card as it may be shown: masked.
 *
 * @param warnings what looks unusual but may be right
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplacementCard(
        Carrier carrier,
        String mobileMask,
        String iccidMask,
        String registeredBy,
        Instant registeredAt,
        @Nullable Instant activatedAt,
        List<String> warnings) {}
