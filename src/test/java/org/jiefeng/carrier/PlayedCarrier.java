package org.jiefeng.carrier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jiefeng.account.Carrier;
import org.jspecify.annotations.Nullable;

/** A carrier's interface in memory that can fail after it has taken something on. */
final class PlayedCarrier implements CarrierGateway {

    final List<String> posts = new ArrayList<>();
    final Map<String, Receipt> cases = new HashMap<>();
    boolean hangsAfterAccepting;

    @Nullable
    SubmissionRefusedException refusal;

    @Override
    public Optional<Receipt> find(Carrier carrier, String appealKey) {
        return Optional.ofNullable(cases.get(appealKey));
    }

    @Override
    public Receipt submit(Carrier carrier, String appealKey, String body) {
        return take(appealKey);
    }

    @Override
    public Receipt supplement(Carrier carrier, String appealKey, String supplementKey, String body) {
        return take(supplementKey);
    }

    private Receipt take(String key) {
        posts.add(key);
        if (refusal != null) {
            throw refusal;
        }
        Receipt receipt = cases.computeIfAbsent(
                key, k -> new Receipt("CM-" + cases.size(), Instant.parse("2026-03-03T02:00:00Z")));
        if (hangsAfterAccepting) {
            throw new IllegalStateException("timeout");
        }
        return receipt;
    }
}
