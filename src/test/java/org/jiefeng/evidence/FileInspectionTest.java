package org.jiefeng.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jiefeng.evidence.SampleFiles.csv;
import static org.jiefeng.evidence.SampleFiles.join;
import static org.jiefeng.evidence.SampleFiles.jpeg;
import static org.jiefeng.evidence.SampleFiles.mp3;
import static org.jiefeng.evidence.SampleFiles.pdf;
import static org.jiefeng.evidence.SampleFiles.png;
import static org.jiefeng.evidence.SampleFiles.pngOf;
import static org.jiefeng.evidence.SampleFiles.wav;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ByteArrayResource;

class FileInspectionTest {

    private final FileInspection inspection = new FileInspection(EvidenceRoom.LIMITS);

    static Stream<Arguments> acceptable() {
        return Stream.of(
                arguments("licence.pdf", pdf(), MediaKind.PDF),
                arguments("营业执照 (盖章).PDF", pdf(), MediaKind.PDF),
                arguments("photo.jpg", jpeg(), MediaKind.JPEG),
                arguments("photo.JPEG", jpeg(), MediaKind.JPEG),
                arguments("screen.png", png(), MediaKind.PNG),
                arguments("calls.csv", csv(), MediaKind.CSV),
                arguments("excel.csv", join("\ufeff".getBytes(UTF_8), csv()), MediaKind.CSV),
                arguments("gbk.csv", "号码,次数\n13800000001,3\n".getBytes(Charset.forName("GB18030")), MediaKind.CSV),
                arguments("call.wav", wav(), MediaKind.WAV),
                arguments("call.mp3", mp3(), MediaKind.MP3),
                arguments("bare.mp3", Arrays.copyOfRange(mp3(), 10, 427), MediaKind.MP3));
    }

    @ParameterizedTest
    @MethodSource("acceptable")
    void takesWhatIsWhatItSays(String name, byte[] content, MediaKind kind) throws IOException {
        FileInspection.Result result = inspection.inspect(name, new ByteArrayResource(content));

        assertThat(result.kind()).isEqualTo(kind);
        assertThat(result.size()).isEqualTo(content.length);
        assertThat(result.sha256()).hasSize(64);
    }

