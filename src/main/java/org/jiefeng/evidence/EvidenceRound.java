package org.jiefeng.evidence;

/**
 * A stretch of time in which evidence is brought: by the applicant for the application or for a supplement the carrier
 * wants, by the department head for recordings that would be deleted.
 *
 * @param number 1 for the first of its kind in the case
 */
record EvidenceRound(long id, String appealNumber, Kind kind, int number, State state) {

    enum Kind {
        APPLICATION,
        SUPPLEMENT,
        RESCUE
    }

    enum State {
        /** It may be changed. */
        OPEN,
        /** Under the company's review, which must see what it approves. */
        IN_REVIEW,
        SEALED,
        /** Declined by the company, or a rescue that is over. */
        CLOSED
    }

    boolean isOpen() {
        return state == State.OPEN;
    }
}
