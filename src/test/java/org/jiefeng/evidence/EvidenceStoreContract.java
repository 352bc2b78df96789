package org.jiefeng.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.evidence.ChecklistItem.Settlement;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the evidence room promises, on every database it runs on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EvidenceStoreContract {

    private EvidenceRoom room;
    private EvidenceChecklist checklist;
    private EvidenceFiles files;
    private ApplicationService applications;
    private Completeness completeness;
    private CompanyReviews reviews;
    private DossierService dossiers;
    private RecordGathering gathering;
    private List<List<String>> calls = List.of();

    abstract EvidenceRoom room(CaseRecords records);

    @BeforeAll
    void open() {
        room = room(this::records);
        checklist = room.get(EvidenceChecklist.class);
        files = room.get(EvidenceFiles.class);
        applications = room.get(ApplicationService.class);
        completeness = room.get(Completeness.class);
        reviews = room.get(CompanyReviews.class);
        dossiers = room.get(DossierService.class);
        gathering = room.get(RecordGathering.class);
    }

    @AfterAll
    void close() throws Exception {
        room.close();
    }

    private List<CaseRecords.Extract> records(Appeal appeal) {
        return List.of(
                new CaseRecords.Extract("CALL_LIST", "call-list", List.of("Callee", "Time"), calls),
                new CaseRecords.Extract("COMPLAINT_RECORDS", "complaints", List.of("Day"), List.of()));
    }

    @Test
    void aFileComesBackAsItWas() throws IOException {
        String appeal = prepared("PAYMENT_PROOF");
        byte[] large = new byte[EvidenceFiles.CHUNK * 3 + 17];
        new Random(7).nextBytes(large);
        byte[] content = SampleFiles.join("%PDF-1.7\n".getBytes(UTF_8), large, "%%EOF".getBytes(UTF_8));

        EvidenceFile file = upload(appeal, "PAYMENT_PROOF", "收据 2026.pdf", content);

        ByteArrayOutputStream back = new ByteArrayOutputStream();
        files.copyTo(files.get(appeal, file.id()), back);
        assertThat(back.toByteArray()).isEqualTo(content);
        assertThat(file.name()).isEqualTo("收据 2026.pdf");
        assertThat(file.sha256())
                .isEqualTo(HexFormat.of().formatHex(FileInspection.sha256().digest(content)));
        assertThat(chunks(file)).isEqualTo(4);

        files.remove(appeal, file.id(), "employee");
        assertThat(files.of(appeal)).isEmpty();
        assertThat(chunks(file)).isZero();
    }

    @Test
    void aRefusalNamesTheFileAndTheReason() {
        String appeal = prepared("PAYMENT_PROOF");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> upload(appeal, "PAYMENT_PROOF", "page.pdf", "<html>".getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(new FieldProblem(
                                "file", "page.pdf was not taken: its content is not PDF, whatever its name says.")));
        assertThat(files.of(appeal)).isEmpty();
    }

    @Test
    void aCaseTakesOnlySoMuch() throws IOException {
        String appeal = prepared("PAYMENT_PROOF");
        byte[] half = new byte[2 * 1024 * 1024 - 100];
        upload(appeal, "OTHER", "1.pdf", SampleFiles.pdf(new String(half, UTF_8)));

        assertRefused(appeal, "OTHER", "again.pdf", SampleFiles.pdf(new String(half, UTF_8)), "already attached");

        half[0] = 1;
        upload(appeal, "OTHER", "2.pdf", SampleFiles.pdf(new String(half, UTF_8)));
        assertRefused(appeal, "OTHER", "3.pdf", SampleFiles.pdf("x".repeat(1000)), "may not exceed 4 MB");

        String many = prepared("PAYMENT_PROOF");
        for (int i = 1; i <= EvidenceRoom.LIMITS.maxFiles(); i++) {
            upload(many, "OTHER", i + ".png", SampleFiles.pngOf(i, 1));
        }
        assertRefused(many, "OTHER", "9.png", SampleFiles.pngOf(100, 1), "already holds 8 files");
    }

    @Test
    void itemsAreSettledByRecordUploadFormOrWaiver() throws IOException {
        calls = List.of(List.of("138****0001", "09:31"), List.of("=1+1", "a,\"b\""));
        String appeal =
                prepared("CALL_LIST", "COMPLAINT_RECORDS", "TRAINING_RECORD", "PAYMENT_PROOF", "RISK_STATEMENT");

        gathering.gather(appeal);
        gathering.gather(appeal);
        upload(appeal, "PAYMENT_PROOF", "paid.png", SampleFiles.png());
        checklist.waive(appeal, "RISK_STATEMENT", "Named in the notice by mistake", "manager");

        assertThat(settlements(appeal))
                .containsEntry("CALL_LIST", Settlement.RECORD)
                .containsEntry("COMPLAINT_RECORDS", Settlement.RECORD)
                .containsEntry("PAYMENT_PROOF", Settlement.UPLOAD)
                .containsEntry("RISK_STATEMENT", Settlement.WAIVER);
        assertThat(checklist.missing(appeal)).containsExactly("Training record");
        assertThat(files.of(appeal)).as("gathering twice files once").hasSize(3);
        assertThat(text(callList(appeal)))
                .isEqualTo("\ufeffCallee,Time\r\n138****0001,09:31\r\n'=1+1,\"a,\"\"b\"\"\"\r\n");
    }

    @Test
    void aRepeatReportIsSettledByItsFormAndSealedInTheDossier() throws IOException {
        String appeal = complete("PAYMENT_PROOF", "REPEAT_REPORT");
        assertThat(checklist.missing(appeal)).containsExactly("Repeat report");

        room.get(CaseSheet.class)
                .writeAnswers(
                        appeal,
                        "task",
                        "employee",
                        Map.of(
                                "causeAnalysis", "The cap was lifted too soon",
                                "workPerformance", "Good",
                                "earlierMeasuresRated", "The cap worked, the course did not",
                                "whatChanges", "The cap stays"));
        assertThat(completeness.check(appeal)).isTrue();
        dossiers.sealApplication(appeal);

        assertThat(PrintedText.of(
                        unzip(dossiers.get(appeal, Kind.APPLICATION, 1)).get("dossier.pdf")))
                .contains("再次封停报告", "为什么再次发生", "The cap was lifted too soon", "The cap stays");
    }

    @Test
    void everyItemTheDecisionAsksForIsInTheCatalogueInBothLanguages() throws IOException {
        String decision = java.nio.file.Files.readString(java.nio.file.Path.of("processes/required-evidence.dmn"));
        List<String> known = room.get(JdbcClient.class)
                .sql("select code from evidence_item_type where name_zh <> name_en and hint_zh <> hint_en")
                .query(String.class)
                .list();

        List<String> asked = java.util.regex.Pattern.compile("<outputEntry[^>]*>\\s*<text>\"([A-Z_]+)\"</text>")
                .matcher(decision)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(asked).isNotEmpty();
        assertThat(known).containsAll(asked);
    }

    @Test
    void anEmptyCallListSettlesNothing() {
        calls = List.of();
        String appeal = prepared("CALL_LIST", "COMPLAINT_RECORDS");

        gathering.gather(appeal);

        assertThat(checklist.missing(appeal)).containsExactly("Call list");
    }

    @Test
    void anApplicationNamesEverythingItLacks() {
        String appeal = prepared("PAYMENT_PROOF");
        Application lacking = new Application(
                "short",
                "",
                "",
                "",
                false,
                false,
                List.of(new ImprovementMeasure("COURSE", "", "", LocalDate.of(2020, 1, 1), "")));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> applications.save(appeal, lacking, false, "employee"))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(FieldProblem::field)
                        .containsExactlyInAnyOrder(
                                "problem",
                                "rootCause",
                                "doneNow",
                                "prevention",
                                "measures[0].description",
                                "measures[0].owner",
                                "measures[0].howMeasured",
                                "measures[0].dueOn",
                                "consent",
                                "declaration"));

        applications.save(appeal, lacking, true, "employee");
        assertThat(applications.current(appeal)).isEqualTo(lacking);
        assertThat(completeness.check(appeal)).isFalse();
        assertThat(room.get(CaseSheet.class).find(appeal, "missingEvidence")).contains("Application, Proof of payment");
    }

    @Test
    void aRoundIsClosedWhileUnderReviewAndOpensWhenReturned() throws IOException {
        String appeal = complete("PAYMENT_PROOF");
        assertThat(completeness.check(appeal)).isTrue();

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> upload(appeal, "OTHER", "more.png", SampleFiles.png()));
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> files.remove(appeal, files.of(appeal).get(0).id(), "employee"));
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> applications.save(appeal, application(), false, "employee"));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> reviews.record(appeal, "RETURN", List.of(), "Please mend", "manager"));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> reviews.record(appeal, "RETURN", List.of("ITEM_MISSING"), " ", "manager"));
        reviews.record(appeal, "RETURN", List.of("ITEM_MISSING", "OTHER"), "Please mend", "manager");

        upload(appeal, "OTHER", "more.png", SampleFiles.png());
        assertThat(reviews.of(appeal))
                .singleElement()
                .returns(List.of("ITEM_MISSING", "OTHER"), CompanyReview::reasonCodes);
        assertThat(applications.current(appeal)).isEqualTo(application());
    }

    @Test
    void aSealedDossierIsOneZipThatProvesItself() throws IOException {
        String appeal = complete("PAYMENT_PROOF", "RISK_STATEMENT");
        checklist.waive(appeal, "RISK_STATEMENT", "Not asked for", "compliance");
        assertThat(completeness.check(appeal)).isTrue();
        reviews.record(appeal, "APPROVE", List.of(), "", "manager");

        dossiers.sealApplication(appeal);
        dossiers.sealApplication(appeal);

        Dossier dossier = dossiers.get(appeal, Kind.APPLICATION, 1);
        Map<String, byte[]> zip = unzip(dossier);
        assertThat(zip.keySet())
                .containsExactlyInAnyOrder("manifest.txt", "dossier.pdf", "01 Proof of payment/paid.png");
        String manifest = new String(zip.get("manifest.txt"), UTF_8);
        zip.forEach((path, content) -> {
            if (!path.equals("manifest.txt")) {
                assertThat(manifest)
                        .contains(
                                HexFormat.of().formatHex(FileInspection.sha256().digest(content)) + "  " + path);
            }
        });
        assertThat(manifest)
                .contains("UPLOAD by employee", ", kept P3Y after the case closes")
                .contains("waived: RISK_STATEMENT by compliance: Not asked for");
        assertThat(PrintedText.of(zip.get("dossier.pdf"))).contains("The cadence was too high", "Cadence course");
        assertThat(files.of(appeal)).as("a repeated job files once").hasSize(2);
        assertThat(room.get(CaseSheet.class).find(appeal, "dossierManifest").orElseThrow())
                .contains("\"round\":1", "\"count\":2", dossier.manifestSha256(), "paid.png", "dossier.pdf");
        assertThat(files.of(appeal)).allMatch(EvidenceFile::sealed);
    }

    @Test
    void aSecondRoundKeepsWhatWasSettledAndAsksToConfirmAgain() throws IOException {
        String appeal = complete("PAYMENT_PROOF");
        completeness.check(appeal);
        dossiers.sealApplication(appeal);

        checklist.prepare(appeal, List.of("PAYMENT_PROOF", "RISK_STATEMENT"));

        assertThat(checklist.missing(appeal)).containsExactly("Statement on risks");
        assertThat(applications.current(appeal)).isEqualTo(application().unconfirmed());
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> files.remove(appeal, files.of(appeal).get(0).id(), "employee"));

        upload(appeal, "RISK_STATEMENT", "risk.pdf", SampleFiles.pdf());
        applications.save(appeal, application(), false, "employee");
        assertThat(completeness.check(appeal)).isTrue();
        dossiers.sealApplication(appeal);

        assertThat(dossiers.get(appeal, Kind.APPLICATION, 2).entries())
                .extracting(Dossier.Entry::path)
                .containsExactly("dossier.pdf", "01 Proof of payment/paid.png", "02 Statement on risks/risk.pdf");
    }

    @Test
    void aSupplementIsSealedByItself() throws IOException {
        String appeal = complete("PAYMENT_PROOF");
        completeness.check(appeal);
        dossiers.sealApplication(appeal);
        room.get(EvidenceRounds.class).start(appeal, Kind.SUPPLEMENT);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> dossiers.sealSupplement(appeal, "employee"));
        upload(appeal, "SUPPLEMENT", "list.csv", SampleFiles.csv());
        dossiers.sealSupplement(appeal, "employee");

        assertThat(unzip(dossiers.get(appeal, Kind.SUPPLEMENT, 1)).keySet())
                .containsExactlyInAnyOrder("manifest.txt", "01 list.csv");
        assertThat(room.get(CaseSheet.class).find(appeal, "supplementManifest").orElseThrow())
                .contains("list.csv");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> upload(appeal, "SUPPLEMENT", "late.csv", SampleFiles.csv()));
    }

    @Test
    void earlierPromisesAreShownAgain() throws IOException {
        String first = complete("PAYMENT_PROOF");
        room.get(JdbcClient.class)
                .sql("update appeal set employee_id = 'again' where number = :number")
                .param("number", first)
                .update();
        String second = room.openAppeal("again");
        checklist.prepare(second, List.of("EARLIER_APPEALS"));

        gathering.gather(second);

        assertThat(checklist.missing(second)).isEmpty();
        assertThat(text(files.of(second).get(0))).contains(first, "Course: Cadence course");
        assertThat(room.get(CaseSheet.class).find(second, "earlierMeasuresText"))
                .contains("- " + first + ": Course: Cadence course");
    }

    @Test
    void morePromisesThanASheetHoldsAreCutNotRefused() {
        String first = room.openAppeal("eloquent");
        checklist.prepare(first, List.of());
        List<ImprovementMeasure> many = java.util.Collections.nCopies(
                20, new ImprovementMeasure("COURSE", "长".repeat(1000), "Li", LocalDate.of(2099, 1, 1), "Certificate"));
        applications.save(first, new Application("", "", "", "", false, false, many), true, "eloquent");
        String second = room.openAppeal("eloquent");
        checklist.prepare(second, List.of("EARLIER_APPEALS"));

        gathering.gather(second);

        assertThat(room.get(CaseSheet.class).find(second, "earlierMeasuresText").orElseThrow())
                .hasSize(CaseSheet.MAX_LENGTH)
                .endsWith("…");
    }

    private String prepared(String... codes) {
        String appeal = room.openAppeal("employee");
        checklist.prepare(appeal, List.of(codes));
        return appeal;
    }

    private String complete(String... codes) throws IOException {
        String appeal = prepared(codes);
        upload(appeal, "PAYMENT_PROOF", "paid.png", SampleFiles.png());
        applications.save(appeal, application(), false, "employee");
        return appeal;
    }

    private static Application application() {
        return new Application(
                "Too many calls went out on one morning",
                "The cadence was too high",
                "The dialler was stopped",
                "The dialler now keeps a cap",
                true,
                true,
                List.of(new ImprovementMeasure(
                        "COURSE", "Cadence course", "Li", LocalDate.of(2099, 1, 1), "Certificate")));
    }

    private EvidenceFile upload(String appeal, String item, String name, byte[] content) throws IOException {
        return files.upload(appeal, item, name, new ByteArrayResource(content), "employee");
    }

    private void assertRefused(String appeal, String item, String name, byte[] content, String reason) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> upload(appeal, item, name, content))
                .satisfies(e -> assertThat(e.problems().get(0).reason()).contains(name, reason));
    }

    private Map<String, Settlement> settlements(String appeal) {
        Map<String, Settlement> settlements = new HashMap<>();
        checklist
                .items(appeal)
                .forEach(item -> item.settlement()
                        .ifPresent(settlement -> settlements.put(item.type().code(), settlement)));
        return settlements;
    }

    private EvidenceFile callList(String appeal) {
        return files.of(appeal).stream()
                .filter(file -> file.code().equals("CALL_LIST"))
                .findFirst()
                .orElseThrow();
    }

    private String text(EvidenceFile file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        files.copyTo(file, out);
        return out.toString(UTF_8);
    }

    private long chunks(EvidenceFile file) {
        return room.get(JdbcClient.class)
                .sql("select count(*) from evidence_chunk where file_id = :id")
                .param("id", file.id())
                .query(Long.class)
                .single();
    }

    private Map<String, byte[]> unzip(Dossier dossier) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        dossiers.writeZip(dossier, out);
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