    static Stream<Arguments> hostile() throws IOException {
        return Stream.of(
                // names
                arguments("../../etc/passwd.pdf", pdf(), "name.path"),
                arguments("..\\..\\boot.pdf", pdf(), "name.path"),
                arguments("C:\\fakepath\\x.pdf", pdf(), "name.path"),
                arguments("x\r\nSet-Cookie: a=b.pdf", pdf(), "name.invisible"),
                arguments("x\u0000.pdf", pdf(), "name.invisible"),
                arguments("photo\u202egnp.pdf", pdf(), "name.invisible"),
                arguments("in\u200bvoice.pdf", pdf(), "name.invisible"),
                // kinds
                arguments("x", pdf(), "type.unknown"),
                arguments("x.svg", "<svg onload=alert(1)/>".getBytes(UTF_8), "type.unknown"),
                arguments("x.html", "<script>alert(1)</script>".getBytes(UTF_8), "type.unknown"),
                arguments("x.pdf.exe", "MZ".getBytes(UTF_8), "type.unknown"),
                arguments("x.zip", zip(), "type.unknown"),
                arguments("x.docm", zip(), "type.unknown"),
                // content that is something else
                arguments("x.pdf", new byte[0], "content.empty"),
                arguments("x.csv", "\ufeff \r\n".getBytes(UTF_8), "content.empty"),
                arguments("svg.png", "<svg onload=alert(1)/>".getBytes(UTF_8), "content.mismatch"),
                arguments("html.jpg", "<html><script>alert(1)</script>".getBytes(UTF_8), "content.mismatch"),
                arguments("html.pdf", "<html>%PDF-1.7</html>%%EOF".getBytes(UTF_8), "content.mismatch"),
                arguments("exe.pdf", "MZ\u0090\u0000".getBytes(ISO_8859_1), "content.mismatch"),
                arguments("zip.png", zip(), "content.mismatch"),
                arguments("png.jpg", png(), "content.mismatch"),
                arguments("pdf.wav", pdf(), "content.mismatch"),
                arguments("avi.wav", "RIFF\u0000\u0000\u0000\u0000AVI LIST".getBytes(ISO_8859_1), "content.mismatch"),
                arguments("jpeg.mp3", jpeg(), "content.mismatch"),
                arguments("tag.mp3", join(Arrays.copyOf(mp3(), 10), "<p>hello".getBytes(UTF_8)), "content.mismatch"),
                arguments("page.csv", "<p>,</p>".getBytes(UTF_8), "content.mismatch"),
                arguments("script.csv", "#!/bin/sh\nrm -rf /".getBytes(UTF_8), "content.mismatch"),
                arguments("macro.csv", zip(), "content.second"),
                // two files in one
                arguments("jar.png", join(png(), zip()), "content.second"),
                arguments("jar.jpg", join(jpeg(), zip()), "content.second"),
                arguments("jar.pdf", join(pdf(), zip()), "content.second"),
                arguments("more.png", join(png(), new byte[] {1, 2, 3}), "content.second"),
                arguments("page.jpg", join(jpeg(), "<script>alert(1)</script>".getBytes(UTF_8)), "content.second"),
                arguments("page.wav", join(wav(), "<html><body>".getBytes(UTF_8)), "content.second"),
                arguments("page.pdf", pdf("<script>alert(1)</script>"), "content.second"),
                arguments("pdf.csv", "a,%PDF-1.7,b".getBytes(UTF_8), "content.second"),
                // broken on purpose or by accident
                arguments("cut.png", Arrays.copyOf(png(), png().length - 8), "content.cut"),
                arguments("cut.jpg", Arrays.copyOf(jpeg(), 12), "content.cut"),
                arguments("cut.pdf", Arrays.copyOf(pdf(), pdf().length - 8), "content.cut"),
                arguments("cut.wav", Arrays.copyOf(wav(), 100), "content.cut"),
                arguments("tag.mp3", new byte[] {'I', 'D', '3', 4, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f}, "content.cut"),
                arguments("odd.jpg", "\u00ff\u00d8\u00ff\u00da\u0000\u0002".getBytes(ISO_8859_1), "content.broken"),
                arguments("chunk.png", brokenPng(), "content.broken"),
                // what grows when it is opened
                arguments("bomb.png", pngOf(50_000, 50_000), "image.pixels"),
                arguments("sign.png", pngOf(-1, -1), "image.pixels"),
                arguments("none.png", pngOf(0, 10), "image.pixels"),
                arguments("big.pdf", join(pdf(), new byte[2 * 1024 * 1024]), "size.file"),
                // what runs when it is opened
                arguments("js.pdf", pdf("<< /S /JavaScript /JS (app.alert(1)) >>"), "pdf.active"),
                arguments("run.pdf", pdf("<< /S /Launch /F (cmd.exe) >>"), "pdf.active"),
                arguments("attach.pdf", pdf("<< /Type /EmbeddedFile >>"), "pdf.active"),
                arguments("locked.pdf", pdf("<< /Encrypt 5 0 R >>"), "pdf.locked"),
                arguments("dde.csv", "a,b\n=cmd|' /C calc'!A0,1".getBytes(UTF_8), "csv.formula"),
                arguments("plus.csv", "a,b\n1,+1+cmd|' /C calc'!A0".getBytes(UTF_8), "csv.formula"),
                arguments("at.csv", "@SUM(1+1)*cmd|' /C calc'!A0".getBytes(UTF_8), "csv.formula"),
                arguments("quoted.csv", "a\n\"=HYPERLINK(\"\"http://x\"\")\"".getBytes(UTF_8), "csv.formula"),
                arguments("wide.csv", "a,b".getBytes(UTF_16), "csv.encoding"),
                arguments("bytes.csv", new byte[] {'a', 0, 'b'}, "csv.binary"),
                arguments("none.csv", new byte[] {'a', (byte) 0xff, (byte) 0xff}, "csv.encoding"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesWhatIsNot(String name, byte[] content, String reason) {
        assertThatExceptionOfType(RefusedFileException.class)
                .isThrownBy(() -> inspection.inspect(name, new ByteArrayResource(content)))
                .returns(reason, RefusedFileException::reasonKey);
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("A.class"));
            zip.write(1);
        }
        return out.toByteArray();
    }

    private static byte[] brokenPng() {
        byte[] png = png();
        png[11] = 99;
        return png;
    }
}
