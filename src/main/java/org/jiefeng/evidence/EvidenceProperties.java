package org.jiefeng.evidence;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much may be uploaded.
 *
 * @param maxFileSize largest single file; must not exceed {@code spring.servlet.multipart.max-file-size}
 * @param maxCaseSize all files of a case together
 * @param maxFiles number of files of a case, our own extracts included
 * @param maxImagePixels width times height of a picture: a small file may unpack to gigabytes
 */
@Validated
@ConfigurationProperties("jiefeng.evidence")
public record EvidenceProperties(
        @NotNull @DefaultValue("20MB") DataSize maxFileSize,
        @NotNull @DefaultValue("150MB") DataSize maxCaseSize,
        @Min(1) @DefaultValue("60") int maxFiles,
        @Min(1) @DefaultValue("60000000") long maxImagePixels) {}
