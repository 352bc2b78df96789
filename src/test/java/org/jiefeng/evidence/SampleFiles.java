package org.jiefeng.evidence;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Small files of every kind we take. */
final class SampleFiles {

    private SampleFiles() {}

    static byte[] pdf() {
        return pdf("1 0 obj << /Type /Catalog >> endobj\n");
    }

    static byte[] pdf(String body) {
        return ("%PDF-1.7\n" + body + "trailer << /Root 1 0 R >>\n%%EOF\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] png() {
        return image("png", 20, 10);
    }

    static byte[] jpeg() {
        return image("jpg", 20, 10);
    }

    private static byte[] image(String format, int width, int height) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] csv() {
        return "number,calls\n+8613800000001,3\n=\"13800000002\",5\n-,0\n".getBytes(StandardCharsets.UTF_8);
    }

    static byte[] wav() {
        ByteBuffer wav = ByteBuffer.allocate(44 + 160).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 160);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(8000)
                .putShort((short) 1)
                .putShort((short) 8);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(160);
        return wav.array();
    }

    static byte[] mp3() {
        byte[] mp3 = new byte[10 + 417];
        System.arraycopy("ID3".getBytes(StandardCharsets.US_ASCII), 0, mp3, 0, 3);
        mp3[3] = 4;
        mp3[10] = (byte) 0xff;
        mp3[11] = (byte) 0xfb;
        mp3[12] = (byte) 0x90;
        return mp3;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A PNG of this size. */
    static byte[] png(int width, int height) {
        return image("png", width, height);
    }

    /** A PNG whose header claims a size its few bytes do not have. */
    static byte[] pngOf(int width, int height) {
        byte[] png = png();
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }

    /** A workbook of one sheet, as plain as they come. */
    static byte[] xlsx() {
        return zip(workbook());
    }

    /** The parts of {@link #xlsx()}, to be changed by whoever wants another one. */
    static Map<String, byte[]> workbook() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        put(parts, "[Content_Types].xml", """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
                <Default Extension="xml" ContentType="application/xml"/>\
                <Default Extension="png" ContentType="image/png"/>\
                <Override PartName="/xl/workbook.xml" \
                ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
                <Override PartName="/xl/worksheets/sheet1.xml" \
                ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
        put(parts, "_rels/.rels", relationships("officeDocument", "xl/workbook.xml", ""));
        put(parts, "xl/workbook.xml", """
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
                xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
                <sheets><sheet name="Calls" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        put(parts, "xl/_rels/workbook.xml.rels", relationships("worksheet", "worksheets/sheet1.xml", ""));
        put(parts, "xl/worksheets/sheet1.xml", """
                <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>\
                <row r="1"><c r="A1"><v>3</v></c></row></sheetData></worksheet>""");
        return parts;
    }

    static String relationships(String type, String target, String mode) {
        return """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
                <Relationship Id="rId1" \
                Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"%s/>\
                </Relationships>""".formatted(type, target, mode.isEmpty() ? "" : " TargetMode=\"" + mode + "\"");
    }

    static void put(Map<String, byte[]> parts, String name, String xml) {
        parts.put(name, ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] zip(Map<String, byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
