package org.jiefeng.reinstatement;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.account.Vault;

/** A barred number as rules carry it: the keyed hash the call check finds it by, and the mask people read. */
record SealedNumber(String index, String mask) {

    /** The kind of condition that has such values. */
    static final String KIND = "BARRED_NUMBER";

    /** How it is written, e.g. {@code 138****0001~} and the hash; what carriers' terms write as well. */
    static final String FORM = "[\\d*]{5,15}~[0-9a-f]{64}";

    private static final Pattern IN_CLEAR = Pattern.compile("\\d{5,15}");
    private static final Pattern PARTS = Pattern.compile("([^~]+)~(.+)");

    /** Seals a number that is written in clear; empty when it is none, or sealed already. */
    static Optional<SealedNumber> of(String value, Vault vault) {
        String number = MobileNumber.normalise(value);
        if (IN_CLEAR.matcher(number).matches()) {
            return Optional.of(new SealedNumber(vault.index(number), MobileNumber.mask(number)));
        }
        return value.matches(FORM) ? Optional.of(read(value)) : Optional.empty();
    }

    static SealedNumber read(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a sealed number");
        }
        return new SealedNumber(parts.group(2), parts.group(1));
    }

    String text() {
        return mask + "~" + index;
    }
}
