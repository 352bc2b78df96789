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

    /** Where it can be fetched as one ZIP. */
    String link() {
        return link(round);
    }

    /** Where a round can be fetched as one ZIP once it is sealed. */
    static String link(EvidenceRound round) {
        String folder = round.kind() == EvidenceRound.Kind.APPLICATION ? "dossier" : "supplement";
        return "/api/appeals/%s/%s/%d".formatted(round.appealNumber(), folder, round.number());
    }

    /** A file and its place in the ZIP, which begins with its number in the index. */
    record Entry(String path, EvidenceFile file) {

        /** As the index of the round's PDF counts it. */
        String number() {
            return path.substring(0, path.indexOf(' '));
        }
    }
}
