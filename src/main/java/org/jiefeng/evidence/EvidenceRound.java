package org.jiefeng.evidence;

/**
 * A stretch of time in which the applicant brings evidence: for the application, or for a supplement the carrier wants.
 *
 * @param number 1 for the first of its kind in the case
 */
record EvidenceRound(long id, String appealNumber, Kind kind, int number, State state) {

    enum Kind {
        APPLICATION,
        SUPPLEMENT
    }

    enum State {
        /** The applicant may change it. */
        OPEN,
        /** Under the company's review, which must see what it approves. */
        IN_REVIEW,
        SEALED,
        /** Declined by the company. */
        CLOSED
    }

    boolean isOpen() {
        return state == State.OPEN;
    }
}
