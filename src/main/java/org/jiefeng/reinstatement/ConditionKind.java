package org.jiefeng.reinstatement;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of condition we can compare, each with what its strictest value is. */
enum ConditionKind {
    DAILY_CAP(Strictest.SMALLEST, Form.COUNT),
    HOURLY_CAP(Strictest.SMALLEST, Form.COUNT),
    SAME_CALLEE(Strictest.SMALLEST, Form.COUNT_A_DAY),
    SAME_CALLEE_GAP(Strictest.LARGEST, Form.COUNT),
    CALL_GAP(Strictest.LARGEST, Form.COUNT),
    QUALITY_CHECK(Strictest.LARGEST, Form.PERCENT),
    HOURS(Strictest.INTERSECTION, Form.HOURS),
    WORKING_DAYS_ONLY(Strictest.PRESENT, Form.NONE),
    CONSENTED_ONLY(Strictest.PRESENT, Form.NONE),
    FILED_SCRIPT(Strictest.PRESENT, Form.NONE),
    NO_CROSS_REGION(Strictest.PRESENT, Form.NONE),
    BAR_COMPLAINANTS(Strictest.PRESENT, Form.NONE),
    BAR_DO_NOT_CALL(Strictest.PRESENT, Form.NONE),
    BAR_CARRIER_LISTED(Strictest.PRESENT, Form.NONE),
    BARRED_PREFIX(Strictest.EACH, Form.DIGITS),
    BARRED_NUMBER(Strictest.EACH, Form.SEALED_NUMBER);

    /** Hours that exclude each other leave none to call in. */
    static final String NO_HOURS = "none";

    private enum Strictest {
        SMALLEST,
        LARGEST,
        INTERSECTION,
        PRESENT,
        /** Every value forbids something of its own. */
        EACH
    }

    /** How a value is written. */
    private enum Form {
        COUNT("\\d{1,6}"),
        COUNT_A_DAY("\\d{1,6}/day"),
        PERCENT("\\d{1,2}|100"),
        HOURS("([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-4]):[0-5]\\d"),
        DIGITS("\\d{2,11}"),
        SEALED_NUMBER(SealedNumber.FORM),
        NONE("");

        private final Pattern pattern;

        Form(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }
    }

    private static final Pattern LEADING_NUMBER = Pattern.compile("\\d+");

    private final Strictest strictest;
    private final Form form;

    ConditionKind(Strictest strictest, Form form) {
        this.strictest = strictest;
        this.form = form;
    }

    static Optional<ConditionKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }

    /** What may differ only in other rules: several values of such a kind hold at once. */
    String slot(String value) {
        return strictest == Strictest.EACH ? name() + "=" + value : name();
    }

    boolean isValid(String value) {
        return form.pattern.matcher(value).matches()
                && (form != Form.HOURS || from(value).compareTo(to(value)) < 0);
    }

    /** The one value that keeps all of these. */
    String strictest(Collection<String> values) {
        return switch (strictest) {
            case SMALLEST ->
                values.stream()
                        .min(Comparator.comparingInt(ConditionKind::number))
                        .orElseThrow();
            case LARGEST ->
                values.stream()
                        .max(Comparator.comparingInt(ConditionKind::number))
                        .orElseThrow();
            case PRESENT -> "";
            case EACH -> values.iterator().next();
            case INTERSECTION -> intersection(values);
        };
    }

    /** Whether a rule's value has a share in the strictest one. */
    boolean contributes(String value, String strictest) {
        if (this.strictest == Strictest.INTERSECTION) {
            return strictest.equals(NO_HOURS)
                    || from(value).equals(from(strictest))
                    || to(value).equals(to(strictest));
        }
        if (this.strictest == Strictest.EACH) {
            return value.equals(strictest);
        }
        return this.strictest == Strictest.PRESENT || number(value) == number(strictest);
    }

    private static String intersection(Collection<String> values) {
        String from = values.stream()
                .map(ConditionKind::from)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        String to = values.stream()
                .map(ConditionKind::to)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return values.contains(NO_HOURS) || from.compareTo(to) >= 0 ? NO_HOURS : from + "-" + to;
    }

    private static String from(String hours) {
        return hours.equals(NO_HOURS) ? "24:00" : hours.substring(0, 5);
    }

    private static String to(String hours) {
        return hours.equals(NO_HOURS) ? "00:00" : hours.substring(6);
    }

    private static int number(String value) {
        Matcher digits = LEADING_NUMBER.matcher(value);
        return digits.find() ? Integer.parseInt(digits.group()) : 0;
    }
}
