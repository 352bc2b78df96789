package org.jiefeng.carrier.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import org.jiefeng.account.Carrier;
import org.jiefeng.carrier.CarrierJson;
import org.jspecify.annotations.Nullable;

/** An appeal in the books of the simulated carrier. */
record SimulatedCase(
        String key,
        Carrier carrier,
        String caseId,
        String body,
        Instant receivedAt,
        State state,
        @Nullable String decision) {

    enum State {
        IN_REVIEW,
        SUPPLEMENT_REQUESTED,
        DECIDED,
        LIFTED
    }

    /** What an appeal says (docs/carrier-api.yaml, Appeal), read by the carrier in its own way. */
    record Appeal(
            @Nullable String reference,
            @Nullable Integer round,
            @Nullable String incident,
            @Nullable String accountMask,
            @Nullable List<String> causes,
            @Nullable Dossier dossier) {

        boolean isComplete() {
            return reference != null
                    && round != null
                    && causes != null
                    && !causes.isEmpty()
                    && dossier != null
                    && dossier.isComplete();
        }
    }

    /** The sealed files. */
    record Dossier(
            @Nullable String sha256,
            @Nullable Instant sealedAt,
            @Nullable Long bytes,
            @Nullable List<FileEntry> files) {

        boolean isComplete() {
            return sha256 != null && files != null && files.stream().allMatch(file -> file.sha256() != null);
        }
    }

    /** One of them. */
    record FileEntry(@Nullable String name, @Nullable String sha256) {}

    /** What a supplement says. */
    record Supplement(@Nullable Dossier dossier) {}

    Appeal appeal() {
        try {
            return CarrierJson.MAPPER.readValue(body, Appeal.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isOpen() {
        return state == State.IN_REVIEW || state == State.SUPPLEMENT_REQUESTED;
    }
}
