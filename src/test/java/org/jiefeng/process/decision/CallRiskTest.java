package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallRiskTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("call-risk", """
                        callsCounted | complaintsCounted | complaintRatePerTenThousand | violation       => riskAction
                        1000         | 0                 | 0                           | -               => NONE
                        1000         | 1                 | 10                          | COMPLAINT       => NONE
                        1000         | 1                 | 10                          | COMPLAINT_RATE  => NONE
                        50           | 1                 | 200                         | COMPLAINT       => TRAIN
                        49           | 1                 | 204                         | COMPLAINT       => NONE
                        334          | 1                 | 29                          | -               => NONE
                        333          | 1                 | 30                          | -               => WARN
                        1000         | 2                 | 20                          | COMPLAINT       => WARN
                        10           | 2                 | 2000                        | COMPLAINT       => WARN
                        1000         | 3                 | 30                          | COMPLAINT       => TRAIN
                        10           | 3                 | 3000                        | COMPLAINT       => TRAIN
                        101          | 1                 | 99                          | -               => WARN
                        100          | 1                 | 100                         | -               => TRAIN
                        100          | 2                 | 299                         | COMPLAINT_RATE  => TRAIN
                        100          | 3                 | 300                         | COMPLAINT_RATE  => STOP
                        49           | 2                 | 408                         | COMPLAINT_RATE  => WARN
                        0            | 0                 | 0                           | SUSPECTED_FRAUD => STOP
                        0            | 0                 | 0                           | CARD_LENT       => STOP
                        0            | 0                 | 0                           | NO_CONSENT      => TRAIN
                        0            | 0                 | 0                           | DO_NOT_CALL     => TRAIN
                        0            | 0                 | 0                           | COMPLAINANT     => TRAIN
                        0            | 0                 | 0                           | FALSE_ADVERTISING => TRAIN
                        0            | 0                 | 0                           | UNFILED_SCRIPT  => TRAIN
                        0            | 0                 | 0                           | DATA_LEAK       => TRAIN
                        0            | 0                 | 0                           | SPAM_MARKS      => WARN
                        500          | 0                 | 0                           | OUT_OF_HOURS    => WARN
                        500          | 0                 | 0                           | SAME_CALLEE     => WARN
                        """));
    }
}
