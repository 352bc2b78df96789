package org.jiefeng.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jiefeng.evidence.SampleFiles.join;
import static org.jiefeng.evidence.SampleFiles.jpeg;
import static org.jiefeng.evidence.SampleFiles.mp3;
import static org.jiefeng.evidence.SampleFiles.pdf;
import static org.jiefeng.evidence.SampleFiles.png;
import static org.jiefeng.evidence.SampleFiles.pngOf;
import static org.jiefeng.evidence.SampleFiles.put;
import static org.jiefeng.evidence.SampleFiles.relationships;
import static org.jiefeng.evidence.SampleFiles.wav;
import static org.jiefeng.evidence.SampleFiles.workbook;
import static org.jiefeng.evidence.SampleFiles.xlsx;
import static org.jiefeng.evidence.SampleFiles.zip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Files that somebody sends to break something or somebody, and files that are merely broken. */
final class HostileFiles {

    /**
     * A file that must not be taken.
     *
     * @param what tells it from the others
     * @param reason key of the reason its sender is told
     */
    record Hostile(String what, String name, byte[] content, String reason) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static final byte[] PAGE = "<html><script>alert(1)</script></html>".getBytes(UTF_8);

    private final List<Hostile> all = new ArrayList<>();

    private HostileFiles() {}

    static List<Hostile> all() {
        HostileFiles files = new HostileFiles();
        files.names();
        files.disguises();
        files.documents();
        files.pictures();
        files.recordings();
        files.tables();
        files.workbooks();
        return files.all;
    }

    private void add(String what, String name, byte[] content, String reason) {
        all.add(new Hostile(what, name, content, reason));
    }

    private void names() {
        add("path upwards", "../../etc/passwd.pdf", pdf(), "name.path");
        add("path upwards for Windows", "..\\..\\boot.pdf", pdf(), "name.path");
        add("absolute path", "/etc/cron.d/x.pdf", pdf(), "name.path");
        add("path with drive", "C:\\fakepath\\x.pdf", pdf(), "name.path");
        add("network path", "\\\\host\\share\\x.pdf", pdf(), "name.path");
        add("header in the name", "x\r\nSet-Cookie: a=b.pdf", pdf(), "name.invisible");
        add("NUL in the name", "x.php\u0000.pdf", pdf(), "name.invisible");
        add("escape sequence in the name", "x\u001b[2J.pdf", pdf(), "name.invisible");
        add("direction turned round", "photo\u202egnp.pdf", pdf(), "name.invisible");
        add("invisible space in the name", "in\u200bvoice.pdf", pdf(), "name.invisible");
        add("line separator in the name", "in\u2028voice.pdf", pdf(), "name.invisible");
        add("half a character in the name", "in\ud800voice.pdf", pdf(), "name.invisible");
        add("no name", "", pdf(), "type.unknown");
        add("no extension", "passwd", pdf(), "type.unknown");
        add("two extensions", "invoice.pdf.exe", pdf(), "type.unknown");
        add("two extensions, page", "invoice.png.html", png(), "type.unknown");
        add("stream of Windows", "x.pdf:evil.exe", pdf(), "type.unknown");
        add("dot at the end", "x.exe.", pdf(), "type.unknown");
        add("settings of a web server", ".htaccess", pdf(), "type.unknown");
    }

