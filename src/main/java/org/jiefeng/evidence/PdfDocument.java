package org.jiefeng.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Searches a PDF for what runs, leads elsewhere or is locked: in its plain text, and in the compressed streams that hold
 * objects since PDF 1.5. Content streams only draw and stay packed.
 */
final class PdfDocument {

    private static final Pattern ACTIVE =
            Pattern.compile("/(JavaScript|Launch|EmbeddedFile|RichMedia|Encrypt|SubmitForm|ImportData|GoToE|GoToR)");

    /** What only the dictionary of a stream of objects has; its type need not be spelled out. */
    private static final Pattern OBJECTS = Pattern.compile("/ObjStm|/First\\s+\\d");

    /** A name may spell its letters in hexadecimal. */
    private static final Pattern ESCAPE = Pattern.compile("#([0-9A-Fa-f]{2})");

    /** Longer than any dictionary of an object stream and its neighbours. */
    private static final int WINDOW = 2048;

    private static final int STEP = 32 * 1024;
    private static final long MOST_UNPACKED = 64L * 1024 * 1024;

    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private long unpacked;
    private boolean oddlyPacked;

    private PdfDocument(InputStream in) {
        this.in = in;
    }

    static void requirePassive(InputStream content) throws IOException {
        new PdfDocument(new BufferedInputStream(content, STEP)).search();
    }

    private void search() throws IOException {
        StringBuilder text = new StringBuilder(2 * STEP);
        int matched = 0;
        int searched = 0;
        int b;
        while ((b = in.read()) >= 0) {
            text.append((char) b);
            matched = b == STREAM[matched] ? matched + 1 : b == STREAM[0] ? 1 : 0;
            if (matched == STREAM.length) {
                matched = 0;
                if (holdsObjects(text)) {
                    requirePassive(text);
                    searchStream();
                    text.setLength(0);
                    searched = 0;
                }
            }
            if (text.length() - searched >= STEP) {
                requirePassive(text);
                text.delete(0, text.length() - WINDOW);
                searched = text.length();
            }
        }
        requirePassive(text);
        if (oddlyPacked) {
            // Every writer packs objects the same way; another way only hides them. A locked file was found out above.
            throw new RefusedFileException("pdf.active");
        }
    }

    /** Whether the dictionary before the word {@code stream} is one of an object stream. */
    private static boolean holdsObjects(StringBuilder text) {
        String before = text.substring(Math.max(0, text.length() - WINDOW));
        if (before.endsWith("endstream")) {
            return false;
        }
        String dictionary = unescaped(before.substring(Math.max(0, before.lastIndexOf(" obj"))));
        return OBJECTS.matcher(dictionary).find();
    }

    private void searchStream() throws IOException {
        in.mark(3);
        int end = in.read();
        if (end == '\r') {
            end = in.read();
        }
        if (end != '\n') {
            in.reset();
        }
        Inflater inflater = new Inflater();
        StringBuilder text = new StringBuilder();
        byte[] packed = new byte[4 * 1024];
        byte[] out = new byte[4 * 1024];
        try {
            while (!inflater.finished()) {
                in.mark(packed.length);
                int read = in.read(packed);
                if (read < 0) {
                    throw new RefusedFileException("content.cut");
                }
                inflater.setInput(packed, 0, read);
                int count;
                while ((count = inflater.inflate(out)) > 0) {
                    unpacked += count;
                    if (unpacked > MOST_UNPACKED) {
                        throw new RefusedFileException("content.bomb");
                    }
                    text.append(new String(out, 0, count, StandardCharsets.ISO_8859_1));
                    if (text.length() >= STEP) {
                        requirePassive(text);
                        text.delete(0, text.length() - WINDOW);
                    }
                }
                in.reset();
                in.skipNBytes(read - inflater.getRemaining());
                if (inflater.needsDictionary()) {
                    oddlyPacked = true;
                    return;
                }
            }
            requirePassive(text);
        } catch (DataFormatException e) {
            oddlyPacked = true;
        } finally {
            inflater.end();
        }
    }

    private static void requirePassive(CharSequence text) {
        Matcher found = ACTIVE.matcher(unescaped(text));
        if (found.find()) {
            throw new RefusedFileException(found.group(1).equals("Encrypt") ? "pdf.locked" : "pdf.active");
        }
    }

    private static String unescaped(CharSequence text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }
}
