package org.jiefeng.calling;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** This feature's texts in the deployment's language. */
@Component
class CallingTexts {

    private final MessageSource messages;
    private final Locale locale;

    CallingTexts(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    String of(String key, Object... arguments) {
        return messages.getMessage("calling." + key, arguments, locale);
    }

    /** What is printed for the carrier is Chinese whatever the deployment speaks. */
    String chinese(String key, Object... arguments) {
        return messages.getMessage("calling." + key, arguments, Locale.SIMPLIFIED_CHINESE);
    }

    /** Why a call may not go out, in both languages whatever the deployment speaks. */
    CallAnswer.Reason reason(CallRule rule) {
        String key = "calling.check." + rule;
        return new CallAnswer.Reason(
                messages.getMessage(key, null, Locale.ENGLISH),
                messages.getMessage(key, null, Locale.SIMPLIFIED_CHINESE));
    }

    /** The broken rule in words; a code we have no words for is shown as it is. */
    String violation(String code) {
        return String.valueOf(messages.getMessage("calling.violation." + code, null, code, locale));
    }
}
