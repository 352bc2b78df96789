package org.jiefeng.carrier;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking the carrier (R19, R40), under the names of form {@code contact-carrier}.
 *
 * @param promisedOn the day an answer is promised for
 * @param wanted what the carrier wants in addition
 * @param extendedUntil until when the carrier waits for a supplement now
 * @param decidedOn the day of the decision or of the lifting
 */
record Contact(
        ContactChannel channel,
        LocalDate contactedOn,
        Answer answer,
        String note,
        @Nullable LocalDate promisedOn,
        List<String> wanted,
        @Nullable LocalDate wantedBy,
        @Nullable LocalDate extendedUntil,
        @Nullable LocalDate decidedOn,
        CarrierEvent.@Nullable Terms terms,
        @Nullable String rejectionReason) {

    private static final int LONGEST_NOTE = 4000;

    /** The reasons for a rejection that the forms offer. */
    static final List<String> REASONS = List.of(
            "EVIDENCE_INSUFFICIENT",
            "VIOLATION_CONFIRMED",
            "REPEATED_VIOLATION",
            "IDENTITY_NOT_VERIFIED",
            "CONSENT_NOT_PROVEN",
            "DOCUMENTS_INVALID",
            "RECORDINGS_EDITED",
            "FRAUD_SUSPECTED",
            "OTHER");

    /** What the carrier said. */
    enum Answer {
        NO_NEWS,
        PROMISED_DATE,
        SUPPLEMENT,
        EXTENSION_ASKED,
        EXTENSION_GRANTED,
        EXTENSION_REFUSED,
        REINSTATED,
        CONDITIONAL,
        REJECTED,
        LIFTED;

        /** Whether it moves the case, like an answer through the carrier's interface. */
        boolean isEvent() {
            return this == SUPPLEMENT || ends();
        }

        boolean ends() {
            return this == REINSTATED || this == CONDITIONAL || this == REJECTED || this == LIFTED;
        }
    }

    /**
     * Reads a form.
     *
     * @param today nothing that is reported lies after it
     * @throws InvalidInputException naming every field that is wrong
     */
    static Contact read(Map<String, String> fields, LocalDate today, CarrierTexts texts) {
        Reader reader = new Reader(fields, texts);
        ContactChannel channel = reader.choice(ContactChannel.class, "contactChannel");
        LocalDate contactedOn = reader.past("contactedOn", today);
        Answer answer = reader.choice(Answer.class, "contactAnswer");
        String note = reader.text("contactNote", 5, LONGEST_NOTE);
        LocalDate promisedOn = answer == Answer.PROMISED_DATE ? reader.coming("promisedOn", today) : null;
        List<String> wanted = List.of();
        LocalDate wantedBy = null;
        if (answer == Answer.SUPPLEMENT) {
            wanted = reader.lines("supplementWanted");
            wantedBy = reader.has("supplementDueOn") ? reader.day("supplementDueOn") : null;
        }
        LocalDate extendedUntil = answer == Answer.EXTENSION_GRANTED ? reader.coming("extendedUntil", today) : null;
        LocalDate decidedOn = answer != null && answer.ends() ? reader.past("decidedOn", today) : null;
        CarrierEvent.Terms terms = answer == Answer.CONDITIONAL ? reader.terms() : null;
        String reason = answer == Answer.REJECTED ? reader.code("rejectionReasonCode") : null;
        if (channel == null || contactedOn == null || answer == null || !reader.problems.isEmpty()) {
            throw new InvalidInputException(reader.problems);
        }
        return new Contact(
                channel,
                contactedOn,
                answer,
                note,
                promisedOn,
                wanted,
                wantedBy,
                extendedUntil,
                decidedOn,
                terms,
                reason);
    }

    /** Collects what is wrong, so that a person sees all of it at once. */
    private static final class Reader {

        private final Map<String, String> fields;
        private final CarrierTexts texts;
        private final List<FieldProblem> problems = new ArrayList<>();

        Reader(Map<String, String> fields, CarrierTexts texts) {
            this.fields = fields;
            this.texts = texts;
        }

        private String value(String field) {
            String value = fields.get(field);
            return value == null ? "" : value.strip();
        }

        boolean has(String field) {
            return !value(field).isEmpty();
        }

        private void wrong(String field, String problem, Object... arguments) {
            problems.add(new FieldProblem(field, texts.of("problem." + problem, arguments)));
        }

        <E extends Enum<E>> @Nullable E choice(Class<E> choices, String field) {
            for (E choice : choices.getEnumConstants()) {
                if (choice.name().equals(value(field))) {
                    return choice;
                }
            }
            wrong(field, "choose");
            return null;
        }

        String code(String field) {
            if (!REASONS.contains(value(field))) {
                wrong(field, "choose");
            }
            return value(field);
        }

        @Nullable
        LocalDate day(String field) {
            try {
                return LocalDate.parse(value(field));
            } catch (DateTimeParseException e) {
                wrong(field, "day");
                return null;
            }
        }

        @Nullable
        LocalDate past(String field, LocalDate today) {
            LocalDate day = day(field);
            if (day != null && day.isAfter(today)) {
                wrong(field, "future");
            }
            return day;
        }

        @Nullable
        LocalDate coming(String field, LocalDate today) {
            LocalDate day = day(field);
            if (day != null && day.isBefore(today)) {
                wrong(field, "past");
            }
            return day;
        }

        String text(String field, int least, int most) {
            String text = value(field);
            if (text.length() < least || text.length() > most) {
                wrong(field, "length", String.valueOf(least), String.valueOf(most));
            }
            return text;
        }

        List<String> lines(String field) {
            List<String> lines = Arrays.stream(text(field, 2, LONGEST_NOTE).split("\\R"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.size() > 50 || lines.stream().anyMatch(line -> line.length() > 500)) {
                wrong(field, "lines");
            }
            return lines;
        }

        @Nullable
        Integer number(String field, int least, int most) {
            if (!has(field)) {
                return null;
            }
            try {
                int number = new BigDecimal(value(field)).intValueExact();
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException | ArithmeticException e) {
                // said below
            }
            wrong(field, "number", String.valueOf(least), String.valueOf(most));
            return null;
        }

        CarrierEvent.Terms terms() {
            String hours = has("enteredHours") ? value("enteredHours") : null;
            if (!CarrierEvent.isHours(hours)) {
                wrong("enteredHours", "hours");
            }
            return new CarrierEvent.Terms(
                    number("enteredDailyCap", 1, 10_000),
                    number("enteredHourlyCap", 1, 1_000),
                    hours,
                    number("enteredProbationDays", 0, 730),
                    text("enteredTermsText", 2, LONGEST_NOTE));
        }
    }
}
