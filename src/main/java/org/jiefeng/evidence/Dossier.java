package org.jiefeng.evidence;

import java.time.Instant;
import java.util.List;

/**
 * What was handed over in one round, frozen.
 *
 * @param manifest lists every file with its SHA-256 in the form {@code sha256sum -c} reads, and what was waived
 * @param manifestSha256 stands for the whole dossier
 */
record Dossier(EvidenceRound round, Instant sealedAt, String manifest, String manifestSha256, List<Entry> entries) {

    Dossier {
        entries = List.copyOf(entries);
    }

    /** A file and its place in the ZIP. */
    record Entry(String path, EvidenceFile file) {}
}
