package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetrainingPlanTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("retraining-plan", """
                        causes                        | violation            | repeatCount | renewedCourses => courses                               | passMark | drillPassMark | attemptsAllowed
                        HIGH_FREQUENCY                | -                    | -           | -              => CADENCE                               | 80       | 80            | 2
                        COMPLAINT                     | -                    | -           | -              => ATTITUDE,OPT_OUT,CALL_RECORDS         | 80       | 80            | 2
                        OUT_OF_HOURS                  | -                    | -           | -              => CALLING_HOURS                         | 80       | 80            | 2
                        NO_CONSENT                    | -                    | -           | -              => CONSENT,PIPL                          | 80       | 80            | 2
                        FALSE_ADVERTISING             | -                    | -           | -              => ADVERTISING_LAW                       | 80       | 80            | 2
                        REALNAME_MISMATCH             | -                    | -           | -              => REAL_NAME                             | 80       | 80            | 2
                        SUSPECTED_FRAUD               | -                    | -           | -              => ANTI_FRAUD                            | 80       | 80            | 2
                        EXPIRED_DOCUMENTS             | -                    | -           | -              => ""                                    | 80       | 80            | 2
                        ARREARS                       | -                    | -           | -              => ""                                    | 80       | 80            | 2
                        CARRIER_POLICY                | -                    | -           | -              => ""                                    | 80       | 80            | 2
                        ARREARS,CARRIER_POLICY        | -                    | -           | -              => ""                                    | 80       | 80            | 2
                        CARRIER_POLICY,HIGH_FREQUENCY | -                    | -           | -              => CADENCE,CARRIER_RULES                 | 80       | 80            | 2
                        COMPLAINT,HIGH_FREQUENCY      | -                    | -           | -              => CADENCE,ATTITUDE,OPT_OUT,CALL_RECORDS | 80       | 80            | 2
                        COMPLAINT                     | COMPLAINT_RATE       | -           | -              => ATTITUDE,OPT_OUT,CALL_RECORDS         | 80       | 80            | 2
                        -                             | HIGH_FREQUENCY       | -           | -              => CADENCE                               | 80       | 80            | 2
                        -                             | DAILY_CAP            | -           | -              => CADENCE                               | 80       | 80            | 2
                        -                             | HOURLY_CAP           | -           | -              => CADENCE                               | 80       | 80            | 2
                        -                             | SAME_CALLEE          | -           | -              => CADENCE                               | 80       | 80            | 2
                        -                             | SAME_CALLEE_GAP      | -           | -              => CADENCE                               | 80       | 80            | 2
                        -                             | SHORT_CALLS          | -           | -              => CADENCE                               | 80       | 80            | 2
                        -                             | REPEATED_NUMBERS     | -           | -              => CADENCE                               | 80       | 80            | 2
                        -                             | COMPLAINT            | -           | -              => ATTITUDE,OPT_OUT                      | 80       | 80            | 2
                        -                             | COMPLAINT_RATE       | -           | -              => ATTITUDE,OPT_OUT                      | 80       | 80            | 2
                        -                             | SPAM_MARKS           | -           | -              => ATTITUDE,OPT_OUT                      | 80       | 80            | 2
                        -                             | DO_NOT_CALL          | -           | -              => OPT_OUT                               | 80       | 80            | 2
                        -                             | COMPLAINANT          | -           | -              => OPT_OUT                               | 80       | 80            | 2
                        -                             | OUT_OF_HOURS         | -           | -              => CALLING_HOURS                         | 80       | 80            | 2
                        -                             | NON_WORKING_DAY      | -           | -              => CALLING_HOURS                         | 80       | 80            | 2
                        -                             | NO_CONSENT           | -           | -              => CONSENT,PIPL                          | 80       | 80            | 2
                        -                             | DATA_LEAK            | -           | -              => PIPL                                  | 80       | 80            | 2
                        -                             | FALSE_ADVERTISING    | -           | -              => ADVERTISING_LAW                       | 80       | 80            | 2
                        -                             | UNFILED_SCRIPT       | -           | -              => ADVERTISING_LAW                       | 80       | 80            | 2
                        -                             | CARD_LENT            | -           | -              => REAL_NAME                             | 80       | 80            | 2
                        -                             | SUSPECTED_FRAUD      | -           | -              => ANTI_FRAUD                            | 80       | 80            | 2
                        -                             | RESTRICTED_NUMBER    | -           | -              => CARRIER_RULES                         | 80       | 80            | 2
                        -                             | RELEASE_CONDITION    | -           | -              => CARRIER_RULES                         | 80       | 80            | 2
                        -                             | SOMETHING_NEW        | -           | -              => ATTITUDE                              | 80       | 80            | 2
                        -                             | -                    | -           | -              => ""                                    | 80       | 80            | 2
                        -                             | CALL_NOT_RECORDED    | -           | -              => CALL_RECORDS                          | 80       | 80            | 2
                        -                             | ANOMALY_NOT_REPORTED | -           | -              => REPORTING                             | 80       | 80            | 2
                        -                             | SELF_CHECK_MISSED    | -           | -              => REPORTING                             | 80       | 80            | 2
                        OUT_OF_HOURS                  | -                    | 1           | -              => CALLING_HOURS,REPORTING               | 80       | 80            | 2
                        OUT_OF_HOURS                  | -                    | 0           | -              => CALLING_HOURS                         | 80       | 80            | 2
                        ARREARS                       | -                    | 2           | -              => ""                                    | 80       | 80            | 2
                        -                             | -                    | -           | CADENCE,PIPL   => CADENCE,PIPL                          | 80       | 80            | 2
                        """));
    }
}
