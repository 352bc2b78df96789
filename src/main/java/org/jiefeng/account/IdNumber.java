package org.jiefeng.account;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resident ID numbers of 18 characters (GB 11643-1999; domain.md §4). */
public final class IdNumber {

    private static final Pattern FORM = Pattern.compile("[1-9]\\d{16}[\\dX]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";
    private static final int MINIMUM_AGE = 16;
    private static final DateTimeFormatter BIRTH =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private IdNumber() {}

    /** Without surrounding space, and with a capital X. */
    public static String normalise(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    /**
     * What is wrong with a normalised number, as a message key {@code idNumber.…}, or null when it is right.
     *
     * @param today the day the age of 16 is counted to
     */
    public static @Nullable String problem(String number, LocalDate today) {
        if (!FORM.matcher(number).matches()) {
            return "idNumber.form";
        }
        try {
            LocalDate birth = LocalDate.parse(number.substring(6, 14), BIRTH);
            if (birth.plusYears(MINIMUM_AGE).isAfter(today)) {
                return "idNumber.age";
            }
        } catch (DateTimeException e) {
            return "idNumber.birth";
        }
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK.charAt(sum % 11) == number.charAt(17) ? null : "idNumber.checksum";
    }

    /** E.g. {@code 110105********002X}. */
    public static String mask(String number) {
        return number.substring(0, 6) + "********" + number.substring(14);
    }
}
