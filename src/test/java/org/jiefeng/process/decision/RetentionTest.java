package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("retention", """
                        dataKind        => keptFor | keptUnit
                        CASE            => 3       | YEARS
                        IDENTITY        => 30      | DAYS
                        RECORDING       => 180     | DAYS
                        CONSENT_PROOF   => 3       | YEARS
                        DO_NOT_CALL     => 0       | ALWAYS
                        CALL_RECORD     => 12      | MONTHS
                        COMPLAINT       => 3       | YEARS
                        PREVENTION      => 3       | YEARS
                        CONDUCT         => 3       | YEARS
                        TRAINING        => 3       | YEARS
                        ANOMALY         => 1       | YEARS
                        ABSENCE         => 1       | YEARS
                        ABSENCE_NOTE    => 30      | DAYS
                        NOTIFICATION    => 90      | DAYS
                        CARRIER_MESSAGE => 180     | DAYS
                        EMPLOYEE        => 2       | YEARS
                        DECISION_LOG    => 1       | YEARS
                        OPERATION_LOG   => 3       | YEARS
                        HOUSEKEEPING    => 30      | DAYS
                        DELETION        => 5       | YEARS
                        """));
    }
}
