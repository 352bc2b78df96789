package org.jiefeng.evidence;

import java.time.Instant;

/**
 * One file of a case.
 *
 * @param code the item it belongs to
 * @param addedBy a user id, or {@code system} for our own extracts
 * @param sealed whether it stands in a sealed dossier and can no longer be removed
 */
record EvidenceFile(
        String id,
        String appealNumber,
        long roundId,
        String code,
        String name,
        String mediaType,
        long size,
        String sha256,
        Source source,
        String addedBy,
        Instant addedAt,
        boolean sealed) {

    enum Source {
        UPLOAD,
        RECORD
    }
}
