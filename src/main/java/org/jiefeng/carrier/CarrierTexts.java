package org.jiefeng.carrier;

import java.util.Locale;
import java.util.Objects;
import org.jiefeng.account.Carrier;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** This feature's texts in the deployment's language. */
@Component
class CarrierTexts {

    private final MessageSource messages;
    private final Locale locale;

    CarrierTexts(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /** @param arguments shown as they are; numbers are formatted by the caller */
    String of(String key, Object... arguments) {
        return messages.getMessage("carrier." + key, arguments, locale);
    }

    /** The carrier's reason codes are its own; one we have no words for stands for itself. */
    String reason(String code) {
        return Objects.requireNonNull(messages.getMessage("carrier.reason." + code, null, code, locale));
    }

    /** @param code of a carrier */
    String carrier(String code) {
        return messages.getMessage("carrier." + code, new Object[0], locale);
    }

    String carrier(Carrier carrier) {
        return messages.getMessage("carrier." + carrier, new Object[0], locale);
    }
}
