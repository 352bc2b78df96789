package org.jiefeng.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.evidence.EvidenceFile.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes, keeps and hands out the files of a case. */
@Service
class EvidenceFiles {

    private static final RowMapper<EvidenceFile> FILE = (row, n) -> new EvidenceFile(
            row.getString("id"),
            row.getString("appeal_number"),
            row.getLong("round_id"),
            row.getString("code"),
            row.getString("name"),
            row.getString("media_type"),
            row.getLong("size_bytes"),
            row.getString("sha256"),
            Source.valueOf(row.getString("source")),
            row.getString("added_by"),
            row.getObject("added_at", OffsetDateTime.class).toInstant(),
            row.getBoolean("sealed"));

    private final JdbcClient jdbc;
    private final EvidenceContents contents;
    private final EvidenceRounds rounds;
    private final EvidenceCatalogue catalogue;
    private final FileInspection inspection;
    private final EvidenceProperties limits;
    private final EvidenceTexts texts;
    private final Timeline timeline;
    private final Clock clock;

    EvidenceFiles(
            JdbcClient jdbc,
            EvidenceContents contents,
            EvidenceRounds rounds,
            EvidenceCatalogue catalogue,
            FileInspection inspection,
            EvidenceProperties limits,
            EvidenceTexts texts,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.rounds = rounds;
        this.catalogue = catalogue;
        this.inspection = inspection;
        this.limits = limits;
        this.texts = texts;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** The files of a case, oldest first. */
    List<EvidenceFile> of(String appealNumber) {
        return jdbc.sql("select * from evidence_file where appeal_number = :appeal order by added_at, id")
                .param("appeal", appealNumber)
                .query(FILE)
                .list();
    }

    /** @throws NotFoundException when the case has no such file */
    EvidenceFile get(String appealNumber, String fileId) {
        return jdbc.sql("select * from evidence_file where appeal_number = :appeal and id = :id")
                .param("appeal", appealNumber)
                .param("id", fileId)
                .query(FILE)
                .optional()
                .orElseThrow(() -> new NotFoundException("No such file in " + appealNumber));
    }

    /**
     * Takes a file a person brings.
     *
     * @throws InvalidInputException naming the file and the reason when it is not acceptable
     * @throws ConflictException when the case takes no files now
     */
    @Transactional
    EvidenceFile upload(String appealNumber, String code, String originalName, InputStreamSource content, String actor)
            throws IOException {
        return upload(appealNumber, code, originalName, content, null, actor);
    }

    /** @param replacedId a file that goes as this one comes, or stays when this one is refused */
    @Transactional
    EvidenceFile upload(
            String appealNumber,
            String code,
            String originalName,
            InputStreamSource content,
            @Nullable String replacedId,
            String actor)
            throws IOException {
        return upload(
                appealNumber, code, originalName, content, replacedId, actor, () -> rounds.holdOpen(appealNumber));
    }

    /** Takes a recording that a department head brings before the call platform deletes it; as {@link #upload}. */
    @Transactional
    EvidenceFile rescue(String appealNumber, String code, String originalName, InputStreamSource content, String actor)
            throws IOException {
        if (catalogue.find(code).filter(EvidenceItemType::isRecording).isEmpty()) {
            throw new InvalidInputException("item", texts.of("item.unknown", code));
        }
        return upload(appealNumber, code, originalName, content, null, actor, () -> rounds.holdRescue(appealNumber));
    }

    private EvidenceFile upload(
            String appealNumber,
            String code,
            String originalName,
            InputStreamSource content,
            @Nullable String replacedId,
            String actor,
            Supplier<EvidenceRound> held)
            throws IOException {
        EvidenceItemType type = catalogue
                .find(code)
                .filter(EvidenceItemType::takesUploads)
                .orElseThrow(() -> new InvalidInputException("item", texts.of("item.unknown", code)));
        FileInspection.Result found;
        try {
            found = inspection.inspect(originalName, content);
        } catch (RefusedFileException e) {
            throw refused(originalName, texts.of("refused." + e.reasonKey(), e.arguments()));
        }

        // Everything slow is done by now; from here on the round is held.
        EvidenceRound round = held.get();
        if (replacedId != null) {
            remove(round, replacedId, actor);
        }
        requireRoom(appealNumber, originalName, found, code);
        contents.keep(appealNumber, found.sha256(), content);
        EvidenceFile file = insert(
                round,
                code,
                found.name().toString(),
                found.kind().mediaType(),
                found.size(),
                found.sha256(),
                Source.UPLOAD,
                actor);
        timeline.record(appealNumber, actor, "FILE_ADDED", type.name());
        return file;
    }

    /**
     * Evidence and receipts share the room of a case.
     *
     * @param present how many files of this kind there are
     * @throws InvalidInputException when one more would be too many or too much
     */
    void requireRoom(String appealNumber, String originalName, long size, int present) {
        if (present >= limits.maxFiles()) {
            throw refused(originalName, texts.of("refused.count", String.valueOf(limits.maxFiles())));
        }
        if (contents.stored(appealNumber) + size > limits.maxCaseSize().toBytes()) {
            throw refused(
                    originalName,
                    texts.of(
                            "refused.size.case",
                            String.valueOf(limits.maxCaseSize().toMegabytes())));
        }
    }

    private void requireRoom(String appealNumber, String originalName, FileInspection.Result found, String code) {
        List<EvidenceFile> files = of(appealNumber);
        requireRoom(appealNumber, originalName, found.size(), files.size());
        if (files.stream()
                .anyMatch(file -> file.code().equals(code) && file.sha256().equals(found.sha256()))) {
            throw refused(originalName, texts.of("refused.twice"));
        }
    }

    InvalidInputException refused(String name, String reason) {
        String shown = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "�");
        return new InvalidInputException(
                "file", texts.of("refused", shown.length() > 100 ? shown.substring(0, 100) + "…" : shown, reason));
    }