    private void disguises() {
        add("empty", "x.pdf", new byte[0], "content.empty");
        add("SVG", "x.svg", "<svg onload='alert(1)'/>".getBytes(UTF_8), "type.unknown");
        add("page", "x.html", PAGE, "type.unknown");
        add("archive", "x.zip", xlsx(), "type.unknown");
        add("workbook with macros by name", "x.xlsm", xlsx(), "type.unknown");
        add("SVG as PNG", "x.png", "<svg onload='alert(1)'/>".getBytes(UTF_8), "content.mismatch");
        add("page as JPEG", "x.jpg", PAGE, "content.mismatch");
        add("page as PDF", "x.pdf", join(PAGE, pdf()), "content.mismatch");
        add("program as PDF", "x.pdf", "MZ\u0090\u0000".getBytes(ISO_8859_1), "content.mismatch");
        add("PNG as JPEG", "x.jpg", png(), "content.mismatch");
        add("GIF as PNG", "x.png", "GIF89a\u0001\u0000\u0001\u0000".getBytes(ISO_8859_1), "content.mismatch");
        add("archive as PNG", "x.png", xlsx(), "content.mismatch");
        add("PDF as recording", "x.wav", pdf(), "content.mismatch");
        add(
                "film as recording",
                "x.wav",
                "RIFF\u0000\u0000\u0000\u0000AVI LIST".getBytes(ISO_8859_1),
                "content.mismatch");
        add("JPEG as MP3", "x.mp3", jpeg(), "content.mismatch");
        add("page as table", "x.csv", PAGE, "content.second");
        add("script as table", "x.csv", "#!/bin/sh\nrm -rf /".getBytes(UTF_8), "content.mismatch");
        add("PDF as workbook", "x.xlsx", pdf(), "content.mismatch");
        add("PNG and archive", "x.png", join(png(), xlsx()), "content.second");
        add("PDF and archive", "x.pdf", join(pdf(), xlsx()), "content.second");
        add("JPEG and page", "x.jpg", join(jpeg(), PAGE), "content.second");
        add("JPEG, page and much behind it", "x.jpg", join(jpeg(), PAGE, new byte[200_000]), "content.second");
        add("JPEG and PDF", "x.jpg", comment(jpeg(), "%PDF-1.7".getBytes(UTF_8)), "content.second");
        add("WAV and page", "x.wav", join(wav(), PAGE), "content.second");
        add("PDF and page", "x.pdf", pdf("<script>alert(1)</script>"), "content.second");
        add("table and PDF", "x.csv", "a,%PDF-1.7,b".getBytes(UTF_8), "content.second");
    }

    private void documents() {
        add("PDF with script", "x.pdf", pdf("<< /S /JavaScript /JS (app.alert(1)) >>"), "pdf.active");
        add("PDF with script, letters as numbers", "x.pdf", pdf("<< /S /J#61vaScr#69pt /JS (x) >>"), "pdf.active");
        add("PDF with script in packed objects", "x.pdf", packed("/ObjStm", "<< /S /JavaScript >>"), "pdf.active");
        add(
                "PDF with script in packed objects of no type",
                "x.pdf",
                packed("12 0 R", "<< /S /JavaScript >>"),
                "pdf.active");
        add("PDF that starts a program", "x.pdf", pdf("<< /S /Launch /F (cmd.exe) >>"), "pdf.active");
        add("PDF with attachment", "x.pdf", pdf("<< /Type /EmbeddedFile >>"), "pdf.active");
        add(
                "PDF with attachments in packed objects",
                "x.pdf",
                packed("/ObjStm", "<< /EmbeddedFiles 1 0 R >>"),
                "pdf.active");
        add("PDF that opens another", "x.pdf", pdf("<< /S /GoToR /F (\\\\host\\x.pdf) >>"), "pdf.active");
        add("PDF that sends forms", "x.pdf", pdf("<< /S /SubmitForm /F (http://host) >>"), "pdf.active");
        add("PDF with objects packed oddly", "x.pdf", odd(), "pdf.active");
        add("PDF that unpacks without end", "x.pdf", bombPdf(), "content.bomb");
        add("PDF with password", "x.pdf", pdf("trailer << /Encrypt 5 0 R >>"), "pdf.locked");
        add("PDF cut off", "x.pdf", Arrays.copyOf(pdf(), pdf().length - 8), "content.cut");
        add("PDF too large", "x.pdf", join(pdf(), new byte[2 * 1024 * 1024]), "size.file");
    }

