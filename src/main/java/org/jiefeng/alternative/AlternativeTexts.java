package org.jiefeng.alternative;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** This feature's texts in the deployment's language. */
@Component
class AlternativeTexts {

    private final MessageSource messages;
    private final Locale locale;

    AlternativeTexts(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    String of(String key, Object... arguments) {
        return messages.getMessage("alternative." + key, arguments, locale);
    }

    boolean isChinese() {
        return Locale.CHINESE.getLanguage().equals(locale.getLanguage());
    }

    /** A carrier's reason code in words; one we have no words for stands for itself. */
    String reason(String code) {
        return code.isEmpty() ? of("guide.noReason") : ofAccount("carrier.reason." + code, code);
    }

    private String ofAccount(String key, String otherwise) {
        return Objects.requireNonNull(messages.getMessage(key, null, otherwise, locale));
    }

    /** A text of the account room, such as {@code mobile.form}; the key itself where it has none. */
    String ofAccount(String key) {
        @Nullable String text = messages.getMessage(key, null, key, locale);
        return text == null ? key : text;
    }
}
