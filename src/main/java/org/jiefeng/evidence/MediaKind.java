package org.jiefeng.evidence;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The kinds of file that can count as evidence, each with its extensions; the configuration says which are taken. */
public enum MediaKind {
    PDF("application/pdf", "pdf"),
    JPEG("image/jpeg", "jpg", "jpeg"),
    PNG("image/png", "png"),
    CSV("text/csv", "csv"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
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

    /** Every extension of these kinds with its dot, as a file chooser wants them. */
    static List<String> extensionsOf(Collection<MediaKind> kinds) {
        return kinds.stream()
                .sorted()
                .flatMap(kind -> kind.extensions.stream())
                .map(extension -> "." + extension)
                .toList();
    }
}
