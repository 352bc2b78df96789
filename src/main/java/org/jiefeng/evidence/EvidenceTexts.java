package org.jiefeng.evidence;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** This feature's texts in the deployment's language. */
@Component
class EvidenceTexts {

    private final MessageSource messages;
    private final Locale locale;

    EvidenceTexts(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /** @param arguments shown as they are; numbers are formatted by the caller */
    String of(String key, Object... arguments) {
        return messages.getMessage("evidence." + key, arguments, locale);
    }

    /** What is printed for the carrier is Chinese whatever the deployment speaks. */
    String chinese(String key, Object... arguments) {
        return messages.getMessage("evidence." + key, arguments, Locale.SIMPLIFIED_CHINESE);
    }

    /** The same texts as the carrier reads them. */
    EvidenceTexts inChinese() {
        return new EvidenceTexts(messages, Locale.SIMPLIFIED_CHINESE);
    }

    boolean isChinese() {
        return locale.getLanguage().equals("zh");
    }
}
