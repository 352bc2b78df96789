package org.jiefeng.process;

import jakarta.validation.constraints.NotNull;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Deployment-wide settings.
 *
 * @param language language of diagrams, forms, pages and mails: {@code en} or {@code zh}; one for all nodes, because the
 *     models are translated as they are deployed
 */
@Validated
@ConfigurationProperties("jiefeng")
public record JiefengProperties(@NotNull @DefaultValue("en") Language language) {

    /** The languages every text exists in. */
    public enum Language {
        EN(Locale.ENGLISH),
        ZH(Locale.SIMPLIFIED_CHINESE);

        private final Locale locale;

        Language(Locale locale) {
            this.locale = locale;
        }

        public Locale locale() {
            return locale;
        }

        /** The suffix of translated properties, e.g. {@code zh} of {@code name.zh}. */
        public String code() {
            return locale.getLanguage();
        }
    }
}
