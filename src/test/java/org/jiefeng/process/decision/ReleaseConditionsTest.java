package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleaseConditionsTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(
                DecisionRow.table("probation-length", """
                        causes                       | repeatCount => probationDays
                        HIGH_FREQUENCY               | 0           => 30
                        COMPLAINT                    | 0           => 30
                        OUT_OF_HOURS                 | -           => 30
                        NO_CONSENT                   | 0           => 60
                        FALSE_ADVERTISING            | 0           => 90
                        SUSPECTED_FRAUD              | 0           => 90
                        EXPIRED_DOCUMENTS            | 0           => 0
                        REALNAME_MISMATCH            | 1           => 0
                        ARREARS                      | 2           => 0
                        CARRIER_POLICY               | 0           => 0
                        COMPLAINT,NO_CONSENT         | 0           => 60
                        HIGH_FREQUENCY               | 1           => 60
                        HIGH_FREQUENCY               | 2           => 90
                        SUSPECTED_FRAUD              | 1           => 90
                        """), DecisionRow.table("release-conditions", """
                        causes                  | severity | repeatCount => probationDays | selfCheckDays | releaseConditions
                        HIGH_FREQUENCY          | MEDIUM   | 0           => 30            | 7             | DAILY_CAP=50@1-end;DAILY_CAP=150@after;HOURLY_CAP=15;HOURS=09:00-21:00;SAME_CALLEE=3/day;SAME_CALLEE_GAP=30;BAR_COMPLAINANTS;BAR_DO_NOT_CALL;BAR_CARRIER_LISTED
                        COMPLAINT               | HIGH     | 0           => 30            | 5             | DAILY_CAP=50@1-end;DAILY_CAP=150@after;HOURLY_CAP=15;HOURS=09:00-21:00;SAME_CALLEE=3/day;SAME_CALLEE_GAP=30;BAR_COMPLAINANTS;BAR_DO_NOT_CALL;BAR_CARRIER_LISTED
                        OUT_OF_HOURS            | MEDIUM   | 0           => 30            | 7             | DAILY_CAP=80@1-end;DAILY_CAP=150@after;HOURLY_CAP=15;HOURS=09:30-18:00;WORKING_DAYS_ONLY;SAME_CALLEE=3/day;SAME_CALLEE_GAP=30;BAR_COMPLAINANTS;BAR_DO_NOT_CALL;BAR_CARRIER_LISTED
                        NO_CONSENT              | HIGH     | 0           => 60            | 5             | DAILY_CAP=80@1-end;DAILY_CAP=150@after;HOURLY_CAP=15;HOURS=09:00-21:00;CONSENTED_ONLY;SAME_CALLEE=3/day;SAME_CALLEE_GAP=30;BAR_COMPLAINANTS;BAR_DO_NOT_CALL;BAR_CARRIER_LISTED
                        FALSE_ADVERTISING       | CRITICAL | 0           => 90            | 3             | DAILY_CAP=80@1-end;DAILY_CAP=150@after;HOURLY_CAP=15;HOURS=09:00-21:00;FILED_SCRIPT;QUALITY_CHECK=100;SAME_CALLEE=3/day;SAME_CALLEE_GAP=30;BAR_COMPLAINANTS;BAR_DO_NOT_CALL;BAR_CARRIER_LISTED
                        SUSPECTED_FRAUD         | CRITICAL | 0           => 90            | 3             | DAILY_CAP=80@1-end;DAILY_CAP=150@after;HOURLY_CAP=15;HOURS=09:00-21:00;CONSENTED_ONLY;SAME_CALLEE=3/day;SAME_CALLEE_GAP=30;BAR_COMPLAINANTS;BAR_DO_NOT_CALL;BAR_CARRIER_LISTED
                        HIGH_FREQUENCY,OUT_OF_HOURS | -    | 1           => 60            | 7             | DAILY_CAP=50@1-end;DAILY_CAP=150@after;HOURLY_CAP=15;HOURS=09:30-18:00;WORKING_DAYS_ONLY;SAME_CALLEE=3/day;SAME_CALLEE_GAP=30;BAR_COMPLAINANTS;BAR_DO_NOT_CALL;BAR_CARRIER_LISTED
                        ARREARS                 | LOW      | 0           => 0             | 0             | DAILY_CAP=150@after;HOURLY_CAP=15;HOURS=09:00-21:00;SAME_CALLEE=3/day;SAME_CALLEE_GAP=30;BAR_COMPLAINANTS;BAR_DO_NOT_CALL;BAR_CARRIER_LISTED
                        """));
    }
}
