package org.jiefeng.retraining;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** This feature's texts in the deployment's language. */
@Component
class RetrainingTexts {

    private final MessageSource messages;
    private final Locale locale;

    RetrainingTexts(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    String of(String key, Object... arguments) {
        return messages.getMessage("retraining." + key, arguments, locale);
    }
}
