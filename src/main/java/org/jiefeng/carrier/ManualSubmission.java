package org.jiefeng.carrier;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;

/**
 * What the liaison writes down after handing an appeal in by portal or hotline, under the names of form {@code
 * submit-through-portal}.
 *
 * @param submittedAt null when no readable time was given
 * @param receiptNumber empty where the carrier gave none
 * @param receivedAt when the carrier confirmed that it has it
 * @param paidAt when arrears were paid
 */
record ManualSubmission(
        String channel,
        String ticket,
        @Nullable Instant submittedAt,
        String receiptNumber,
        @Nullable Instant receivedAt,
        @Nullable Instant paidAt) {

    private static final String TICKET = "[A-Za-z0-9][A-Za-z0-9._/-]{2,63}";

    ManualSubmission(String channel, String ticket, @Nullable Instant submittedAt) {
        this(channel, ticket, submittedAt, "", null, null);
    }

    static ManualSubmission read(Map<String, String> fields) {
        return new ManualSubmission(
                text(fields, "channelUsed"),
                text(fields, "ticketNumber"),
                moment(text(fields, "submittedAt")),
                text(fields, "receiptNumber"),
                moment(text(fields, "receivedAt")),
                moment(text(fields, "paidAt")));
    }

    private static String text(Map<String, String> fields, String name) {
        return Objects.requireNonNullElse(fields.get(name), "").strip();
    }

    /** Local time in Shanghai as forms send it, or with an offset of its own. */
    private static @Nullable Instant moment(String text) {
        try {
            return LocalDateTime.parse(text).atZone(WorkingCalendar.ZONE).toInstant();
        } catch (DateTimeParseException e) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException stillUnreadable) {
                return null;
            }
        }
    }

    /**
     * What is wrong with it.
     *
     * @param suspendedAt nothing was submitted before it
     */
    List<FieldProblem> problems(Instant suspendedAt, Instant now, CarrierTexts texts) {
        List<FieldProblem> problems = new ArrayList<>();
        if (!ContactChannel.isOne(channel)) {
            problems.add(new FieldProblem("channelUsed", texts.of("problem.choose")));
        }
        if (!ticket.matches(TICKET)) {
            problems.add(new FieldProblem("ticketNumber", texts.of("problem.ticket")));
        }
        if (submittedAt == null || submittedAt.isAfter(now) || submittedAt.isBefore(suspendedAt)) {
            problems.add(new FieldProblem("submittedAt", texts.of("problem.submittedAt")));
        }
        if (!receiptNumber.isEmpty() && !receiptNumber.matches(TICKET)) {
            problems.add(new FieldProblem("receiptNumber", texts.of("problem.ticket")));
        }
        if (receivedAt != null
                && (receivedAt.isAfter(now) || submittedAt != null && receivedAt.isBefore(submittedAt))) {
            problems.add(new FieldProblem("receivedAt", texts.of("problem.receivedAt")));
        }
        if (paidAt != null && paidAt.isAfter(now)) {
            problems.add(new FieldProblem("paidAt", texts.of("problem.paidAt")));
        }
        return problems;
    }

    /** Since when the carrier's time runs: the law counts from the payment where arrears were the cause. */
    Instant reviewStart() {
        return paidAt == null ? Objects.requireNonNull(submittedAt) : paidAt;
    }
}
