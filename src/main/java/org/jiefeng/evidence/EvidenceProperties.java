package org.jiefeng.evidence;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What may be uploaded and how much, and how much is printed; how long it is kept is for decision {@code retention} to say.
 *
 * @param kinds the kinds of file that are taken
 * @param maxFileSize largest single file; must be less than {@code spring.servlet.multipart.max-file-size}, which refuses
 *     without a reason
 * @param maxCaseSize all files of a case together
 * @param maxFiles number of files of a case, our own extracts included
 * @param maxImagePixels width times height of a picture: a small file may unpack to gigabytes
 * @param uploadFolder where a file stands while it is received; several instances may share it
 * @param maxPrintedRows rows of an extract that are printed; the CSV file beside it holds all of them
 * @param performanceWeeks how far back the figures of a repeat report go, at most (R67)
 */
@Validated
@ConfigurationProperties("jiefeng.evidence")
public record EvidenceProperties(
        @NotEmpty @DefaultValue({"PDF", "JPEG", "PNG", "CSV", "XLSX", "WAV", "MP3"})
        Set<MediaKind> kinds,

        @NotNull @DefaultValue("40MB") DataSize maxFileSize,
        @NotNull @DefaultValue("200MB") DataSize maxCaseSize,
        @Min(1) @DefaultValue("60") int maxFiles,
        @Min(1) @DefaultValue("60000000") long maxImagePixels,
        @NotNull Path uploadFolder,
        @Min(1) @DefaultValue("2000") int maxPrintedRows,
        @Min(1) @DefaultValue("26") int performanceWeeks) {}
