package org.jiefeng.evidence;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.springframework.stereotype.Component;

/**
 * Small pictures of the pictures in a case, drawn anew: what reaches a browser are our own pixels, never the bytes that
 * somebody sent.
 */
@Component
class Previews {

    static final int LONGEST_SIDE = 960;

    /** Decoders keep a whole row, and of a progressive JPEG the whole picture, in memory. */
    private static final int LONGEST_DECODED_SIDE = 20_000;

    private static final long MOST_DECODED_PIXELS = 40_000_000;

    private final EvidenceFiles files;
    /** Decoding is the one thing here that takes real memory, so only so many at a time. */
    private final Semaphore turns = new Semaphore(2);

    Previews(EvidenceFiles files) {
        this.files = files;
    }

    static boolean isPossible(EvidenceFile file) {
        return file.mediaType().equals(MediaKind.PNG.mediaType())
                || file.mediaType().equals(MediaKind.JPEG.mediaType());
    }

    /** A JPEG of the picture; nothing when it is none, too large or not readable. */
    Optional<byte[]> of(EvidenceFile file) {
        if (!isPossible(file)) {
            return Optional.empty();
        }
        turns.acquireUninterruptibly();
        try {
            return read(file);
        } catch (IOException | RuntimeException e) {
            // Decoders fail in many ways on what is not quite a picture; whoever wants it can still save the file.
            return Optional.empty();
        } finally {
            turns.release();
        }
    }

    private Optional<byte[]> read(EvidenceFile file) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(file.mediaType());
        if (!readers.hasNext()) {
            return Optional.empty();
        }
        ImageReader reader = readers.next();
        try (StoredImage content = new StoredImage(file.size(), seq -> files.piece(file, seq))) {
            reader.setInput(content, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (Math.max(width, height) > LONGEST_DECODED_SIDE || (long) width * height > MOST_DECODED_PIXELS) {
                return Optional.empty();
            }
            ImageReadParam small = reader.getDefaultReadParam();
            int step = Math.max(1, Math.max(width, height) / (2 * LONGEST_SIDE));
            small.setSourceSubsampling(step, step, 0, 0);
            return Optional.of(drawn(reader.read(0, small)));
        } finally {
            reader.dispose();
        }
    }

    private static byte[] drawn(BufferedImage picture) throws IOException {
        double scale = Math.min(1.0, (double) LONGEST_SIDE / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, Color.WHITE, null);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(drawn, "jpg", out);
        return out.toByteArray();
    }
}
