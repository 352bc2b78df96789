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

    /** What it answers when it is asked. */
    final Map<String, List<CarrierEvent>> said = new HashMap<>();

    final List<String> files = new ArrayList<>();
    boolean refusesFiles;

    @Nullable
    RuntimeException out;

    @Override
    public Optional<Receipt> find(Carrier carrier, String appealKey) {
        whenOut();
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

    @Override
    public List<CarrierEvent> answers(Carrier carrier, String appealKey) {
        whenOut();
        return said.getOrDefault(appealKey, List.of());
    }

    @Override
    public boolean takesFiles(Carrier carrier) {
        return true;
    }

    @Override
    public void handOver(Carrier carrier, String appealKey, String sha256, Content content) {
        whenOut();
        if (refusesFiles) {
            throw new SubmissionRefusedException("FILES_NOT_TAKEN", "Please use the portal");
        }
        files.add(appealKey + " " + sha256);
    }

    private void whenOut() {
        if (out != null) {
            throw out;
        }
    }

    private Receipt take(String key) {
        whenOut();
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
