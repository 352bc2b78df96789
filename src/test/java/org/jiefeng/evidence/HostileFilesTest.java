package org.jiefeng.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiefeng.evidence.SampleFiles.csv;
import static org.jiefeng.evidence.SampleFiles.join;
import static org.jiefeng.evidence.SampleFiles.jpeg;
import static org.jiefeng.evidence.SampleFiles.mp3;
import static org.jiefeng.evidence.SampleFiles.pdf;
import static org.jiefeng.evidence.SampleFiles.png;
import static org.jiefeng.evidence.SampleFiles.put;
import static org.jiefeng.evidence.SampleFiles.relationships;
import static org.jiefeng.evidence.SampleFiles.wav;
import static org.jiefeng.evidence.SampleFiles.workbook;
import static org.jiefeng.evidence.SampleFiles.xlsx;
import static org.jiefeng.evidence.SampleFiles.zip;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.evidence.HostileFiles.Hostile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What people may send through the door the task forms use: nothing hostile gets in, and everything good does. */
class HostileFilesTest {

    private static final long MEGABYTE = 1024 * 1024;

    private static final TestingAuthenticationToken EMPLOYEE =
            new TestingAuthenticationToken("employee", "n/a", "employees");

    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("i18n/evidence", java.util.Locale.ROOT);

    private static EvidenceRoom room;
    private static MockMvc http;

    @BeforeAll
    static void open() {
        room = EvidenceRoom.onH2();
        http = MockMvcBuilders.standaloneSetup(room.get(EvidenceApi.class))
                .setControllerAdvice(new Problems())
                .build();
    }

    @AfterAll
    static void close() throws Exception {
        room.close();
    }

    static List<Hostile> hostile() {
        return HostileFiles.all();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isRefusedWithAReasonAPersonUnderstands(Hostile file) throws Exception {
        String appeal = appeal();

        MockHttpServletResponse answer = upload(appeal, file.name(), file.content());

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getContentAsString(StandardCharsets.UTF_8)).contains(fixedPart(file.reason()));
        assertThat(room.get(EvidenceFiles.class).of(appeal)).isEmpty();
    }

    /** A text without what is filled in. */
    private static String fixedPart(String reason) {
        return TEXTS.getString("evidence.refused." + reason).replaceFirst("\\{.*", "");
    }

    /** Everything that is allocated counts, whether or not it was still in use when the next thing was. */
    @Test
    void noneOfThemTakesMuchMemory() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String appeal = appeal();
        List<Hostile> files = hostile();
        assertThat(files).hasSizeGreaterThanOrEqualTo(60);
        System.gc();
        long usedBefore = used();
        for (Hostile file : files) {
            long before = threads.getCurrentThreadAllocatedBytes();
            upload(appeal, file.name(), file.content());
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as(file.what())
                    .isLessThan(200 * MEGABYTE);
        }
        System.gc();
        assertThat(used() - usedBefore).isLessThan(200 * MEGABYTE);
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static Stream<Arguments> good() {
        return Stream.of(
                arguments("licence.pdf", pdf()),
                arguments("营业执照 (盖章).PDF", pdf()),
                arguments("objects.pdf", pdf("4 0 obj << /Type /Outlines /First 5 0 R >> endobj")),
                arguments("photo.jpg", jpeg()),
                arguments("photo.JPEG", jpeg()),
                arguments("phone.jpg", join(jpeg(), jpeg())),
                arguments("screen.png", png()),
                arguments("large.png", noise(500, 400)),
                arguments("calls.csv", csv()),
                arguments("excel.csv", join("\ufeff".getBytes(StandardCharsets.UTF_8), csv())),
                arguments("gbk.csv", "号码,次数\n13800000001,3\n".getBytes(Charset.forName("GB18030"))),
                arguments("calls.xlsx", xlsx()),
                arguments("通话清单.xlsx", linked()),
                arguments("picture.xlsx", pictured()),
                arguments("sheet.xlsx", longTable()),
                arguments("call.wav", wav()),
                arguments("open.wav", openEnded()),
                arguments("call.mp3", mp3()),
                arguments("bare.mp3", Arrays.copyOfRange(mp3(), 10, 427)),
                arguments("long.mp3", join(mp3(), Arrays.copyOfRange(mp3(), 10, 427))),
                arguments("cover.mp3", tagged(100_000)));
    }

