package org.jiefeng.carrier;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a submission is known by on both sides.
 *
 * @param round 1 for the first submission of an appeal
 */
public record AppealKey(String appealNumber, int round) {

    private static final Pattern FORM = Pattern.compile("(AP-\\d{4}-\\d{6}):([1-9]\\d{0,3})");

    /** Empty when this is no key of ours. */
    public static Optional<AppealKey> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new AppealKey(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return appealNumber + ":" + round;
    }
}
