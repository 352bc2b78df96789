package org.jiefeng.appeal;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Secrets that seal the timelines, so that whoever has the database alone cannot write history.
 *
 * @param keyId name of the present key, written before each seal, so that keys can be changed
 * @param key secret text of at least 32 characters; new entries are sealed with it
 * @param previousKeys earlier keys by name; entries keep the seal they got, so these stay as long as the entries
 */
@Validated
@ConfigurationProperties("jiefeng.timeline")
public record TimelineProperties(
        @NotBlank @Size(max = 20) @DefaultValue("1") String keyId,
        @NotBlank @Size(min = 32) String key,
        @DefaultValue Map<String, String> previousKeys) {

    /** Without the secrets: settings end up in logs and error messages. */
    @Override
    public String toString() {
        return "TimelineProperties[keyId=" + keyId + ", previousKeys=" + previousKeys.keySet() + "]";
    }
}