    @ParameterizedTest
    @MethodSource("good")
    void isTakenAndComesBackAsItWas(String name, byte[] content) throws Exception {
        String appeal = appeal();

        MockHttpServletResponse answer = upload(appeal, name, content);

        String body = answer.getContentAsString(StandardCharsets.UTF_8);
        assertThat(answer.getStatus()).as(body).isEqualTo(201);
        String id = JsonPath.read(body, "$.id");
        assertThat(http.perform(get("/api/appeals/{number}/evidence/{id}", appeal, id)
                                .principal(EMPLOYEE))
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray())
                .isEqualTo(content);
        boolean picture = JsonPath.read(body, "$.preview");
        http.perform(get("/api/appeals/{number}/evidence/{id}/preview", appeal, id)
                        .principal(EMPLOYEE))
                .andExpect(status().is(picture ? 200 : 404));
    }

    /** Odd names of good files are mended, and the mended name is safe everywhere. */
    @ParameterizedTest
    @CsvSource({
        "con.pdf, con_.pdf",
        "LPT1.pdf, LPT1_.pdf",
        "a<b>|c?*.pdf, a_b__c__.pdf",
        "C:x.pdf, C_x.pdf",
        "..pdf, file.pdf",
        ".bashrc.pdf, bashrc.pdf",
        "shell.php.pdf, shell.php.pdf",
        "'  spaced .pdf ', spaced.pdf"
    })
    void anOddNameIsMadeSafe(String sent, String kept) throws Exception {
        MockHttpServletResponse answer = upload(appeal(), sent, pdf());

        assertThat((String) JsonPath.read(answer.getContentAsString(StandardCharsets.UTF_8), "$.name"))
                .isEqualTo(kept);
    }

    @Test
    void aVeryLongNameIsCut() throws Exception {
        MockHttpServletResponse answer = upload(appeal(), "长".repeat(5000) + ".pdf", pdf());

        assertThat((String) JsonPath.read(answer.getContentAsString(StandardCharsets.UTF_8), "$.name"))
                .isEqualTo("长".repeat(80) + ".pdf");
    }

    private static MockHttpServletResponse upload(String appeal, String name, byte[] content) throws Exception {
        return http.perform(multipart("/api/appeals/{number}/evidence", appeal)
                        .file(new MockMultipartFile("file", name, "application/octet-stream", content))
                        .param("item", "PAYMENT_PROOF")
                        .principal(EMPLOYEE))
                .andReturn()
                .getResponse();
    }

    private static String appeal() {
        String appeal = room.openAppeal("employee");
        room.get(EvidenceChecklist.class).prepare(appeal, List.of("PAYMENT_PROOF"), List.of());
        return appeal;
    }

    private static byte[] noise(int width, int height) {
        return SampleFiles.png(width, height);
    }

    private static byte[] linked() {
        Map<String, byte[]> parts = workbook();
        put(
                parts,
                "xl/worksheets/_rels/sheet1.xml.rels",
                relationships("hyperlink", "mailto:li@example.com", "External"));
        return zip(parts);
    }

    private static byte[] pictured() {
        Map<String, byte[]> parts = workbook();
        parts.put("xl/media/image1.png", png());
        return zip(parts);
    }

    private static byte[] longTable() {
        Random random = new Random(7);
        StringBuilder rows = new StringBuilder("<worksheet><sheetData>");
        for (int i = 0; i < 20_000; i++) {
            rows.append("<row><c><v>").append(random.nextInt(1_000_000)).append("</v></c></row>");
        }
        Map<String, byte[]> parts = workbook();
        put(parts, "xl/worksheets/sheet1.xml", rows + "</sheetData></worksheet>");
        return zip(parts);
    }

    /** As a recorder leaves it that writes while it records. */
    private static byte[] openEnded() {
        byte[] wav = wav();
        Arrays.fill(wav, 4, 8, (byte) 0xff);
        Arrays.fill(wav, 40, 44, (byte) 0);
        return wav;
    }

    /** With a tag this long before the sound, as of a cover picture. */
    private static byte[] tagged(int length) {
        byte[] mp3 = mp3();
        for (int i = 0; i < 4; i++) {
            mp3[6 + i] = (byte) (length >> 7 * (3 - i) & 0x7f);
        }
        return join(Arrays.copyOf(mp3, 10), new byte[length], Arrays.copyOfRange(mp3, 10, 427));
    }

    /** Answers as the application does, with the reasons of a refusal. */
    @RestControllerAdvice
    static class Problems {

        @ExceptionHandler
        @ResponseStatus(HttpStatus.NOT_FOUND)
        void notFound(NotFoundException e) {}

        @ExceptionHandler
        @ResponseStatus(HttpStatus.BAD_REQUEST)
        List<FieldProblem> invalid(InvalidInputException e) {
            return e.problems();
        }
    }
}
