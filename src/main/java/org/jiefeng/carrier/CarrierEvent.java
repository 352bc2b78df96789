package org.jiefeng.carrier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.appeal.FieldProblem;
import org.jspecify.annotations.Nullable;

/** One answer of a carrier (docs/carrier-api.yaml, Event), sent by its interface or written down by a liaison. */
public record CarrierEvent(
        String eventId,
        Type type,
        String appealKey,
        Instant occurredAt,
        @Nullable Decision decision,
        @Nullable Terms terms,
        @Nullable List<Reason> reasons,
        @Nullable List<String> requestedMaterials,
        @Nullable LocalDate dueOn) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9:._-]{3,80}");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{2,49}");
    private static final Pattern PREFIX = Pattern.compile("\\d{2,11}");
    private static final Pattern NUMBER = Pattern.compile("\\d{5,15}");
    private static final Pattern HOURS = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d");

    /** What is answered. */
    public enum Type {
        DECISION,
        SUPPLEMENT_REQUESTED,
        SUSPENSION_LIFTED
    }

    /** How the carrier decided. */
    public enum Decision {
        REINSTATED,
        CONDITIONAL,
        REJECTED
    }

    /**
     * The carrier's own conditions; null where it sets none.
     *
     * @param hours when calls may go out, e.g. {@code 09:30-18:00}
     * @param barredPrefixes how numbers begin that may not be called
     * @param barredNumbers numbers that may not be called; kept as keyed hash and mask only
     */
    public record Terms(
            @Nullable Integer dailyCap,
            @Nullable Integer hourlyCap,
            @Nullable String hours,
            @Nullable Integer probationDays,
            @Nullable List<String> barredPrefixes,
            @Nullable List<String> barredNumbers,
            @Nullable String text) {

        public Terms(
                @Nullable Integer dailyCap,
                @Nullable Integer hourlyCap,
                @Nullable String hours,
                @Nullable Integer probationDays,
                @Nullable String text) {
            this(dailyCap, hourlyCap, hours, probationDays, null, null, text);
        }
    }

    /** Why. */
    public record Reason(String code, @Nullable String text) {}

    /** What is wrong with it by the contract; empty when it can be used. Read from outside, whatever must be there may be missing. */
    public List<FieldProblem> problems() {
        Problems problems = new Problems();
        problems.unless(eventId != null && ID.matcher(eventId).matches(), "eventId");
        problems.unless(type != null, "type");
        problems.unless(appealKey != null && AppealKey.parse(appealKey).isPresent(), "appealKey");
        problems.unless(occurredAt != null, "occurredAt");
        problems.unless(type != Type.DECISION || decision != null, "decision");
        problems.unless(decision != Decision.CONDITIONAL || terms != null, "terms");
        if (terms != null) {
            problems.unless(within(terms.dailyCap(), 1, 10_000), "terms.dailyCap");
            problems.unless(within(terms.hourlyCap(), 1, 1_000), "terms.hourlyCap");
            problems.unless(within(terms.probationDays(), 0, 730), "terms.probationDays");
            problems.unless(isHours(terms.hours()), "terms.hours");
            problems.unless(areFew(terms.barredPrefixes(), PREFIX), "terms.barredPrefixes");
            problems.unless(areFew(terms.barredNumbers(), NUMBER), "terms.barredNumbers");
            problems.unless(isShort(terms.text(), 4_000), "terms.text");
        }
        if (reasons != null) {
            problems.unless(reasons.size() <= 20 && reasons.stream().allMatch(CarrierEvent::isReason), "reasons");
        }
        problems.unless(
                type != Type.SUPPLEMENT_REQUESTED || requestedMaterials != null && !requestedMaterials.isEmpty(),
                "requestedMaterials");
        if (requestedMaterials != null) {
            problems.unless(
                    requestedMaterials.size() <= 50
                            && requestedMaterials.stream().allMatch(CarrierEvent::isMaterial),
                    "requestedMaterials");
        }
        return problems.found;
    }

    private static boolean isReason(@Nullable Reason reason) {
        return reason != null
                && reason.code() != null
                && CODE.matcher(reason.code()).matches()
                && isShort(reason.text(), 1_000);
    }

    private static boolean isMaterial(@Nullable String material) {
        return material != null && !material.isEmpty() && material.length() <= 500;
    }

    private static boolean areFew(@Nullable List<String> numbers, Pattern form) {
        return numbers == null
                || numbers.size() <= 50
                        && numbers.stream()
                                .allMatch(number -> number != null
                                        && form.matcher(MobileNumber.normalise(number))
                                                .matches());
    }

    private static boolean within(@Nullable Integer value, int least, int most) {
        return value == null || value >= least && value <= most;
    }

    private static boolean isShort(@Nullable String text, int most) {
        return text == null || text.length() <= most;
    }

    /** From before to, within one day: calls through the night are no carrier's condition. */
    static boolean isHours(@Nullable String hours) {
        return hours == null
                || HOURS.matcher(hours).matches() && hours.substring(0, 5).compareTo(hours.substring(6)) < 0;
    }

    private static final class Problems {
        private final List<FieldProblem> found = new ArrayList<>();

        void unless(boolean right, String field) {
            if (!right) {
                found.add(new FieldProblem(field, "not as docs/carrier-api.yaml has it"));
            }
        }
    }
}