    /** Files an extract or text of our own making. */
    @Transactional
    EvidenceFile file(EvidenceRound round, String code, String name, String mediaType, byte[] content) {
        String sha256 =
                java.util.HexFormat.of().formatHex(FileInspection.sha256().digest(content));
        try {
            contents.keep(round.appealNumber(), sha256, new ByteArrayResource(content));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return insert(round, code, name, mediaType, content.length, sha256, Source.RECORD, "system");
    }

    private EvidenceFile insert(
            EvidenceRound round,
            String code,
            String name,
            String mediaType,
            long size,
            String sha256,
            Source source,
            String actor) {
        String id = UUID.randomUUID().toString();
        jdbc.sql("""
                        insert into evidence_file
                            (id, appeal_number, round_id, code, name, media_type, size_bytes, sha256, source, added_by, added_at)
                        values (:id, :appeal, :round, :code, :name, :mediaType, :size, :sha256, :source, :actor, :now)
                        """)
                .param("id", id)
                .param("appeal", round.appealNumber())
                .param("round", round.id())
                .param("code", code)
                .param("name", name)
                .param("mediaType", mediaType)
                .param("size", size)
                .param("sha256", sha256)
                .param("source", source.name())
                .param("actor", actor)
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .update();
        return get(round.appealNumber(), id);
    }

    /** Writes a file's content, one piece in memory at a time. */
    void copyTo(EvidenceFile file, OutputStream out) throws IOException {
        contents.copyTo(file.appealNumber(), file.sha256(), out);
    }

    /** The content's piece of this number; empty behind the last. */
    byte[] piece(EvidenceFile file, int seq) {
        return contents.piece(file.appealNumber(), file.sha256(), seq);
    }

    /**
     * Removes a file that is in no sealed dossier yet.
     *
     * @throws ConflictException when it is sealed, filed by the system, or the case is closed to changes
     */
    @Transactional
    void remove(String appealNumber, String fileId, String actor) {
        remove(rounds.holdOpen(appealNumber), fileId, actor);
    }

    /**
     * Removes a rescued recording while the rescue is open; as {@link #remove}. Not while the company reviews: its round
     * takes no part in the rescue's, and what was found complete and judged must be what is sealed.
     */
    @Transactional
    void removeRescued(String appealNumber, String fileId, String actor) {
        boolean underReview = rounds.latest(appealNumber, EvidenceRound.Kind.APPLICATION)
                .map(rounds::hold)
                .filter(round -> round.state() == EvidenceRound.State.IN_REVIEW)
                .isPresent();
        if (underReview) {
            throw new ConflictException(texts.of("closed"));
        }
        remove(rounds.holdRescue(appealNumber), fileId, actor);
    }

    private void remove(EvidenceRound round, String fileId, String actor) {
        EvidenceFile file = get(round.appealNumber(), fileId);
        if (file.sealed() || file.source() == Source.RECORD || file.roundId() != round.id()) {
            throw new ConflictException(texts.of("sealed", file.name()));
        }
        delete(file);
        String item = catalogue.find(file.code()).map(EvidenceItemType::name).orElse(file.code());
        timeline.record(round.appealNumber(), actor, "FILE_REMOVED", item);
    }

    /** Clears the extracts of a round, so that gathering again does not double them. */
    @Transactional
    void removeRecords(EvidenceRound round) {
        of(round.appealNumber()).stream()
                .filter(file -> file.roundId() == round.id() && file.source() == Source.RECORD && !file.sealed())
                .forEach(this::delete);
    }

    private void delete(EvidenceFile file) {
        jdbc.sql("delete from evidence_file where id = :id")
                .param("id", file.id())
                .update();
        contents.dropUnused(file.appealNumber(), file.sha256());
    }

    @Transactional
    void seal(EvidenceFile file) {
        jdbc.sql("update evidence_file set sealed = true where id = :id")
                .param("id", file.id())
                .update();
    }

    static String sizeText(long bytes) {
        return bytes < 1024 * 1024
                ? Math.max(1, bytes / 1024) + " KB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1024.0 / 1024.0);
    }
}
