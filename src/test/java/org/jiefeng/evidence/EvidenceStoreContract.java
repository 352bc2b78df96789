package org.jiefeng.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.ReceiptFiles;
import org.jiefeng.evidence.ChecklistItem.Settlement;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
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
    private MeasureChecks checks;
    private RecordingRescue rescue;
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
        checks = room.get(MeasureChecks.class);
        rescue = room.get(RecordingRescue.class);
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
        byte[] large = new byte[EvidenceContents.PIECE * 3 + 17];
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

    /** The same paper as evidence and as a receipt is stored once, and a receipt outlives the evidence. */
    @Test
    void receiptIsKeptAsItWasAndNeverGoes() throws IOException {
        String appeal = prepared("PAYMENT_PROOF");
        byte[] content = SampleFiles.pdf();
        EvidenceFile evidence = upload(appeal, "PAYMENT_PROOF", "same.pdf", content);
        StoredReceipts receipts = room.get(StoredReceipts.class);

        ReceiptFiles.Receipt first = receipt(appeal, 1, "回执.pdf", content);
        assertThat(receipt(appeal, 1, "again.pdf", content)).as("brought twice").isEqualTo(first);
        receipt(appeal, 2, "second round.pdf", content);
        files.remove(appeal, evidence.id(), "employee");

        assertThat(receipts.of(appeal))
                .extracting(ReceiptFiles.Receipt::submission)
                .containsExactly(appeal + ":1", appeal + ":2");
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        receipts.copyTo(receipts.get(appeal, first.id()), back);
        assertThat(back.toByteArray()).isEqualTo(content);
        assertThat(first.name()).isEqualTo("回执.pdf");
        assertThat(first.sha256())
                .isEqualTo(HexFormat.of().formatHex(FileInspection.sha256().digest(content)));
    }

    @Test
    void receiptIsLookedIntoLikeEvidenceAndIsAPageOrAPicture() throws IOException {
        String appeal = prepared("PAYMENT_PROOF");
        for (Map.Entry<String, byte[]> bad : Map.of(
                        "page.png", "<html>".getBytes(UTF_8),
                        "empty.pdf", new byte[0],
                        "list.csv", "a,b\n1,2\n".getBytes(UTF_8),
                        "../receipt.pdf", SampleFiles.pdf())
                .entrySet()) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .as(bad.getKey())
                    .isThrownBy(() -> receipt(appeal, 1, bad.getKey(), bad.getValue()));
        }
        for (int i = 0; i < EvidenceRoom.LIMITS.maxFiles(); i++) {
            receipt(appeal, 1, "r.png", SampleFiles.png(3, 3 + i));
        }
        assertThatExceptionOfType(InvalidInputException.class)
                .as("one too many")
                .isThrownBy(() -> receipt(appeal, 1, "r.png", SampleFiles.png(50, 50)));
        assertThat(room.get(StoredReceipts.class).of(appeal)).hasSize(EvidenceRoom.LIMITS.maxFiles());
    }

    private ReceiptFiles.Receipt receipt(String appeal, int round, String name, byte[] content) throws IOException {
        return room.get(StoredReceipts.class)
                .take(appeal, appeal + ":" + round, name, new ByteArrayResource(content), "liaison");
    }

    /** What was refused in favour of nothing stays, what was taken takes its place; both or neither. */
    @Test
    void aFileReplacesAnotherOrLeavesItAlone() throws IOException {
        String appeal = prepared("PAYMENT_PROOF");
        EvidenceFile first = upload(appeal, "PAYMENT_PROOF", "first.png", SampleFiles.png(3, 3));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> files.upload(
                        appeal,
                        "PAYMENT_PROOF",
                        "bad.png",
                        new ByteArrayResource("<html>".getBytes(UTF_8)),
                        first.id(),
                        "employee"));
        assertThat(files.of(appeal)).containsExactly(first);

        EvidenceFile second = files.upload(
                appeal,
                "PAYMENT_PROOF",
                "second.pdf",
                new ByteArrayResource(SampleFiles.pdf()),
                first.id(),
                "employee");
        assertThat(files.of(appeal)).containsExactly(second);
        assertThat(chunks(first)).isZero();
    }

    /** One paper often serves two items: it is stored once, and stays as long as one of the two is there. */
    @Test
    void theSameContentIsStoredOnceForACase() throws IOException {
        String appeal = prepared("PAYMENT_PROOF", "RISK_STATEMENT");
        byte[] content = SampleFiles.join(
                "%PDF-1.7\n".getBytes(UTF_8), new byte[EvidenceContents.PIECE], "%%EOF".getBytes(UTF_8));
        EvidenceFile paid = upload(appeal, "PAYMENT_PROOF", "paid.pdf", content);
        EvidenceFile risk = upload(appeal, "RISK_STATEMENT", "risk.pdf", content);
        assertThat(chunks(risk)).isEqualTo(2);

        files.remove(appeal, paid.id(), "employee");

        ByteArrayOutputStream back = new ByteArrayOutputStream();
        files.copyTo(risk, back);
        assertThat(back.toByteArray()).isEqualTo(content);
        files.remove(appeal, risk.id(), "employee");
        assertThat(chunks(risk)).isZero();
    }

    @Test
    void whatIsTakenOutOfOneCaseStaysInAnother() throws IOException {
        String one = prepared("PAYMENT_PROOF");
        String other = prepared("PAYMENT_PROOF");
        EvidenceFile gone = upload(one, "PAYMENT_PROOF", "paid.png", SampleFiles.png());
        EvidenceFile stays = upload(other, "PAYMENT_PROOF", "paid.png", SampleFiles.png());

        files.remove(one, gone.id(), "employee");

        assertThat(chunks(gone)).isZero();
        assertThat(chunks(stays)).isEqualTo(1);
    }

    @Test
    void noPieceIsWithoutItsFile() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> room.get(JdbcClient.class)
                        .sql("""
                                insert into evidence_piece (appeal_number, sha256, seq, content)
                                values ('nobody', 'nothing', 0, :content)
                                """)
                        .param("content", new byte[1])
                        .update());
    }

    /** The content breaks off while it is stored: as when the process dies, nothing of it is there. */
    @Test
    void whatBreaksOffLeavesNothing() {
        String appeal = prepared("PAYMENT_PROOF");
        byte[] content = SampleFiles.join(
                "%PDF-1.7\n".getBytes(UTF_8), new byte[EvidenceContents.PIECE * 2], "%%EOF".getBytes(UTF_8));
        AtomicInteger readings = new AtomicInteger();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> files.upload(
                        appeal,
                        "PAYMENT_PROOF",
                        "x.pdf",
                        () -> readings.incrementAndGet() < 3
                                ? new ByteArrayInputStream(content)
                                : new SequenceInputStream(
                                        new ByteArrayInputStream(content, 0, EvidenceContents.PIECE), new Broken()),
                        "employee"));

        assertThat(readings).hasValue(3);
        assertThat(files.of(appeal)).isEmpty();
        assertThat(room.get(JdbcClient.class)
                        .sql("select count(*) from evidence_content where appeal_number = :appeal")
                        .param("appeal", appeal)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() {
            throw new UncheckedIOException(new IOException("gone"));
        }
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
            upload(many, "OTHER", i + ".png", SampleFiles.png(i, 1));
        }
        assertRefused(many, "OTHER", "9.png", SampleFiles.png(100, 1), "already holds 8 files");
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
                                "whatChanges", "The cap stays",
                                "causeSource", "ASKED_SUPERVISOR",
                                "readyPlanMeasurable", "true"));
        assertThat(completeness.check(appeal)).isTrue();
        dossiers.sealApplication(appeal);

        assertThat(PrintedText.of(
                        unzip(dossiers.get(appeal, Kind.APPLICATION, 1)).get("dossier.pdf")))
                .contains("再次封停报告", "为什么再次发生", "The cap was lifted too soon", "The cap stays")
                .contains("原因如何得知", "询问主管", "每项措施均有责任人、期限和衡量指标", "已确认")
                .doesNotContain("至少一项措施已开始落实");
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
                .contains("UPLOAD by employee", ", kept 3 years after the case closes")
                .contains("waived: RISK_STATEMENT by compliance: Not asked for");
        assertThat(PrintedText.of(zip.get("dossier.pdf"))).contains("The cadence was too high", "Cadence course");
        assertThat(files.of(appeal)).as("a repeated job files once").hasSize(2);
        assertThat(room.get(CaseSheet.class).find(appeal, "dossierManifest").orElseThrow())
                .contains("\"round\":1", "\"count\":2", dossier.manifestSha256(), "paid.png", "dossier.pdf");
        assertThat(files.of(appeal)).allMatch(EvidenceFile::sealed);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> dossiers.writeZip(appeal, "0".repeat(64), OutputStream.nullOutputStream()));
    }

    @Test
    void aSecondRoundKeepsWhatWasSettledAndAsksToConfirmAgain() throws IOException {
        String appeal = complete("PAYMENT_PROOF");
        completeness.check(appeal);
        dossiers.sealApplication(appeal);

        checklist.prepare(appeal, List.of("PAYMENT_PROOF", "RISK_STATEMENT"), List.of());

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
    void whatARejectionAsksForIsMissingUntilItIsBroughtAnewOrWaivedAnew() throws IOException {
        String appeal = complete("PAYMENT_PROOF", "RISK_STATEMENT");
        checklist.waive(appeal, "RISK_STATEMENT", "The carrier said so", "manager");
        completeness.check(appeal);
        dossiers.sealApplication(appeal);

        checklist.prepare(appeal, List.of("PAYMENT_PROOF"), List.of("PAYMENT_PROOF", "RISK_STATEMENT"));
        assertThat(checklist.missing(appeal)).containsExactly("Proof of payment", "Statement on risks");

        upload(appeal, "PAYMENT_PROOF", "paid-again.jpg", SampleFiles.jpeg());
        checklist.waive(appeal, "RISK_STATEMENT", "Said so again", "manager");
        assertThat(checklist.missing(appeal)).isEmpty();
        checklist.prepare(appeal, List.of("PAYMENT_PROOF"), List.of("PAYMENT_PROOF", "RISK_STATEMENT"));
        assertThat(checklist.missing(appeal)).as("in the same round").isEmpty();
    }

    @Test
    void aLawyerGetsWhatWasSealedWithoutPapersOfPersonsUnlessTheWholeIsAskedFor() throws IOException {
        String appeal = complete("PAYMENT_PROOF", "CARDHOLDER_ID");
        upload(appeal, "CARDHOLDER_ID", "id.jpg", SampleFiles.jpeg());
        completeness.check(appeal);
        dossiers.sealApplication(appeal);

        assertThat(forLawyers(appeal, false))
                .contains("application-1/manifest.txt", "application-1/dossier.pdf")
                .noneMatch(path -> path.endsWith("id.jpg"));
        assertThat(forLawyers(appeal, true)).anyMatch(path -> path.endsWith("id.jpg"));
    }

    private List<String> forLawyers(String appeal, boolean whole) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> leftOut;
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            leftOut = new SealedForLawyers(
                            dossiers,
                            room.get(EvidenceFiles.class),
                            room.get(StoredReceipts.class),
                            room.get(EvidenceCatalogue.class))
                    .addTo(zip, appeal, whole);
        }
        assertThat(leftOut).hasSize(whole ? 0 : 1);
        List<String> paths = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                paths.add(entry.getName());
            }
        }
        return paths;
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
        belongsTo("again", first);
        String second = room.openAppeal("again");
        checklist.prepare(second, List.of("EARLIER_APPEALS"), List.of());

        gathering.gather(second);

        assertThat(checklist.missing(second)).isEmpty();
        assertThat(text(files.of(second).get(0))).contains(first, "Course: Cadence course");
        assertThat(room.get(CaseSheet.class).find(second, "earlierMeasuresText"))
                .contains("- " + first
                        + ": Course: Cadence course, due 2099-01-01: not checked, the application was never approved");
    }

    @Test
    void aRepeatReportFindsTheFiguresOfTheWorkSinceTheLastSuspension() {
        String appeal = prepared("REPEAT_REPORT");

        gathering.gather(appeal);

        assertThat(room.get(CaseSheet.class).find(appeal, "performanceText").orElseThrow())
                .contains("120 calls, 40 connected, 95 seconds on average, 2 complaints, 1 violations")
                .contains("- Week from 2026-03-02: ");
    }

    @Test
    void aPromiseIsDueOnceItsDayIsOverAndOnlyWhenItWasApproved() throws IOException {
        String draft = complete("PAYMENT_PROOF");
        dueOn(draft, 1, 0, LocalDate.of(2020, 1, 1));
        String promised = sealed();
        assertThat(due(draft, promised)).isEmpty();

        dueOn(promised, 1, 0, LocalDate.now(SHANGHAI));
        assertThat(due(promised)).as("its day is not over").isEmpty();
        dueOn(promised, 1, 0, LocalDate.now(SHANGHAI).minusDays(1));

        assertThat(due(draft, promised)).containsExactly(new MeasureChecks.Due(promised, 1, 0, "employee"));
        checks.open(due(promised).get(0));
        assertThat(due(promised)).isEmpty();
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> checks.open(new MeasureChecks.Due(promised, 1, 0, "employee")));
    }

    @Test
    void aPromiseRepeatedInALaterRoundIsAskedForOnce() throws IOException {
        String appeal = sealed();
        dueOn(appeal, 1, 0, LocalDate.of(2020, 1, 1));
        long check = checks.open(due(appeal).get(0));
        checks.record(check, "KEPT", "", "", "manager");
        checklist.prepare(appeal, List.of("PAYMENT_PROOF"), List.of());
        applications.save(appeal, application(), false, "employee");
        dossiers.sealApplication(appeal);
        assertThat(checks.promises(appeal)).singleElement().returns(null, MeasureChecks.Promise::check);

        dueOn(appeal, 2, 0, LocalDate.of(2020, 1, 1));

        assertThat(due(appeal)).isEmpty();
        assertThat(checks.promises(appeal))
                .singleElement()
                .satisfies(promise -> assertThat(promise.check()).isNotNull());
        dueOn(appeal, 2, 0, LocalDate.of(2020, 1, 2));
        assertThat(due(appeal)).as("another date is another promise").hasSize(1);
    }

    @Test
    void onlyAKeptPromiseNeedsNoWordsAndANewDateIsGivenOnce() throws IOException {
        long check = due();
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> checks.record(check, "BROKEN", " no ", "", "manager"))
                .satisfies(e -> assertThat(e.problems().get(0).field()).isEqualTo("measureNote"));
        String tomorrow = LocalDate.now(SHANGHAI).plusDays(1).toString();
        for (String wrong : List.of("", LocalDate.now(SHANGHAI).toString(), "soon")) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> checks.record(check, "NOT_YET", "The trainer was ill", wrong, "manager"))
                    .satisfies(e -> assertThat(e.problems().get(0).field()).isEqualTo("measureNewDate"));
        }
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> checks.record(check, "PERHAPS", "The trainer was ill", "", "manager"));

        assertThat(checks.record(check, "NOT_YET", "The trainer was ill", tomorrow, "manager"))
                .contains(LocalDate.parse(tomorrow));
        assertThat(checks.texts(check))
                .containsEntry("measureText", "Course: Cadence course")
                .containsEntry("measureOwner", "Li")
                .containsEntry("measureMetric", "Certificate")
                .containsEntry("measureDueOn", "2020-01-01")
                .containsEntry("measurePostponedText", "New date " + tomorrow + ": The trainer was ill");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> checks.record(check, "NOT_YET", "Still ill, he says", tomorrow, "manager"))
                .satisfies(e -> assertThat(e.problems().get(0).field()).isEqualTo("measureResult"));
        assertThat(checks.record(check, "KEPT", "", "", "manager")).isEmpty();
        assertThat(checks.get(check))
                .returns(MeasureCheck.Result.KEPT, MeasureCheck::result)
                .returns("manager", MeasureCheck::checkedBy);
    }

    @Test
    void theNextAppealShowsWhatBecameOfEveryPromise() throws IOException {
        long check = due();
        String first = checks.get(check).appealNumber();
        String employee = "promiser-" + check;
        belongsTo(employee, first);
        assertThat(shownNext(employee)).contains(": being checked");
        checks.record(
                check,
                "NOT_YET",
                "The trainer was ill",
                LocalDate.now(SHANGHAI).plusDays(1).toString(),
                "manager");
        assertThat(shownNext(employee))
                .contains(": not yet done, new date " + LocalDate.now(SHANGHAI).plusDays(1));
        checks.record(check, "BROKEN", "No course was ever held", "", "manager");

        String second = room.openAppeal(employee);
        checklist.prepare(second, List.of("EARLIER_APPEALS"), List.of());
        gathering.gather(second);

        String today = LocalDate.now(SHANGHAI).toString();
        assertThat(room.get(CaseSheet.class).find(second, "earlierMeasuresText").orElseThrow())
                .contains("- " + first + ": Course: Cadence course, due 2020-01-01: broken (" + today
                        + "): No course was ever held");
        assertThat(text(files.of(second).get(0)))
                .contains("Course: Cadence course,Li,2020-01-01,broken," + today + ",manager,No course was ever held");
    }

    @Test
    void manyLongPromisesStillFitOnTheForm() throws IOException {
        String first = prepared("PAYMENT_PROOF");
        upload(first, "PAYMENT_PROOF", "paid.png", SampleFiles.png());
        List<ImprovementMeasure> many = java.util.Collections.nCopies(
                20, new ImprovementMeasure("OTHER", "x".repeat(1000), "Li", LocalDate.of(2099, 1, 1), "y".repeat(500)));
        Application said = application();
        applications.save(
                first,
                new Application(said.problem(), said.rootCause(), said.doneNow(), said.prevention(), true, true, many),
                false,
                "employee");
        belongsTo("wordy", first);

        String second = room.openAppeal("wordy");
        checklist.prepare(second, List.of("EARLIER_APPEALS"), List.of());
        gathering.gather(second);

        assertThat(room.get(CaseSheet.class).find(second, "earlierMeasuresText").orElseThrow())
                .endsWith("- 5 more in the extract of earlier appeals");
        assertThat(text(files.of(second).get(0))).contains("x".repeat(1000));
    }

    @Test
    void rescuedRecordingsCountWhereTheCaseAsksForThemAndAreSealed() throws IOException {
        String appeal = room.openAppeal("employee");
        RecordingRescue.Deletion deletion = rescue.open(appeal, Instant.parse("2026-03-02T01:00:00Z"), 30, 90);
        assertThat(deletion.from()).isEqualTo("2026-05-01T01:00:00Z");
        assertThat(deletion.until()).isEqualTo("2026-05-31T01:00:00Z");
        EvidenceFile saved = rescued(appeal, "UNEDITED_RECORDINGS", "call.wav", SampleFiles.wav());
        assertThat(rescue.finish(appeal, "", "manager")).isTrue();

        checklist.prepare(appeal, List.of("UNEDITED_RECORDINGS"), List.of());

        assertThat(checklist.missing(appeal)).isEmpty();
        assertThatExceptionOfType(ConflictException.class)
                .as("whoever is suspended does not remove what was saved")
                .isThrownBy(() -> files.remove(appeal, saved.id(), "employee"));
        assertThat(room.get(CaseSheet.class).find(appeal, "recordingsText"))
                .contains("1 recordings were saved from the call platform by manager.");
        applications.save(appeal, application(), false, "employee");
        assertThat(completeness.check(appeal)).isTrue();
        reviews.record(appeal, "APPROVE", List.of(), "", "manager");
        dossiers.sealApplication(appeal);
        assertThat(dossiers.get(appeal, Kind.APPLICATION, 1).manifest())
                .contains(saved.sha256(), "UNEDITED_RECORDINGS", "by manager", "kept 180 days");
    }

    @Test
    void rescuedRecordingsStayOutOfACaseThatDoesNotAskForThem() throws IOException {
        String appeal = room.openAppeal("employee");
        rescue.open(appeal, Instant.parse("2026-03-02T01:00:00Z"), 30, 90);
        rescued(appeal, "UNEDITED_RECORDINGS", "call.wav", SampleFiles.wav());
        checklist.prepare(appeal, List.of("PAYMENT_PROOF"), List.of());

        assertThat(checklist.items(appeal))
                .extracting(item -> item.type().code())
                .containsExactly("PAYMENT_PROOF");
        assertThatExceptionOfType(InvalidInputException.class)
                .as("only recordings")
                .isThrownBy(() -> rescued(appeal, "PAYMENT_PROOF", "paid.png", SampleFiles.png()));
        // The applicant's own round is the one that takes the applicant's files.
        assertThat(upload(appeal, "PAYMENT_PROOF", "paid.png", SampleFiles.png())
                        .roundId())
                .isEqualTo(room.get(EvidenceRounds.class)
                        .latest(appeal, Kind.APPLICATION)
                        .orElseThrow()
                        .id());
    }

    /** The rescue may outlast the application: what the company judges must still be there when it is sealed. */
    @Test
    void aRecordingUnderReviewIsNotRemovedByWhoeverSavedIt() throws IOException {
        String appeal = room.openAppeal("employee");
        rescue.open(appeal, Instant.parse("2026-03-02T01:00:00Z"), 30, 90);
        EvidenceFile saved = rescued(appeal, "UNEDITED_RECORDINGS", "call.wav", SampleFiles.wav());
        checklist.prepare(appeal, List.of("UNEDITED_RECORDINGS"), List.of());
        applications.save(appeal, application(), false, "employee");
        assertThat(completeness.check(appeal)).isTrue();

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> files.removeRescued(appeal, saved.id(), "manager"));

        reviews.record(appeal, "RETURN", List.of("ROOT_CAUSE_UNCLEAR"), "Say which call is meant", "manager");
        files.removeRescued(appeal, saved.id(), "manager");
        assertThat(checklist.missing(appeal)).as("asked for again").isNotEmpty();
    }

    @Test
    void aRescueEndsWithRecordingsOrAReasonOrTheirLoss() throws IOException {
        String appeal = room.openAppeal("employee");
        rescue.open(appeal, Instant.parse("2026-03-02T01:00:00Z"), 30, 90);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> rescue.finish(appeal, " ", "manager"))
                .withMessageContaining("rescueReason");
        assertThat(rescue.finish(appeal, "Called by hand", "manager")).isFalse();
        assertThat(room.get(CaseSheet.class).find(appeal, "recordingsText"))
                .contains("No recordings were saved (manager): Called by hand");
        assertThatExceptionOfType(ConflictException.class)
                .as("over is over")
                .isThrownBy(() -> rescued(appeal, "UNEDITED_RECORDINGS", "late.wav", SampleFiles.wav()));

        String other = room.openAppeal("employee");
        rescue.open(other, Instant.parse("2026-03-02T01:00:00Z"), 30, 90);
        rescue.lost(other);
        assertThat(room.get(CaseSheet.class).find(other, "recordingsText"))
                .contains("The call platform has deleted the recordings; saved before that: 0.");
    }

    private EvidenceFile rescued(String appeal, String item, String name, byte[] content) throws IOException {
        return files.rescue(appeal, item, name, new ByteArrayResource(content), "manager");
    }

    @Test
    void aReviewerSeesWhatIsDifferentSinceTheLastReview() throws IOException {
        ReviewedApplications reviewed = room.get(ReviewedApplications.class);
        String appeal = complete("PAYMENT_PROOF");
        EvidenceFile paid = files.of(appeal).get(0);
        completeness.check(appeal);
        assertThat(reviewed.changes(appeal)).as("before the first judgement").isEmpty();
        reviews.record(appeal, "RETURN", List.of("ROOT_CAUSE_UNCLEAR"), "Please mend", "manager");
        assertThat(reviewed.changes(appeal).orElseThrow())
                .isEqualTo(new ApplicationChanges(List.of(), List.of(), List.of(), List.of()));

        files.remove(appeal, paid.id(), "employee");
        EvidenceFile better = upload(appeal, "PAYMENT_PROOF", "better.png", SampleFiles.png());
        Application said = application();
        applications.save(
                appeal,
                new Application(
                        said.problem(),
                        "The cap was switched off",
                        said.doneNow(),
                        said.prevention(),
                        true,
                        true,
                        List.of(
                                new ImprovementMeasure(
                                        "COURSE", "Cadence course", "Wang", LocalDate.of(2099, 1, 1), "Certificate"),
                                new ImprovementMeasure(
                                        "SCRIPT", "New opening", "Li", LocalDate.of(2099, 1, 1), "Sample"))),
                false,
                "employee");

        ApplicationChanges changes = reviewed.changes(appeal).orElseThrow();
        assertThat(changes.texts())
                .containsExactly(new ApplicationChanges.TextChange(
                        "rootCause", "The cadence was too high", "The cap was switched off"));
        assertThat(changes.measures())
                .extracting(
                        change ->
                                change.before() == null ? null : change.before().owner(),
                        change -> change.after() == null ? null : change.after().owner())
                .containsExactly(tuple("Li", "Wang"), tuple(null, "Li"));
        assertThat(changes.filesAdded())
                .containsExactly(new ApplicationChanges.Brought(better.id(), "Proof of payment", "better.png"));
        assertThat(changes.filesRemoved())
                .containsExactly(new ApplicationChanges.Brought(paid.id(), "Proof of payment", "paid.png"));
    }

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private void belongsTo(String employee, String appeal) {
        room.get(JdbcClient.class)
                .sql("update appeal set employee_id = :employee where number = :number")
                .param("employee", employee)
                .param("number", appeal)
                .update();
    }

    private String sealed() throws IOException {
        String appeal = complete("PAYMENT_PROOF");
        completeness.check(appeal);
        reviews.record(appeal, "APPROVE", List.of(), "", "manager");
        dossiers.sealApplication(appeal);
        return appeal;
    }

    /** The check of a promise that came due long ago. */
    private long due() throws IOException {
        String appeal = sealed();
        dueOn(appeal, 1, 0, LocalDate.of(2020, 1, 1));
        return checks.open(due(appeal).get(0));
    }

    private List<MeasureChecks.Due> due(String... appeals) {
        return checks.due().stream()
                .filter(due -> List.of(appeals).contains(due.appealNumber()))
                .toList();
    }

    private void dueOn(String appeal, int round, int position, LocalDate day) {
        room.get(JdbcClient.class)
                .sql("""
                        update improvement_measure set due_on = :day
                        where appeal_number = :appeal and round = :round and position = :position
                        """)
                .param("day", day)
                .param("appeal", appeal)
                .param("round", round)
                .param("position", position)
                .update();
    }

    private String shownNext(String employee) {
        Appeal next = room.get(AppealService.class).get(room.openAppeal(employee));
        return room.get(EarlierAppeals.class).measuresText(next);
    }

    private String prepared(String... codes) {
        String appeal = room.openAppeal("employee");
        checklist.prepare(appeal, List.of(codes), List.of());
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
                .sql("select count(*) from evidence_piece where appeal_number = :appeal and sha256 = :sha256")
                .param("appeal", file.appealNumber())
                .param("sha256", file.sha256())
                .query(Long.class)
                .single();
    }

    private Map<String, byte[]> unzip(Dossier dossier) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // As a carrier's interface asks for it; the portal's download is the same round.
        dossiers.writeZip(dossier.round().appealNumber(), dossier.manifestSha256(), out);
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
