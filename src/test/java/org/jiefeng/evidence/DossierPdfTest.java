package org.jiefeng.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;

/** What a carrier finds in the ZIP of a sealed round, read back with the tools a carrier has. */
class DossierPdfTest {

    private static EvidenceRoom room;
    private static int accounts;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        room = EvidenceRoom.onH2(DossierPdfTest::records);
        Employees employees = room.get(Employees.class);
        employees.addDepartment("sales", "电销一部", "boss", "deputy");
        employees.add("lina", "李娜", "sales", "110101199001010007");
        employees.add("wangfang", "王芳", "sales", "11010119900101002X");
    }

    @AfterAll
    static void close() throws Exception {
        room.close();
    }

    private static List<CaseRecords.Extract> records(Appeal appeal) {
        List<List<String>> rows = IntStream.rangeClosed(1, 130)
                .mapToObj(i -> List.of("2026-03-%02d 09:31:00".formatted(i % 28 + 1), "139****%04d".formatted(i), "42"))
                .toList();
        return List.of(new CaseRecords.Extract(
                "CALL_RECORDS",
                "call-records",
                List.of("Time", "Callee", "Seconds"),
                rows,
                new CaseRecords.Printed(
                        LocalDate.of(2026, 3, 1),
                        LocalDate.of(2026, 3, 30),
                        "共 130 次呼叫，通话 5460 秒",
                        List.of("时间", "被叫号码", "通话秒数"),
                        rows)));
    }

    @Test
    void theDossierIsOneChineseDocumentWithItsFontsItsOutlineAndItsPageNumbers() throws IOException {
        byte[] pdf = pdf(ordinary());
        look("ordinary", pdf);

        assertThat(PrintedText.of(pdf))
                .contains("电销卡账户解封申诉材料", "致 中国移动", "第 1 轮", "138****")
                .contains("李娜", "材料清单", "解封申请书", "外呼节奏过快", "培训课程", "承诺书")
                .contains("真实性声明", "个人信息提供同意声明", "再次封停报告", "上限过早取消")
                .contains("免交材料及理由", "风险情况说明", "王芳", "通知误列")
                .as("our own figures, although this deployment speaks English")
                .contains("外呼 120 次，接通 40 次")
                .doesNotContain("120 calls")
                .doesNotContain("??")
                // What another test's applicant promised may well look like a key.
                .doesNotContainPattern("(?<!#\\{)evidence\\.");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            int pages = document.getNumberOfPages();
            for (int page = 1; page <= pages; page++) {
                assertThat(PrintedText.ofPage(pdf, page)).contains(page + " / " + pages);
            }
            assertThat(fonts(document))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(font ->
                            assertThat(font.isEmbedded()).as(font.getName()).isTrue());
            assertThat(fonts(document))
                    .allSatisfy(
                            font -> assertThat(font.getName()).as("a subset").matches("[A-Z]{6}\\+.*"));
            assertThat(outline(document))
                    .containsExactly("封面", "目　录", "材料清单", "一、解封申请书", "二、声明", "三、承诺书", "四、再次封停报告", "五、免交材料及理由");
            assertThat(document.getDocumentInformation().getTitle()).startsWith("电销卡账户解封申诉材料 AP-");
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("zh-CN");
        }
        assertThat(pdf).as("a subset is small").hasSizeLessThan(300_000);
    }

    @Test
    void theIndexNamesEveryFileOfTheZipWithItsChecksumAndItsPages() throws IOException {
        String appeal = ordinary();
        Map<String, byte[]> zip = zip(appeal);
        String text = PrintedText.of(zip.get("dossier.pdf")).replaceAll("\\s", "");

        List<Dossier.Entry> entries =
                room.get(DossierService.class).get(appeal, Kind.APPLICATION, 1).entries();
        assertThat(entries).hasSize(5).first().extracting(Dossier.Entry::path).isEqualTo("dossier.pdf");
        assertThat(entries.stream().skip(1)).allSatisfy(entry -> {
            byte[] content = zip.get(entry.path());
            assertThat(content).as(entry.path()).isNotNull();
            assertThat(entry.path()).startsWith(entry.number() + " ");
            assertThat(text)
                    .contains(entry.file().name().replace(" ", ""))
                    .contains(entry.file().sha256().substring(0, 16));
        });
        assertThat(text)
                .as("pages of a PDF, of a picture, of a table")
                .contains("01加盖公章的营业执照licence.pdf2")
                .contains("04缴费凭证paid.png1")
                .contains("call-records.csv—");
        assertThat(zip.keySet())
                .containsExactly(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("manifest.txt"),
                                entries.stream().map(Dossier.Entry::path))
                        .toArray(String[]::new));
    }

    @Test
    void theZipIsWholeAndItsManifestIsCheckedBySha256sum() throws Exception {
        Path zip = folder.resolve("dossier.zip");
        Files.write(zip, zipBytes(ordinary()));
        Path out = Files.createDirectory(folder.resolve("out"));
        int files = 0;
        try (ZipFile archive = new ZipFile(zip.toFile(), UTF_8)) {
            for (ZipEntry entry : java.util.Collections.list(archive.entries())) {
                Path target = out.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.write(target, archive.getInputStream(entry).readAllBytes()); // the CRC is checked here
                files++;
            }
        }

        assertThat(sha256sum(out)).hasSize(files - 1).allMatch(line -> line.endsWith(": OK"));

        Files.write(out.resolve("dossier.pdf"), new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
        assertThat(sha256sum(out)).contains("dossier.pdf: FAILED");
    }

    private static List<String> sha256sum(Path folder) throws Exception {
        Process process = new ProcessBuilder("sha256sum", "--strict", "-c", "manifest.txt")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    @Test
    void theManifestSaysOfEachFileWhoseItIsAndHowLongItIsKept() throws IOException {
        String manifest = new String(zip(ordinary()).get("manifest.txt"), UTF_8);

        assertThat(manifest)
                .containsPattern(
                        "# APPLICATION, \\d+ bytes, RECORD by system at \\S+, kept 3 years after the case closes\n")
                .containsPattern(
                        "# PAYMENT_PROOF, \\d+ bytes, UPLOAD by lina at \\S+, kept 3 years after the case closes\n");
        assertThat(room.get(EvidenceCatalogue.class).find("CARDHOLDER_ID").orElseThrow())
                .returns("30 days after the case closes", DossierPdfTest::kept);
        assertThat(room.get(EvidenceCatalogue.class).find("CONSENT_PROOF").orElseThrow())
                .returns(
                        "3 years after the case closes, the proof itself 3 years after the consent ends",
                        DossierPdfTest::kept);
        assertThat(room.get(EvidenceCatalogue.class).find("UNEDITED_RECORDINGS").orElseThrow())
                .returns("180 days after filing, not before the case closes", DossierPdfTest::kept);
    }

    private static String kept(EvidenceItemType type) {
        return type.retention().text(EvidenceRoom.TIMES);
    }

    @Test
    void aVeryLongApplicationWithoutASpaceStaysInsideThePage() throws IOException {
        String chinese = "我公司对本次封停高度重视已经全面排查外呼环节".repeat(200).substring(0, 4000);
        List<ImprovementMeasure> measures = IntStream.range(0, 20)
                .mapToObj(i -> new ImprovementMeasure(
                        "CALLING_RHYTHM",
                        chinese.substring(0, 1000),
                        "负责人".repeat(33),
                        LocalDate.of(2026, 12, 1),
                        "m".repeat(500)))
                .toList();
        Application application = new Application(
                chinese, "x".repeat(4000), "https://example.org/" + "a/".repeat(1990), chinese, true, true, measures);

        byte[] pdf = sealed(application);

        look("long", pdf);
        assertThat(PrintedText.of(pdf).replaceAll("\\s", ""))
                .contains("x".repeat(300))
                .contains(chinese.substring(0, 60));
        assertEverythingStandsInsideThePage(pdf);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script> & ]]> <!-- --> <?x?> &amp; &#1; \" '",
                "😀👨‍👩‍👧 and 𠮷 and ☎️",
                "שלום עולם مرحبا \u202etxt.exe\u202c \u200f",
                "a\u0000b\u0001c\u0008d\u000be\u001bf\u007fg\u0085h\ufffei\uffffj\ud800k\udc00",
                "${T(java.lang.Runtime).getRuntime()} [[${number}]] #{evidence.closed} {0} '{1}'",
                "%s %d %n \\ \t\r\n\r\n\n line"
            })
    void whateverIsEnteredIsPrintedAsText(String hostile) throws IOException {
        String text = "前 " + hostile + " 后 enough text";
        byte[] pdf = sealed(new Application(
                text,
                text,
                text,
                text,
                true,
                true,
                List.of(new ImprovementMeasure("OTHER", text, text, LocalDate.of(2099, 1, 1), text))));

        String printed = PrintedText.of(pdf);
        if (hostile.startsWith("<script>")) {
            assertThat(printed).contains("<script>alert(1)</script> & ]]> <!-- --> <?x?> &amp; &#1; \" '");
        }
        if (hostile.startsWith("$")) {
            assertThat(printed).contains(hostile);
        }
        if (hostile.startsWith("a")) {
            assertThat(printed).contains("前 a□b□c□d□e□f□g□h□i□j□k□ 后");
        }
        assertThat(printed).doesNotContain("\u202e").contains("前", "后");
        assertEverythingStandsInsideThePage(pdf);
    }

    @Test
    void theSameRoundPrintsTheSameBytes() throws InterruptedException {
        Map<String, Object> model =
                new LinkedHashMap<>(room.get(CaseFacts.class).of(appeal()));
        model.putAll(Map.of("title", "通话记录", "from", "1", "to", "2", "madeAt", "3", "count", "1"));
        model.putAll(Map.of("total", "一", "csv", "c.csv", "sha256", "0", "columns", List.of("时间"), "left", 0));
        model.put("rows", List.of(List.of("中")));
        PdfPrinter printer = room.get(PdfPrinter.class);
        Instant made = Instant.parse("2026-03-01T01:00:00Z");

        byte[] first = printer.print("call-list", model, made);

        Thread.sleep(1100); // the library notes the second of the machine's clock
        assertThat(printer.print("call-list", model, made)).isEqualTo(first);
        assertThat(new String(first, ISO_8859_1))
                .contains("<pdfaid:part>2<", "<xmp:CreateDate>2026-03-01T09:00:00+08:00<", "<pdf:Producer>Jiefeng<");
    }

    @Test
    void ofAVeryLongCallListTheBeginningIsPrinted() {
        int printedRows = EvidenceRoom.LIMITS.maxPrintedRows();
        List<List<String>> rows = IntStream.rangeClosed(1, printedRows + 50)
                .mapToObj(i -> List.of("row " + i + "."))
                .toList();
        EvidenceFile table = new EvidenceFile(
                "id",
                appeal(),
                1,
                "CALL_LIST",
                "call-list.csv",
                "text/csv",
                1,
                "0".repeat(64),
                EvidenceFile.Source.RECORD,
                "system",
                Instant.EPOCH,
                false);
        CaseRecords.Printed printed =
                new CaseRecords.Printed(LocalDate.EPOCH, LocalDate.EPOCH, "共", List.of("时间"), rows);

        String text = PrintedText.of(room.get(CallListPdf.class).print("呼叫清单", printed, table));

        assertThat(text)
                .contains("row " + printedRows + ".", "其余 50 条见数据文件 call-list.csv")
                .doesNotContain("row " + (printedRows + 1) + ".");
    }

    @Test
    void printingLooksForNoFontOfTheMachine() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                PrintOnce.class.getName());

        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(folder).isDirectoryNotContaining("glob:**.pdfbox.cache");
        assertThat(Files.readString(folder.resolve("said.txt"))).doesNotContain("WARN", "fallback font");
    }

    /** A machine on which nothing was printed before. */
    static final class PrintOnce {

        public static void main(String[] arguments) {
            PdfPage.print(
                    "<html><head><title>x</title></head><body style=\"font-family: Chinese, Latin\">中 a</body></html>",
                    Instant.EPOCH);
        }
    }

    @Test
    void aCallListIsPrintedForTheSealAndTiedToItsTable() throws IOException {
        String appeal = ordinary();
        List<EvidenceFile> files = room.get(EvidenceFiles.class).of(appeal).stream()
                .filter(file -> file.code().equals("CALL_RECORDS"))
                .toList();
        EvidenceFile table = named(files, "call-records.csv");
        EvidenceFile list = named(files, "call-records.pdf");
        assertThat(files).as("gathered twice, filed once").hasSize(2);
        assertThat(list.source()).isEqualTo(EvidenceFile.Source.RECORD);

        byte[] pdf = content(list);
        look("call-list", pdf);

        assertThat(PrintedText.ofPage(pdf, 1).replaceAll("\\s", ""))
                .contains("近期通话记录", "李娜", "中国移动", "2026年3月1日至2026年3月30日", "记录条数130")
                .contains("共130次呼叫，通话5460秒", "单位（盖章）", table.sha256());
        assertThat(PrintedText.of(pdf)).contains("139****0001", "139****0130");
        assertEverythingStandsInsideThePage(pdf);
    }

    @Test
    void aBrokenPdfIsCountedAsUnknown() {
        byte[] noise = new byte[4000];
        new Random(3).nextBytes(noise);

        assertThat(PageCount.of(SampleFiles.join("%PDF-1.7\n".getBytes(UTF_8), noise)))
                .isEmpty();
        assertThat(PageCount.of(SampleFiles.pdf())).isEmpty();
        assertThat(
                        PageCount.of(
                                SampleFiles.pdf(
                                        "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 2000000 /Kids [2 0 R] >> endobj\n")))
                .isEmpty();
        assertThat(PageCount.of(twoPages())).hasValue(2);
    }

    private String ordinary() throws IOException {
        String appeal = appeal();
        EvidenceChecklist checklist = room.get(EvidenceChecklist.class);
        checklist.prepare(
                appeal,
                List.of("CALL_RECORDS", "BUSINESS_LICENCE", "PAYMENT_PROOF", "REPEAT_REPORT", "RISK_STATEMENT"),
                List.of());
        room.get(RecordGathering.class).gather(appeal);
        room.get(RecordGathering.class).gather(appeal);
        upload(appeal, "BUSINESS_LICENCE", "licence.pdf", twoPages());
        upload(appeal, "PAYMENT_PROOF", "paid.png", SampleFiles.png());
        checklist.waive(appeal, "RISK_STATEMENT", "通知误列，运营商已口头确认无需提交。", "wangfang");
        room.get(CaseSheet.class)
                .writeAnswers(
                        appeal,
                        "task",
                        "lina",
                        Map.of(
                                "causeAnalysis", "呼叫上限过早取消，换班时没有复核。",
                                "workPerformance", "本期外呼 3200 次，成交 41 单，收到投诉 2 起，均已答复。",
                                "earlierMeasuresRated", "上限措施有效；一次性课程没有形成习惯。",
                                "whatChanges", "上限长期保留，由质检每周抽查录音 20 条。"));
        seal(
                appeal,
                new Application(
                        "2026年3月2日上午 9:00 至 10:00，本账户在一小时内外呼 180 次，其中 31 个号码被重复拨打，运营商系统判定为高频呼叫并停止服务。",
                        "外呼节奏过快：新上线的自动拨号任务没有设置每小时上限，值班主管也没有看到预警。",
                        "当日 10:20 停止该账户全部外呼；\n逐一回访被重复拨打的 31 位客户并致歉；\n将其中 4 位要求不再联系的客户列入谢绝来电名单。",
                        "拨号任务上线前须经合规审核，系统强制设置每小时和每日上限，超过 80% 即提醒主管。",
                        true,
                        true,
                        List.of(
                                new ImprovementMeasure(
                                        "COURSE",
                                        "参加“呼叫频次与消费者权益”课程并通过考试",
                                        "李娜",
                                        LocalDate.of(2099, 3, 20),
                                        "考试成绩不低于 90 分"),
                                new ImprovementMeasure(
                                        "CALLING_RHYTHM",
                                        "每小时外呼不超过 40 次，同一号码每日不超过 1 次",
                                        "王芳",
                                        LocalDate.of(2099, 3, 15),
                                        "系统日报，连续 30 天无超限"))));
        return appeal;
    }

    private byte[] sealed(Application application) throws IOException {
        String appeal = appeal();
        room.get(EvidenceChecklist.class).prepare(appeal, List.of(), List.of());
        seal(appeal, application);
        return pdf(appeal);
    }

    private static byte[] pdf(String appeal) throws IOException {
        return Objects.requireNonNull(zip(appeal).get("dossier.pdf"), "the ZIP has no dossier.pdf");
    }

    private static void seal(String appeal, Application application) {
        // As a draft: a date of the past or a control character must not stop the sealing of what is kept already.
        room.get(ApplicationService.class).save(appeal, application, true, "lina");
        room.get(DossierService.class).sealApplication(appeal);
    }

    private static String appeal() {
        String mobile = "138%08d".formatted(++accounts);
        String account =
                room.get(Accounts.class).open("lina", Carrier.CHINA_MOBILE, mobile, "8986%016d".formatted(accounts));
        return room.get(AppealService.class).open(account, "lina", true).number();
    }

    private static void upload(String appeal, String item, String name, byte[] content) throws IOException {
        room.get(EvidenceFiles.class).upload(appeal, item, name, new ByteArrayResource(content), "lina");
    }

    private static EvidenceFile named(List<EvidenceFile> files, String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] content(EvidenceFile file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        room.get(EvidenceFiles.class).copyTo(file, out);
        return out.toByteArray();
    }

    private static byte[] twoPages() {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            document.addPage(new PDPage());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] zipBytes(String appeal) throws IOException {
        DossierService dossiers = room.get(DossierService.class);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        dossiers.writeZip(dossiers.get(appeal, Kind.APPLICATION, 1), out);
        return out.toByteArray();
    }

    private static Map<String, byte[]> zip(String appeal) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipBytes(appeal)), UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static List<PDFont> fonts(PDDocument document) throws IOException {
        List<PDFont> fonts = new ArrayList<>();
        for (PDPage page : document.getPages()) {
            for (COSName name : page.getResources().getFontNames()) {
                fonts.add(page.getResources().getFont(name));
            }
        }
        return fonts;
    }

    private static List<String> outline(PDDocument document) {
        List<String> titles = new ArrayList<>();
        for (PDOutlineItem item :
                document.getDocumentCatalog().getDocumentOutline().children()) {
            titles.add(item.getTitle());
        }
        return titles;
    }

    private static void assertEverythingStandsInsideThePage(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            List<String> outside = new ArrayList<>();
            new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition text) {
                    float right = text.getXDirAdj() + text.getWidthDirAdj();
                    boolean inside = text.getXDirAdj() >= 70
                            && right <= text.getPageWidth() - 60
                            && text.getYDirAdj() >= 30
                            && text.getYDirAdj() <= text.getPageHeight() - 20;
                    if (!inside && !text.getUnicode().isBlank()) {
                        outside.add(text.getUnicode() + " at " + text.getXDirAdj() + ", " + text.getYDirAdj());
                    }
                }
            }.getText(document);
            assertThat(outside).isEmpty();
        }
    }

    /** With {@code -Djiefeng.look=folder} the pages are put there as pictures, to be looked at. */
    private static void look(String name, byte[] pdf) throws IOException {
        String folder = System.getProperty("jiefeng.look");
        if (folder == null) {
            return;
        }
        Files.write(Path.of(folder, name + ".pdf"), pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFRenderer renderer = new PDFRenderer(document);
            for (int page = 0; page < Math.min(8, document.getNumberOfPages()); page++) {
                Path file = Path.of(folder, "%s-%02d.png".formatted(name, page + 1));
                javax.imageio.ImageIO.write(renderer.renderImageWithDPI(page, 60), "png", file.toFile());
            }
        }
    }
}
