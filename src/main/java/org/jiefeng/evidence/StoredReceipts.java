package org.jiefeng.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.ReceiptFiles;
import org.springframework.core.io.InputStreamSource;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps carriers' receipts beside the evidence, under the same checks; they are sealed as soon as they are there. */
@Service
class StoredReceipts implements ReceiptFiles {

    /** A screenshot, a photograph or a printed page. */
    private static final Set<MediaKind> KINDS = EnumSet.of(MediaKind.PDF, MediaKind.JPEG, MediaKind.PNG);

    private static final RowMapper<Receipt> RECEIPT = (row, n) -> new Receipt(
            row.getString("id"),
            row.getString("appeal_number"),
            row.getString("submission_key"),
            row.getString("name"),
            row.getString("media_type"),
            row.getLong("size_bytes"),
            row.getString("sha256"),
            row.getString("added_by"),
            row.getObject("added_at", OffsetDateTime.class).toInstant());

    private final JdbcClient jdbc;
    private final EvidenceContents contents;
    private final EvidenceFiles evidence;
    private final FileInspection inspection;
    private final EvidenceTexts texts;
    private final Clock clock;

    StoredReceipts(
            JdbcClient jdbc,
            EvidenceContents contents,
            EvidenceFiles evidence,
            FileInspection inspection,
            EvidenceTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.evidence = evidence;
        this.inspection = inspection;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Receipt take(
            String appealNumber, String submission, String originalName, InputStreamSource content, String actor)
            throws IOException {
        FileInspection.Result found;
        try {
            found = inspection.inspect(originalName, content);
            if (!KINDS.contains(found.kind())) {
                throw new RefusedFileException("type.unknown", String.join(" ", MediaKind.extensionsOf(KINDS)));
            }
        } catch (RefusedFileException e) {
            throw evidence.refused(originalName, texts.of("refused." + e.reasonKey(), e.arguments()));
        }
        List<Receipt> present = of(appealNumber);
        Optional<Receipt> known = present.stream()
                .filter(receipt -> receipt.submission().equals(submission)
                        && receipt.sha256().equals(found.sha256()))
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        evidence.requireRoom(appealNumber, originalName, found.size(), present.size());
        contents.keep(appealNumber, found.sha256(), content);
        String id = UUID.randomUUID().toString();
        jdbc.sql("""
                        insert into receipt_file (id, appeal_number, submission_key, name, media_type, size_bytes, sha256,
                            added_by, added_at)
                        values (:id, :appeal, :submission, :name, :mediaType, :size, :sha256, :actor, :now)
                        """)
                .param("id", id)
                .param("appeal", appealNumber)
                .param("submission", submission)
                .param("name", found.name().toString())
                .param("mediaType", found.kind().mediaType())
                .param("size", found.size())
                .param("sha256", found.sha256())
                .param("actor", actor)
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .update();
        return get(appealNumber, id);
    }

    @Override
    public List<Receipt> of(String appealNumber) {
        return jdbc.sql("select * from receipt_file where appeal_number = :appeal order by added_at, id")
                .param("appeal", appealNumber)
                .query(RECEIPT)
                .list();
    }

    /** @throws NotFoundException when the case has no such receipt */
    Receipt get(String appealNumber, String id) {
        return jdbc.sql("select * from receipt_file where appeal_number = :appeal and id = :id")
                .param("appeal", appealNumber)
                .param("id", id)
                .query(RECEIPT)
                .optional()
                .orElseThrow(() -> new NotFoundException("No such receipt in " + appealNumber));
    }

    /** Writes a receipt's content, one piece in memory at a time. */
    void copyTo(Receipt receipt, OutputStream out) throws IOException {
        contents.copyTo(receipt.appealNumber(), receipt.sha256(), out);
    }
}
