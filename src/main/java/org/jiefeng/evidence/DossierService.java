package org.jiefeng.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.RetentionTimes;
import org.jiefeng.appeal.SealedPapers;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.jiefeng.evidence.EvidenceRound.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Seals what is handed to the carrier, so that it can be shown later exactly as it was. */
@Service
class DossierService implements SealedPapers {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final JdbcClient jdbc;
    private final EvidenceRounds rounds;
    private final EvidenceChecklist checklist;
    private final EvidenceFiles files;
    private final ApplicationService applications;
    private final EvidenceCatalogue catalogue;
    private final DossierPdf printed;
    private final RetentionTimes times;
    private final CaseSheet caseSheet;
    private final EvidenceTexts texts;
    private final Timeline timeline;
    private final ObjectMapper json;
    private final Clock clock;

    DossierService(
            JdbcClient jdbc,
            EvidenceRounds rounds,
            EvidenceChecklist checklist,
            EvidenceFiles files,
            ApplicationService applications,
            EvidenceCatalogue catalogue,
            DossierPdf printed,
            RetentionTimes times,
            CaseSheet caseSheet,
            EvidenceTexts texts,
            Timeline timeline,
            ObjectMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.rounds = rounds;
        this.checklist = checklist;
        this.files = files;
        this.applications = applications;
        this.catalogue = catalogue;
        this.printed = printed;
        this.times = times;
        this.caseSheet = caseSheet;
        this.texts = texts;
        this.timeline = timeline;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Seals the approved application: everything brought so far, this round's extracts, and the application as a PDF.
     * Publishes {@code dossierManifest} on the case sheet for whoever submits it.
     */
    @Transactional
    void sealApplication(String appealNumber) {
        EvidenceRound round =
                rounds.latest(appealNumber, Kind.APPLICATION).map(rounds::hold).orElseThrow();
        if (round.state() == State.SEALED) {
            return; // a repeated job
        }
        Instant now = now();
        List<ChecklistItem> items = checklist.items(appealNumber);
        List<Dossier.Entry> brought = entries(items.stream()
                .filter(item -> !item.type().code().equals("SUPPLEMENT"))
                .toList());
        Application application =
                applications.find(appealNumber, round.number()).orElseThrow();
        byte[] pdf = printed.print(round, now, application, items, brought);
        EvidenceFile document = files.file(round, "APPLICATION", DossierPdf.NAME, MediaKind.PDF.mediaType(), pdf);
        List<Dossier.Entry> entries = new ArrayList<>(List.of(new Dossier.Entry(DossierPdf.NAME, document)));
        entries.addAll(brought);
        seal(round, now, entries, items);
        timeline.record(appealNumber, "system", "DOSSIER_SEALED", String.valueOf(round.number()));
    }

    /**
     * Seals what was brought for a supplement. Publishes {@code supplementManifest} on the case sheet.
     *
     * @throws ConflictException when no file was brought
     */
    @Transactional
    void sealSupplement(String appealNumber, String actor) {
        EvidenceRound round = rounds.latest(appealNumber, Kind.SUPPLEMENT)
                .map(rounds::hold)
                .filter(EvidenceRound::isOpen)
                .orElseThrow(() -> new ConflictException(texts.of("closed")));
        List<EvidenceFile> brought = files.of(appealNumber).stream()
                .filter(file -> file.roundId() == round.id())
                .toList();
        if (brought.isEmpty()) {
            throw new ConflictException(texts.of("supplement.empty"));
        }
        List<Dossier.Entry> entries = new ArrayList<>();
        for (EvidenceFile file : brought) {
            entries.add(new Dossier.Entry("%02d %s".formatted(entries.size() + 1, file.name()), file));
        }
        seal(round, now(), entries, List.of());
        timeline.record(appealNumber, actor, "SUPPLEMENT_SEALED", String.valueOf(entries.size()));
    }

    private static List<Dossier.Entry> entries(List<ChecklistItem> items) {
        List<Dossier.Entry> entries = new ArrayList<>();
        for (ChecklistItem item : items) {
            for (EvidenceFile file : item.files()) {
                // Numbered, so that equal names do not meet and the carrier reads them in our order.
                String path =
                        "%02d %s/%s".formatted(entries.size() + 1, item.type().name(), file.name());
                entries.add(new Dossier.Entry(path.replaceAll("[<>:\"|?*\\\\]", "_"), file));
            }
        }
        return entries;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void seal(EvidenceRound round, Instant now, List<Dossier.Entry> entries, List<ChecklistItem> items) {
        String manifest = manifest(round, now, entries, items);
        String sha256 =
                HexFormat.of().formatHex(FileInspection.sha256().digest(manifest.getBytes(StandardCharsets.UTF_8)));
        jdbc.sql("""
                        insert into dossier (round_id, sealed_at, manifest, manifest_sha256)
                        values (:round, :now, :manifest, :sha256)
                        """)
                .param("round", round.id())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("manifest", manifest)
                .param("sha256", sha256)
                .update();
        for (int i = 0; i < entries.size(); i++) {
            jdbc.sql("""
                            insert into dossier_file (round_id, position, file_id, path)
                            values (:round, :position, :file, :path)
                            """)
                    .param("round", round.id())
                    .param("position", i)
                    .param("file", entries.get(i).file().id())
                    .param("path", entries.get(i).path())
                    .update();
            files.seal(entries.get(i).file());
        }
        rounds.move(round, State.SEALED);
        String name = round.kind() == Kind.APPLICATION ? "dossierManifest" : "supplementManifest";
        caseSheet.write(round.appealNumber(), name, sheetManifest(round, now, sha256, entries));
        if (round.kind() == Kind.APPLICATION) {
            caseSheet.write(round.appealNumber(), "dossierLink", Dossier.link(round));
        }
    }

    private String manifest(EvidenceRound round, Instant now, List<Dossier.Entry> entries, List<ChecklistItem> items) {
        Map<String, EvidenceItemType.Retention> retention =
                catalogue.all().stream().collect(Collectors.toMap(EvidenceItemType::code, EvidenceItemType::retention));
        StringBuilder text = new StringBuilder();
        text.append("# %s %s %d, sealed %s%n"
                .formatted(
                        round.appealNumber(),
                        round.kind(),
                        round.number(),
                        now.atZone(SHANGHAI).toOffsetDateTime()));
        text.append("# check with: sha256sum -c manifest.txt\n");
        for (Dossier.Entry entry : entries) {
            EvidenceFile file = entry.file();
            text.append("# %s, %d bytes, %s by %s at %s, kept %s%n"
                    .formatted(
                            file.code(),
                            file.size(),
                            file.source(),
                            file.addedBy(),
                            file.addedAt()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .atZone(SHANGHAI)
                                    .toOffsetDateTime(),
                            retention
                                    .getOrDefault(file.code(), EvidenceItemType.Retention.CASE)
                                    .text(times)));
            text.append(file.sha256()).append("  ").append(entry.path()).append('\n');
        }
        for (ChecklistItem item : items) {
            item.waiverThatCounts()
                    .ifPresent(waiver -> text.append("# waived: %s by %s: %s%n"
                            .formatted(
                                    item.type().code(),
                                    waiver.by(),
                                    waiver.reason().replaceAll("[\\s\\p{Cntrl}]+", " "))));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** The short form a submission carries. A sheet entry is limited, so a very long list goes without names. */
    private String sheetManifest(EvidenceRound round, Instant now, String sha256, List<Dossier.Entry> entries) {
        String full = sheetManifest(round, now, sha256, entries, true);
        return full.length() <= CaseSheet.MAX_LENGTH ? full : sheetManifest(round, now, sha256, entries, false);
    }

    private String sheetManifest(
            EvidenceRound round, Instant now, String sha256, List<Dossier.Entry> entries, boolean withNames) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("round", round.number());
        manifest.put("sealedAt", now.toString());
        manifest.put("sha256", sha256);
        manifest.put("count", entries.size());
        manifest.put(
                "bytes",
                entries.stream().mapToLong(entry -> entry.file().size()).sum());
        manifest.put(
                "files",
                entries.stream()
                        .map(entry -> withNames
                                ? Map.of(
                                        "name", entry.file().name(),
                                        "sha256", entry.file().sha256())
                                : Map.of("sha256", entry.file().sha256()))
                        .toList());
        try {
            return json.writeValueAsString(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sealed rounds of a case, oldest first. */
    List<Dossier> of(String appealNumber) {
        return rounds.of(appealNumber).stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .toList();
    }

    /** @throws NotFoundException when this round was not sealed */
    Dossier get(String appealNumber, Kind kind, int number) {
        return rounds.of(appealNumber).stream()
                .filter(round -> round.kind() == kind && round.number() == number)
                .findFirst()
                .flatMap(this::find)
                .orElseThrow(() -> new NotFoundException("No dossier " + number + " of " + appealNumber));
    }

    private Optional<Dossier> find(EvidenceRound round) {
        return jdbc.sql("select * from dossier where round_id = :round")
                .param("round", round.id())
                .query((row, n) -> new Dossier(
                        round,
                        row.getObject("sealed_at", OffsetDateTime.class).toInstant(),
                        row.getString("manifest"),
                        row.getString("manifest_sha256"),
                        entries(round)))
                .optional();
    }

    private List<Dossier.Entry> entries(EvidenceRound round) {
        return jdbc
                .sql("select file_id, path from dossier_file where round_id = :round order by position")
                .param("round", round.id())
                .query((row, n) -> Map.entry(row.getString("path"), row.getString("file_id")))
                .list()
                .stream()
                .map(row -> new Dossier.Entry(row.getKey(), files.get(round.appealNumber(), row.getValue())))
                .toList();
    }

    @Override
    public void writeZip(String appealNumber, String manifestSha256, OutputStream out) throws IOException {
        Dossier dossier = of(appealNumber).stream()
                .filter(sealedRound -> sealedRound.manifestSha256().equals(manifestSha256))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("No dossier " + manifestSha256 + " of " + appealNumber));
        writeZip(dossier, out);
    }

    /** Writes a sealed round as one ZIP, the same bytes of every file as on the day it was sealed. */
    void writeZip(Dossier dossier, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            entry(zip, "manifest.txt", dossier.sealedAt());
            zip.write(dossier.manifest().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            for (Dossier.Entry entry : dossier.entries()) {
                entry(zip, entry.path(), entry.file().addedAt());
                files.copyTo(entry.file(), zip);
                zip.closeEntry();
            }
        }
    }

    private static void entry(ZipOutputStream zip, String path, Instant time) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        entry.setTimeLocal(time.atZone(SHANGHAI).toLocalDateTime());
        zip.putNextEntry(entry);
    }
}
