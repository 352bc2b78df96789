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
 * @param complainUntil the last moment the regulator takes a complaint, null where nothing limits it
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
        @Nullable Instant complainUntil) {

    private boolean carrierHasAnswered() {
        return "REJECTED".equals(carrierOutcome) || "NO_ANSWER".equals(carrierOutcome);
    }

    /** The last day of that time, for people to read; empty where nothing limits it. */
    String lastDayToComplain() {
        return complainUntil == null
                ? ""
                : LocalDate.ofInstant(complainUntil, WorkingCalendar.ZONE).toString();
    }

    String resubmission() {
        if (canResubmit) {
            return "RESUBMIT.open";
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
        return fraudSuspected ? "REPLACEMENT.fraud" : "REPLACEMENT.appealOpen";
    }

    String advice() {
        return canTakeAdvice ? "ADVICE.open" : "ADVICE.regulatorFirst";
    }
}
