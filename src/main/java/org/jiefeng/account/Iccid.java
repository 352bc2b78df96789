package org.jiefeng.account;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SIM card numbers (E.118; domain.md §4). */
public final class Iccid {

    private static final Pattern FORM = Pattern.compile("8986\\d{15,16}");

    /** Issuer identifiers; a warning only, because the list is not official. */
    private static final Map<String, Carrier> ISSUERS = Map.ofEntries(
            entry("898600", Carrier.CHINA_MOBILE),
            entry("898602", Carrier.CHINA_MOBILE),
            entry("898604", Carrier.CHINA_MOBILE),
            entry("898607", Carrier.CHINA_MOBILE),
            entry("898601", Carrier.CHINA_UNICOM),
            entry("898606", Carrier.CHINA_UNICOM),
            entry("898609", Carrier.CHINA_UNICOM),
            entry("898603", Carrier.CHINA_TELECOM),
            entry("898611", Carrier.CHINA_TELECOM),
            entry("898615", Carrier.CHINA_BROADNET));

    private Iccid() {}

    /** Without spaces and hyphens. */
    public static String normalise(String text) {
        return text.replaceAll("[\\s-]", "");
    }

    /** Message key {@code iccid.form}, or null when the normalised number is right. */
    public static @Nullable String problem(String iccid) {
        return FORM.matcher(iccid).matches() ? null : "iccid.form";
    }

    /** Message key {@code iccid.checksum}, or null: a warning only, for Chinese cards vary. */
    public static @Nullable String warning(String iccid) {
        int sum = 0;
        boolean twice = false;
        for (int i = iccid.length() - 1; i >= 0; i--) {
            int digit = iccid.charAt(i) - '0';
            if (twice) {
                digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
            twice = !twice;
        }
        return sum % 10 == 0 ? null : "iccid.checksum";
    }

    /** Message key {@code iccid.carrier} when another carrier issued the card, otherwise null. */
    public static @Nullable String carrierWarning(String iccid, Carrier carrier) {
        Carrier issuer = ISSUERS.get(iccid.substring(0, 6));
        // A reseller hands out the cards of the network it uses.
        return issuer == null || issuer == carrier || carrier == Carrier.MVNO ? null : "iccid.carrier";
    }

    /** E.g. {@code 898600**********1234}. */
    public static String mask(String iccid) {
        return iccid.substring(0, 6) + "*".repeat(iccid.length() - 10) + iccid.substring(iccid.length() - 4);
    }
}
