package org.jiefeng.account;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chinese mobile numbers (domain.md §4). */
public final class MobileNumber {

    private static final int DIGITS = 11;

    private static final Pattern FORM = Pattern.compile("1[3-9]\\d{9}");

    /** Prefixes that name their carrier; numbers can be ported, so a mismatch is a warning only. */
    private static final Map<String, Carrier> PREFIXES = Map.of(
            "162",
            Carrier.MVNO,
            "165",
            Carrier.MVNO,
            "167",
            Carrier.MVNO,
            "170",
            Carrier.MVNO,
            "171",
            Carrier.MVNO,
            "192",
            Carrier.CHINA_BROADNET);

    private MobileNumber() {}

    /** Without spaces, hyphens and the country code. */
    public static String normalise(String text) {
        String bare = text.replaceAll("[\\s-]", "");
        return bare.replaceFirst("^(?:\\+|00)?86(?=1\\d{10}$)", "");
    }

    /** Message key {@code mobile.form}, or null when the normalised number is right. */
    public static @Nullable String problem(String number) {
        return FORM.matcher(number).matches() ? null : "mobile.form";
    }

    /**
     * Message key {@code mobile.prefix} when the prefix belongs to another carrier, or is not one of the few this carrier
     * has; otherwise null.
     */
    public static @Nullable String warning(String number, Carrier carrier) {
        Carrier expected = PREFIXES.get(number.substring(0, 3));
        boolean fits = expected == null ? !PREFIXES.containsValue(carrier) : expected == carrier;
        return fits ? null : "mobile.prefix";
    }

    /** E.g. {@code 138****0001}; of other telephone numbers, from five digits on, less is shown. */
    public static String mask(String number) {
        int shown = number.length() == DIGITS ? DIGITS - 7 : 1;
        return number.substring(0, 3) + "****" + number.substring(number.length() - shown);
    }
}
