package org.jiefeng.calling;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.account.Vault;
import org.jspecify.annotations.Nullable;

/** A number as we keep it: a keyed hash that finds it and a mask that shows it, never the number itself. */
record CalleeNumber(String index, String mask) {

    /** Mobile numbers, landlines with area code, and service numbers. */
    private static final Pattern FORM = Pattern.compile("\\d{5,15}");

    /** Empty when it is no telephone number. */
    static Optional<CalleeNumber> of(@Nullable String text, Vault vault) {
        if (text == null || text.length() > 40) {
            return Optional.empty();
        }
        String number = MobileNumber.normalise(text);
        return FORM.matcher(number).matches()
                ? Optional.of(new CalleeNumber(vault.index(number), MobileNumber.mask(number)))
                : Optional.empty();
    }
}
