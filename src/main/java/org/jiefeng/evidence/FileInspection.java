package org.jiefeng.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.springframework.core.io.InputStreamSource;
import org.springframework.stereotype.Component;

/**
 * Looks into a file before it is taken: whether its content is what its extension says, whole, and nothing besides.
 *
 * <p>Reads the file from start to end in small pieces; what must be unpacked to be judged is unpacked into nowhere, up to
 * a limit.
 */
@Component
class FileInspection {

    /** An archive's directory stands in its last 65,557 bytes; we keep a little more of the end. */
    private static final int TAIL = 66_000;

    private static final int HEAD = 4096;

    private final EvidenceProperties limits;

    FileInspection(EvidenceProperties limits) {
        this.limits = limits;
    }

    /** What was found out about a file. */
    record Result(FileName name, MediaKind kind, long size, String sha256) {}

    /**
     * Examines a file.
     *
     * @throws RefusedFileException with the reason when it is not acceptable
     */
    Result inspect(String originalName, InputStreamSource content) throws IOException {
        FileName name = FileName.of(originalName);
        MediaKind kind = MediaKind.ofExtension(name.extension())
                .filter(limits.kinds()::contains)
                .orElseThrow(() -> new RefusedFileException(
                        "type.unknown", String.join(" ", MediaKind.extensionsOf(limits.kinds()))));
        Scan scan = scan(content);
        requireContentOf(kind, scan, content);
        return new Result(name, kind, scan.size, scan.sha256);
    }

    private void requireContentOf(MediaKind kind, Scan scan, InputStreamSource content) throws IOException {
        if (scan.size == 0) {
            throw new RefusedFileException("content.empty");
        }
        if (kind == MediaKind.XLSX && scan.headStartsWith("\u00d0\u00cf\u0011\u00e0")) {
            throw new RefusedFileException("xlsx.locked"); // a workbook with a password hides in the older format
        }
        boolean matches =
                switch (kind) {
                    case PDF -> scan.headStartsWith("%PDF-1.") || scan.headStartsWith("%PDF-2.");
                    case PNG -> scan.headStartsWith("\u0089PNG\r\n\u001a\n");
                    case JPEG -> scan.headStartsWith("\u00ff\u00d8\u00ff");
                    case WAV -> scan.headStartsWith("RIFF") && scan.headText().startsWith("WAVE", 8);
                    case MP3 -> scan.headStartsWith("ID3") || MpegAudio.isFrame(scan.head, 0);
                    case XLSX -> scan.headStartsWith("PK\u0003\u0004");
                    case CSV -> true;
                };
        if (!matches) {
            throw new RefusedFileException("content.mismatch", kind.name());
        }
        if (holdsSecondFile(kind, scan)) {
            throw new RefusedFileException("content.second");
        }
        try (InputStream in = content.getInputStream()) {
            switch (kind) {
                case PNG -> Pictures.requirePng(in, limits.maxImagePixels());
                case JPEG -> Pictures.requireJpeg(in, limits.maxImagePixels());
                case MP3 -> MpegAudio.requireFrames(in);
                case PDF -> requirePlainPdf(scan, in);
                case WAV -> WavAudio.requireSound(in, scan.size);
                case XLSX -> XlsxWorkbook.requirePlain(content, scan.tail, scan.size, limits.maxImagePixels());
                case CSV -> CsvText.requireReadable(content);
            }
        }
    }

    private static void requirePlainPdf(Scan scan, InputStream in) throws IOException {
        if (!scan.tailText().contains("%%EOF")) {
            throw new RefusedFileException("content.cut");
        }
        PdfDocument.requirePassive(in);
    }

    /** Two formats in one file: a viewer may take it for the other one. */
    private static boolean holdsSecondFile(MediaKind kind, Scan scan) {
        if (kind == MediaKind.XLSX) {
            return false; // an archive itself; its parts are looked at one by one
        }
        String start = scan.headText().toLowerCase(Locale.ROOT);
        String end = scan.tailText().toLowerCase(Locale.ROOT);
        return end.contains("pk\u0005\u0006")
                || (kind != MediaKind.PDF && start.contains("%pdf-"))
                || start.contains("<svg")
                || Markup.isIn(scan.head, scan.head.length)
                || Markup.isIn(scan.tail, scan.tail.length);
    }

    private Scan scan(InputStreamSource content) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[32 * 1024];
        byte[] head = new byte[0];
        byte[] tail = new byte[0];
        long size = 0;
        try (InputStream in = content.getInputStream()) {
            int read;
            while ((read = in.readNBytes(buffer, 0, buffer.length)) > 0) {
                size += read;
                if (size > limits.maxFileSize().toBytes()) {
                    throw new RefusedFileException(
                            "size.file", String.valueOf(limits.maxFileSize().toMegabytes()));
                }
                digest.update(buffer, 0, read);
                if (head.length == 0) {
                    head = Arrays.copyOf(buffer, Math.min(read, HEAD));
                }
                byte[] window = concatenate(tail, buffer, read);
                tail = window.length <= TAIL ? window : Arrays.copyOfRange(window, window.length - TAIL, window.length);
            }
        }
        return new Scan(head, tail, size, HexFormat.of().formatHex(digest.digest()));
    }

    private static byte[] concatenate(byte[] first, byte[] second, int length) {
        byte[] both = Arrays.copyOf(first, first.length + length);
        System.arraycopy(second, 0, both, first.length, length);
        return both;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** What one reading of the whole file leaves behind. */
    private static final class Scan {

        private final byte[] head;
        private final byte[] tail;
        private final long size;
        private final String sha256;

        Scan(byte[] head, byte[] tail, long size, String sha256) {
            this.head = head;
            this.tail = tail;
            this.size = size;
            this.sha256 = sha256;
        }

        boolean headStartsWith(String bytes) {
            return headText().startsWith(bytes);
        }

        String headText() {
            return new String(head, StandardCharsets.ISO_8859_1);
        }

        String tailText() {
            return new String(tail, StandardCharsets.ISO_8859_1);
        }
    }
}
