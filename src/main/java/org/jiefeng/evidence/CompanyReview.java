package org.jiefeng.evidence;

import java.time.Instant;
import java.util.List;

/**
 * The company's judgement of an application (R57).
 *
 * @param decision {@code APPROVE}, {@code RETURN} or {@code DECLINE}
 * @param reasonCodes why not, as codes with texts {@code evidence.reason.<code>}
 * @param reason why not, in the reviewer's words
 */
record CompanyReview(
        int round, String decision, List<String> reasonCodes, String reason, String reviewer, Instant reviewedAt) {

    CompanyReview {
        reasonCodes = List.copyOf(reasonCodes);
    }

    enum ReasonCode {
        ITEM_MISSING,
        FILE_UNREADABLE,
        ROOT_CAUSE_UNCLEAR,
        MEASURES_TOO_WEAK,
        FACTS_CONTRADICT,
        NOT_TRUTHFUL,
        OTHER
    }
}
