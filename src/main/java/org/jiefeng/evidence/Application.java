package org.jiefeng.evidence;

import java.util.List;

/**
 * The formal application of one round (R55, R56).
 *
 * @param problem what happened
 * @param rootCause why it happened
 * @param doneNow what was done at once
 * @param prevention what keeps it from happening again
 * @param consent separate consent to hand sensitive data to the carrier (PIPL art. 29)
 * @param declaration that everything is true (R16)
 */
record Application(
        String problem,
        String rootCause,
        String doneNow,
        String prevention,
        boolean consent,
        boolean declaration,
        List<ImprovementMeasure> measures) {

    Application {
        measures = List.copyOf(measures);
    }

    static Application empty() {
        return new Application("", "", "", "", false, false, List.of());
    }

    /** For a new round: the texts stay, what was confirmed must be confirmed again. */
    Application unconfirmed() {
        return new Application(problem, rootCause, doneNow, prevention, false, false, measures);
    }
}