    private void pictures() {
        add("PNG of 2.5 billion pixels", "x.png", pngOf(50_000, 50_000), "image.pixels");
        add("PNG of negative size", "x.png", pngOf(-1, -1), "image.pixels");
        add("PNG whose size overflows", "x.png", pngOf(Integer.MIN_VALUE, 2), "image.pixels");
        add("PNG of no size", "x.png", pngOf(0, 10), "image.pixels");
        add("PNG that unpacks to more than it says", "x.png", withData(deflated(new byte[50_000_000])), "content.bomb");
        add("PNG with too little data", "x.png", withData(deflated(new byte[10])), "content.cut");
        add("PNG with data that does not unpack", "x.png", withData(new byte[] {1, 2, 3, 4}), "content.broken");
        add("PNG with a note that unpacks without end", "x.png", withChunk("zTXt", new byte[300_000]), "content.bomb");
        add("PNG with a page in a note", "x.png", withChunk("tEXt", PAGE), "content.second");
        add("PNG cut off", "x.png", Arrays.copyOf(png(), png().length - 8), "content.cut");
        add("PNG with false checksum", "x.png", changed(png(), 30, 1), "content.broken");
        add("PNG and more", "x.png", join(png(), new byte[] {1, 2, 3}), "content.second");
        add("JPEG of 4 billion pixels", "x.jpg", sized(jpeg(), 65_500, 65_500), "image.pixels");
        add("JPEG of no size", "x.jpg", sized(jpeg(), 0, 10), "image.pixels");
        add("JPEG with a page in its note", "x.jpg", comment(jpeg(), PAGE), "content.second");
        add("JPEG with a script far inside", "x.jpg", farInside("<?php system($_GET[0]); ?>"), "content.second");
        add("JPEG cut off in its header", "x.jpg", Arrays.copyOf(jpeg(), 12), "content.cut");
        add("JPEG cut off in its picture", "x.jpg", Arrays.copyOf(jpeg(), jpeg().length - 2), "content.cut");
        add(
                "JPEG without size",
                "x.jpg",
                "\u00ff\u00d8\u00ff\u00da\u0000\u0002".getBytes(ISO_8859_1),
                "content.broken");
    }

    private void recordings() {
        add("WAV cut off", "x.wav", Arrays.copyOf(wav(), 100), "content.cut");
        add("WAV without format", "x.wav", changed(wav(), 12, 'x'), "content.broken");
        add("WAV without sound", "x.wav", changed(Arrays.copyOf(wav(), 44), 36, 'x'), "content.cut");
        add("WAV of no channel", "x.wav", changed(wav(), 22, 0), "content.broken");
        add(
                "MP3 with a tag longer than itself",
                "x.mp3",
                new byte[] {'I', 'D', '3', 4, 0, 0, 127, 127, 127, 127},
                "content.cut");
        add("MP3 cut off", "x.mp3", Arrays.copyOf(mp3(), 60), "content.cut");
        add(
                "page behind an MP3 tag",
                "x.mp3",
                join(Arrays.copyOf(mp3(), 10), "<p>hello".getBytes(UTF_8)),
                "content.mismatch");
        add("one MP3 header before something else", "x.mp3", join(mp3(), new byte[2000]), "content.mismatch");
    }

    private void tables() {
        add("table that starts a program", "x.csv", "a,b\n=cmd|' /C calc'!A0,1".getBytes(UTF_8), "csv.formula");
        add("table that calls out", "x.csv", "a\n\"=HYPERLINK(\"\"http://x\"\")\"".getBytes(UTF_8), "csv.formula");
        add("table with formula by plus", "x.csv", "a,b\n1,+1+cmd|' /C calc'!A0".getBytes(UTF_8), "csv.formula");
        add("table with formula by at", "x.csv", "@SUM(1+1)*cmd|' /C calc'!A0".getBytes(UTF_8), "csv.formula");
        add("table in another encoding", "x.csv", "a,b".getBytes(UTF_16), "csv.encoding");
        add("table with NUL", "x.csv", new byte[] {'a', 0, 'b'}, "csv.binary");
    }

