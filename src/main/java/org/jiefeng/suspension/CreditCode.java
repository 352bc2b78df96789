package org.jiefeng.suspension;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Unified social credit codes of companies (GB 32100-2015; domain.md §4). */
final class CreditCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final Pattern FORM = Pattern.compile("[0-9A-HJ-NPQRTUWXY]{2}\\d{6}[0-9A-HJ-NPQRTUWXY]{10}");

    private CreditCode() {}

    static String normalise(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    /**
     * {@code creditCode.form} or {@code creditCode.checksum}, or null when right. Some genuine codes fail the checksum, so
     * that fault can be overridden with a reason.
     */
    static @Nullable String problem(String code) {
        if (!FORM.matcher(code).matches()) {
            return "creditCode.form";
        }
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        // The outer modulus matters: without it a sum divisible by 31 would ask for the 32nd character.
        int check = (31 - sum % 31) % 31;
        return ALPHABET.charAt(check) == code.charAt(17) ? null : "creditCode.checksum";
    }
}
