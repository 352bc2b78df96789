package org.jiefeng.evidence;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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

    /** A PNG header that claims a size its few bytes would unpack to. */
    static byte[] pngOf(int width, int height) {
        byte[] png = png();
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        return png;
    }
}
