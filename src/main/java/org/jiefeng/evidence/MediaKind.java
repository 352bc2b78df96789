package org.jiefeng.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of file that count as evidence, each with its extensions. */
enum MediaKind {
    PDF("application/pdf", "pdf"),
    JPEG("image/jpeg", "jpg", "jpeg"),
    PNG("image/png", "png"),
    CSV("text/csv", "csv"),
    WAV("audio/wav", "wav"),
    MP3("audio/mpeg", "mp3");

    private final String mediaType;
    private final List<String> extensions;

    MediaKind(String mediaType, String... extensions) {
        this.mediaType = mediaType;
        this.extensions = List.of(extensions);
    }

    String mediaType() {
        return mediaType;
    }

    static Optional<MediaKind> ofExtension(String extension) {
        return Arrays.stream(values())
                .filter(kind -> kind.extensions.contains(extension))
                .findFirst();
    }

    /** Every extension with its dot, as a file chooser wants them. */
    static List<String> acceptedExtensions() {
        return Arrays.stream(values())
                .flatMap(kind -> kind.extensions.stream())
                .map(extension -> "." + extension)
                .toList();
    }
}
