package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProbationViolationTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("probation-violation", """
                        violation       | earlierViolations | severity => violationAction | suspensionToConfirm
                        NEW_SUSPENSION  | 0                 | LOW      => SUSPEND         | false
                        NEW_SUSPENSION  | 5                 | CRITICAL => SUSPEND         | false
                        SUSPECTED_FRAUD | 0                 | LOW      => SUSPEND         | true
                        CARD_LENT       | -                 | -        => SUSPEND         | true
                        SHORT_CALLS     | 2                 | MEDIUM   => SUSPEND         | true
                        DO_NOT_CALL     | 1                 | MEDIUM   => SUSPEND         | true
                        DO_NOT_CALL     | 0                 | MEDIUM   => TIGHTEN         | true
                        COMPLAINANT     | 0                 | HIGH     => TIGHTEN         | true
                        NO_CONSENT      | -                 | -        => TIGHTEN         | true
                        OUT_OF_HOURS    | 0                 | CRITICAL => TIGHTEN         | true
                        OUT_OF_HOURS    | 1                 | MEDIUM   => TIGHTEN         | true
                        OUT_OF_HOURS    | 0                 | HIGH     => WARN            | true
                        SAME_CALLEE     | -                 | -        => WARN            | true
                        A_NEW_CODE      | 0                 | MEDIUM   => WARN            | true
                        """));
    }
}
