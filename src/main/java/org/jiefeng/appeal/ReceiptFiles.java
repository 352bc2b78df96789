package org.jiefeng.appeal;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.springframework.core.io.InputStreamSource;

/**
 * The receipts that carriers give, as files: looked into when they are brought, kept as they are, never removed.
 *
 * <p>It stands here because features do not know each other: the one that submits need not know the one that keeps files.
 */
public interface ReceiptFiles {

    /**
     * A receipt on file.
     *
     * @param submission the key of the submission it belongs to
     */
    record Receipt(
            String id,
            String appealNumber,
            String submission,
            String name,
            String mediaType,
            long size,
            String sha256,
            String addedBy,
            Instant addedAt) {

        /** Where it can be fetched by the people of the case. */
        public String link() {
            return "/api/appeals/%s/receipts/%s".formatted(appealNumber, id);
        }
    }

    /**
     * Takes a receipt; the same file brought again for the same submission is the one that is there.
     *
     * @throws InvalidInputException naming the file and the reason when it is not acceptable
     */
    Receipt take(String appealNumber, String submission, String originalName, InputStreamSource content, String actor)
            throws IOException;

    /** The receipts of a case, oldest first. */
    List<Receipt> of(String appealNumber);
}
