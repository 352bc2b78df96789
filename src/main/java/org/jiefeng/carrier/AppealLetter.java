package org.jiefeng.carrier;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier is told of an appeal: no name, no ID number and only a masked number. The files are named here by their
 * digests; they follow, or go by the channel agreed with the carrier.
 *
 * @param incident what several numbers have in common that one action of the carrier suspended; null for one alone
 */
record AppealLetter(
        String reference,
        int round,
        @Nullable String incident,
        @Nullable String accountMask,
        List<String> causes,
        Dossier dossier) {

    /** The sealed files. */
    record Dossier(
            String sha256,
            @Nullable Instant sealedAt,
            @Nullable Long bytes,
            List<FileEntry> files) {}

    /** @param name null when the dossier is too large to name every file */
    record FileEntry(@Nullable String name, String sha256) {}

    /** A supplement to it. */
    record Supplement(Dossier dossier) {}
}
