package org.jiefeng.alternative;

import java.time.Instant;
import java.time.LocalDate;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;

/**
 * What decision {@code alternative-options} leaves open, and the facts that say why not.
 *
 * @param carrierOutcome the carrier's last answer, null before one
 * @param submissionRound how often the appeal went to the carrier, 0 for never
 * @param fraudSuspected whether a cause is suspected fraud
 * @param cardBar what the person's records have against a new card
 * @param complainUntil the last moment the regulator takes a complaint, null where nothing limits it
 * @param resubmitUntil the last moment the carrier takes a resubmission, null where nothing limits it
 * @param resubmissionOver whether that moment has passed
 */
record Options(
        boolean canResubmit,
        boolean canComplain,
        boolean canReplaceCard,
        boolean canTakeAdvice,
        @Nullable String carrierOutcome,
        long submissionRound,
        boolean complaintMade,
        boolean fraudSuspected,
        CardBar cardBar,
        @Nullable Instant complainUntil,
        @Nullable Instant resubmitUntil,
        boolean resubmissionOver) {

    private boolean carrierHasAnswered() {
        return "REJECTED".equals(carrierOutcome) || "NO_ANSWER".equals(carrierOutcome);
    }

    /** The last day of that time, for people to read; empty where nothing limits it. */
    String lastDayToComplain() {
        return day(complainUntil);
    }

    /** The last day for a resubmission; empty where nothing limits it. */
    String lastDayToResubmit() {
        return day(resubmitUntil);
    }

    private static String day(@Nullable Instant moment) {
        return moment == null
                ? ""
                : LocalDate.ofInstant(moment, WorkingCalendar.ZONE).toString();
    }

    String resubmission() {
        if (canResubmit) {
            return resubmitUntil == null ? "RESUBMIT.open" : "RESUBMIT.openUntil";
        }
        if (resubmissionOver) {
            return "RESUBMIT.tooLate";
        }
        return carrierHasAnswered() ? "RESUBMIT.roundsUsed" : "RESUBMIT.notSubmitted";
    }

    String complaint() {
        if (canComplain) {
            return "REGULATOR.open";
        }
        if (complaintMade) {
            return "REGULATOR.made";
        }
        return carrierHasAnswered() ? "REGULATOR.tooLate" : "REGULATOR.carrierFirst";
    }

    String replacement() {
        if (canReplaceCard) {
            return "REPLACEMENT.open";
        }
        if (fraudSuspected) {
            return "REPLACEMENT.FRAUD_BEFORE";
        }
        return cardBar == CardBar.NONE ? "REPLACEMENT.appealOpen" : "REPLACEMENT." + cardBar;
    }

    String advice() {
        return canTakeAdvice ? "ADVICE.open" : "ADVICE.regulatorFirst";
    }
}
