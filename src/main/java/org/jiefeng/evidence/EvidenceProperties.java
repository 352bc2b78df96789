package org.jiefeng.evidence;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Period;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What may be uploaded and how much, how much is printed, and how long it is kept.
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
 * @param retention how long files are kept, by kind
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
        @Min(1) @DefaultValue("26") int performanceWeeks,
        @NotNull @Valid @DefaultValue Retention retention) {

    /**
     * How long files are kept (domain.md §3).
     *
     * @param closedCase after the case closes
     * @param identity papers of a person, after the case closes
     * @param recording after it was filed, but never before the case closes
     * @param consent after the consent ends
     */
    public record Retention(
            @NotNull @DefaultValue("3y") Period closedCase,
            @NotNull @DefaultValue("30d") Period identity,
            @NotNull @DefaultValue("180d") Period recording,
            @NotNull @DefaultValue("3y") Period consent) {

        /** The retention of one kind, as the manifest states it. */
        String text(EvidenceItemType.Retention kind) {
            return switch (kind) {
                case CASE -> closedCase + " after the case closes";
                case IDENTITY -> identity + " after the case closes";
                case RECORDING -> recording + " after filing, not before the case closes";
                case CONSENT -> consent + " after the consent ends";
            };
        }
    }
}
