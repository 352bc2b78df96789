package org.jiefeng.reinstatement;

import org.jspecify.annotations.Nullable;

/** What an employee on probation says about the own calls (R61, R62). */
record SelfCheck(
        boolean scriptFollowed,
        boolean capKept,
        boolean hoursKept,
        @Nullable String remarks,
        boolean anomalyReported,
        @Nullable String anomaly) {

    boolean isClean() {
        return scriptFollowed && capKept && hoursKept && !anomalyReported;
    }
}
