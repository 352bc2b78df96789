package org.jiefeng.calling;

/** What decision {@code call-risk} judges: the calls and complaints of a period. */
record CallRisk(long calls, long complaints) {

    /** Complaints per 10,000 calls; complaints without a call count as one each. */
    long complaintsPerTenThousand() {
        return complaints == 0 ? 0 : complaints * 10_000 / Math.max(calls, 1);
    }
}
