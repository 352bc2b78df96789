package org.jiefeng.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Secrets for personal data at rest.
 *
 * @param keyId name of the present key, written before each sealed text, so that keys can be changed
 * @param key secret text of at least 32 characters; new texts are sealed with it
 * @param previousKeys earlier keys by name, still able to open what they sealed; the next start seals all of that anew,
 *     after which they can be taken out
 * @param indexKey secret text of at least 32 characters for look-up by number; does not change with the key
 */
@Validated
@ConfigurationProperties("jiefeng.protection")
public record ProtectionProperties(
        @NotBlank @DefaultValue("1") String keyId,
        @NotBlank @Size(min = 32) String key,
        @DefaultValue Map<String, String> previousKeys,
        @NotBlank @Size(min = 32) String indexKey) {

    /** Without the secrets: settings end up in logs and error messages. */
    @Override
    public String toString() {
        return "ProtectionProperties[keyId=" + keyId + ", previousKeys=" + previousKeys.keySet() + "]";
    }
}
