package org.jiefeng.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Finds pages and scripts in what should be none: a viewer may take the file for them. */
final class Markup {

    /** Long enough not to turn up by chance in the data of a picture. */
    private static final String[] WORDS = {"<script", "<html", "<!doctype", "<?php", "<iframe", "<?xml-style"};

    private static final int LONGEST_WORD = 16;

    private Markup() {}

    static boolean isIn(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return Arrays.stream(WORDS).anyMatch(text::contains);
    }

    /** Reads to the end. */
    static void requireNone(InputStream in) throws IOException {
        byte[] window = new byte[16 * 1024];
        int kept = 0;
        int read;
        while ((read = in.readNBytes(window, kept, window.length - kept)) > 0) {
            int filled = kept + read;
            if (isIn(window, filled)) {
                throw new RefusedFileException("content.second");
            }
            kept = Math.min(LONGEST_WORD, filled);
            System.arraycopy(window, filled - kept, window, 0, kept);
        }
    }
}
