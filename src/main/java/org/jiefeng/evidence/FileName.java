package org.jiefeng.evidence;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The name of an uploaded file, made harmless for any file system.
 *
 * @param stem name without extension
 * @param extension in small letters, without dot
 */
record FileName(String stem, String extension) {

    private static final int LONGEST_STEM = 80;

    /**
     * Names that try to lead elsewhere or to look like something else are refused rather than mended: whoever sends them
     * does not do so by mistake.
     */
    static FileName of(String original) {
        String name = Normalizer.normalize(original, Normalizer.Form.NFC).strip();
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new RefusedFileException("name.path");
        }
        if (name.codePoints().anyMatch(FileName::isInvisible)) {
            throw new RefusedFileException("name.invisible");
        }
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        stem = stem.replaceAll("[<>:\"|?*]", "_").replaceAll("^[. ]+|[. ]+$", "");
        if (stem.isEmpty()) {
            stem = "file";
        }
        if (stem.matches("(?i)con|prn|aux|nul|com\\d|lpt\\d")) {
            stem = stem + "_";
        }
        if (stem.codePointCount(0, stem.length()) > LONGEST_STEM) {
            stem = stem.substring(0, stem.offsetByCodePoints(0, LONGEST_STEM));
        }
        return new FileName(stem, extension);
    }

    /** Control characters, and the format characters that turn the reading direction or hide in between. */
    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    @Override
    public String toString() {
        return extension.isEmpty() ? stem : stem + "." + extension;
    }
}
