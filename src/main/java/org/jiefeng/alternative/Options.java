package org.jiefeng.alternative;

import org.jspecify.annotations.Nullable;

/**
 * What decision {@code alternative-options} leaves open, and the facts that say why not.
 *
 * @param carrierOutcome the carrier's last answer, null before one
 * @param submissionRound how often the appeal went to the carrier, 0 for never
 * @param fraudSuspected whether a cause is suspected fraud
 */
record Options(
        boolean canResubmit,
        boolean canComplain,
        boolean canReplaceCard,
        boolean canTakeAdvice,
        @Nullable String carrierOutcome,
        long submissionRound,
        boolean complaintMade,
        boolean fraudSuspected) {

    private boolean carrierHasAnswered() {
        return "REJECTED".equals(carrierOutcome) || "NO_ANSWER".equals(carrierOutcome);
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
        return carrierHasAnswered() ? "REGULATOR.resubmitFirst" : "REGULATOR.carrierFirst";
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
