package org.jiefeng.alternative;

import java.util.List;

/**
 * What decision {@code rejection-guide} says about one reason of a rejection.
 *
 * @param reason the carrier's code, empty where it gave none
 * @param text what to do, in the deployment's language
 * @param resubmission NEW_EVIDENCE, ASK_FIRST or UNLIKELY
 * @param evidence item codes to be brought anew
 */
record Advice(String reason, String text, String resubmission, List<String> evidence) {

    Advice {
        evidence = List.copyOf(evidence);
    }
}