    private void workbooks() {
        add("workbook with macros", "x.xlsx", with("xl/vbaProject.bin", "x"), "xlsx.active");
        add(
                "workbook with macros under another name",
                "x.xlsx",
                typed("xl/other.bin", "application/vnd.ms-office.vbaProject"),
                "xlsx.active");
        add(
                "workbook for macros",
                "x.xlsx",
                main("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
                "xlsx.active");
        add("workbook with old macros", "x.xlsx", with("xl/macrosheets/sheet1.xml", "<x/>"), "xlsx.active");
        add("workbook with attached file", "x.xlsx", with("xl/embeddings/oleObject1.bin", "x"), "xlsx.active");
        add("workbook with control", "x.xlsx", with("xl/activeX/activeX1.xml", "<x/>"), "xlsx.active");
        add("workbook that asks another", "x.xlsx", with("xl/externalLinks/externalLink1.xml", "<x/>"), "xlsx.active");
        add("workbook that asks a database", "x.xlsx", with("xl/connections.xml", "<x/>"), "xlsx.active");
        add("workbook that loads from elsewhere", "x.xlsx", related("oleObject", "http://host/x"), "xlsx.active");
        add("workbook with a link into the network", "x.xlsx", related("hyperlink", "file://host/x"), "xlsx.active");
        add(
                "workbook with entities",
                "x.xlsx",
                with("xl/styles.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>"),
                "xlsx.active");
        add(
                "workbook with entities in its list of parts",
                "x.xlsx",
                with("[Content_Types].xml", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>"),
                "xlsx.active");
        add(
                "workbook in an encoding that hides",
                "x.xlsx",
                part("xl/styles.xml", "<x/>".getBytes(UTF_16)),
                "content.broken");
        add("workbook that unpacks without end", "x.xlsx", part("xl/styles.xml", blank(100_000_000)), "content.bomb");
        add("workbook of too many parts", "x.xlsx", manyParts(), "content.bomb");
        add("workbook that says less than it is", "x.xlsx", lying(), "content.bomb");
        add("workbook whose parts lie over each other", "x.xlsx", overlapping(), "content.broken");
        add("workbook with path upwards", "x.xlsx", with("../../../etc/cron.d/x.xml", "<x/>"), "content.broken");
        add("workbook with absolute path", "x.xlsx", with("/etc/x.xml", "<x/>"), "content.broken");
        add("workbook with path for Windows", "x.xlsx", with("xl\\x.xml", "<x/>"), "content.broken");
        add("workbook with two parts of one name", "x.xlsx", with("XL/Workbook.xml", "<x/>"), "content.broken");
        add("workbook with two names for one part", "x.xlsx", twoNames(), "content.second");
        add("workbook with a file of no type", "x.xlsx", with("payload.sh", "rm -rf /"), "content.second");
        add(
                "workbook with a picture that unpacks without end",
                "x.xlsx",
                part("xl/media/image1.png", pngOf(50_000, 50_000)),
                "image.pixels");
        add("locked workbook", "x.xlsx", locked(), "xlsx.locked");
        add(
                "workbook with password",
                "x.xlsx",
                "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1".getBytes(ISO_8859_1),
                "xlsx.locked");
        add(
                "letter as workbook",
                "x.xlsx",
                main("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
                "content.mismatch");
        add("program archive as workbook", "x.xlsx", zip(Map.of("A.class", new byte[10])), "content.mismatch");
        add("workbook cut off", "x.xlsx", Arrays.copyOf(xlsx(), xlsx().length - 30), "content.cut");
        add("workbook and more", "x.xlsx", join(xlsx(), PAGE), "content.cut");
        add("workbook with damaged part", "x.xlsx", damaged(), "content.broken");
    }

    // ---- how they are made

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static byte[] blank(int length) {
        byte[] blank = new byte[length];
        Arrays.fill(blank, (byte) ' ');
        blank[0] = '<';
        return blank;
    }

    private static byte[] packed(String type, String objects) {
        return packed(type, deflated(objects.getBytes(UTF_8)));
    }

    private static byte[] packed(String type, byte[] stream) {
        return join(
                "%%PDF-1.7\n4 0 obj\n<< /Type %s /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\r\n"
                        .formatted(type, stream.length)
                        .getBytes(UTF_8),
                stream,
                "\nendstream\nendobj\n%%EOF\n".getBytes(UTF_8));
    }

    private static byte[] odd() {
        return packed("/ObjStm", "zz~>not packed as everybody does".getBytes(UTF_8));
    }

    private static byte[] bombPdf() {
        return packed("/ObjStm", deflated(blank(70_000_000)));
    }

    private static byte[] changed(byte[] file, int at, int value) {
        byte[] copy = file.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private static byte[] chunk(String type, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
        chunk.putInt(content.length).put(type.getBytes(UTF_8)).put(content);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + content.length);
        return chunk.putInt((int) crc.getValue()).array();
    }

    /** A PNG with this chunk right behind its header. */
    private static byte[] withChunk(String type, byte[] content) {
        byte[] png = png();
        return join(Arrays.copyOf(png, 33), chunk(type, content), Arrays.copyOfRange(png, 33, png.length));
    }

    /** A PNG with this instead of its picture. */
    private static byte[] withData(byte[] data) {
        return join(Arrays.copyOf(png(), 33), chunk("IDAT", data), chunk("IEND", new byte[0]));
    }

    private static byte[] comment(byte[] jpeg, byte[] text) {
        byte[] head = {(byte) 0xff, (byte) 0xfe, (byte) ((text.length + 2) >> 8), (byte) (text.length + 2)};
        return join(Arrays.copyOf(jpeg, 2), head, text, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    private static byte[] farInside(String text) {
        return comment(comment(jpeg(), text.getBytes(UTF_8)), new byte[60_000]);
    }

    private static byte[] sized(byte[] jpeg, int width, int height) {
        byte[] copy = jpeg.clone();
        for (int at = 2; at < copy.length; ) {
            int length = (copy[at + 2] & 0xff) << 8 | (copy[at + 3] & 0xff);
            if ((copy[at + 1] & 0xff) == 0xc0) {
                ByteBuffer.wrap(copy).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
                return copy;
            }
            at += 2 + length;
        }
        throw new IllegalStateException("No frame");
    }

    private static byte[] with(String name, String xml) {
        return part(name, xml.getBytes(UTF_8));
    }

    private static byte[] part(String name, byte[] content) {
        Map<String, byte[]> parts = workbook();
        parts.put(name, content);
        return zip(parts);
    }

    private static byte[] typed(String name, String type) {
        Map<String, byte[]> parts = workbook();
        String types = new String(parts.get("[Content_Types].xml"), UTF_8)
                .replace("</Types>", "<Override PartName=\"/%s\" ContentType=\"%s\"/></Types>".formatted(name, type));
        parts.put("[Content_Types].xml", types.getBytes(UTF_8));
        parts.put(name, new byte[] {1});
        return zip(parts);
    }

    private static byte[] main(String type) {
        Map<String, byte[]> parts = workbook();
        String types = new String(parts.get("[Content_Types].xml"), UTF_8)
                .replace("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", type);
        parts.put("[Content_Types].xml", types.getBytes(UTF_8));
        return zip(parts);
    }

    private static byte[] related(String type, String target) {
        Map<String, byte[]> parts = workbook();
        put(parts, "xl/worksheets/_rels/sheet1.xml.rels", relationships(type, target, "External"));
        return zip(parts);
    }

    private static byte[] manyParts() {
        Map<String, byte[]> parts = workbook();
        for (int i = 0; i < 600; i++) {
            parts.put("xl/p" + i + ".xml", new byte[] {'<'});
        }
        return zip(parts);
    }

    private static ByteBuffer littleEndian(byte[] zip) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where the last entry of the directory begins. */
    private static int lastEntry(byte[] zip) {
        ByteBuffer file = littleEndian(zip);
        for (int at = zip.length - 22; at > 0; at--) {
            if (file.getInt(at) == 0x02014b50) {
                return at;
            }
        }
        throw new IllegalStateException("No directory");
    }

    private static byte[] lying() {
        byte[] zip = part("xl/styles.xml", blank(1_000_000));
        littleEndian(zip).putInt(lastEntry(zip) + 24, 100);
        return zip;
    }

    private static byte[] overlapping() {
        byte[] zip = xlsx();
        littleEndian(zip).putInt(lastEntry(zip) + 42, 0);
        return zip;
    }

    private static byte[] locked() {
        byte[] zip = xlsx();
        littleEndian(zip).putShort(lastEntry(zip) + 8, (short) 1);
        return zip;
    }

    private static byte[] twoNames() {
        byte[] zip = xlsx();
        zip[lastEntry(zip) + 46] = 'y';
        return zip;
    }

    private static byte[] damaged() {
        byte[] zip = xlsx();
        littleEndian(zip).putInt(lastEntry(zip) + 16, 1);
        return zip;
    }
}
