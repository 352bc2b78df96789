package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReopeningTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.table("reopening", """
                caseOutcome     | daysClosed | timesReopened | reopeningBar  => mayReopen | reopeningRefusal
                WITHDRAWN       | 0          | 0             | NONE          => true      | ""
                WITHDRAWN       | 30         | 1             | NONE          => true      | ""
                WITHDRAWN       | 31         | 0             | NONE          => false     | TOO_LATE
                WITHDRAWN       | 1          | 2             | NONE          => false     | TIMES
                NOT_SUPPORTED   | 90         | 0             | NONE          => true      | ""
                NOT_SUPPORTED   | 91         | 0             | NONE          => false     | TOO_LATE
                NOT_RESTORABLE  | 180        | 0             | NONE          => true      | ""
                NOT_RESTORABLE  | 181        | 0             | NONE          => false     | TOO_LATE
                LIFTED          | 1          | 0             | NONE          => false     | OUTCOME
                REINSTATED      | 1          | 0             | NONE          => false     | OUTCOME
                SUSPENDED_AGAIN | 1          | 0             | NONE          => false     | OUTCOME
                -               | -          | -             | -             => false     | OUTCOME
                WITHDRAWN       | 1          | 0             | OTHER_APPEAL  => false     | OTHER_APPEAL
                NOT_RESTORABLE  | 1          | 0             | CARD_CLOSED   => false     | CARD_CLOSED
                WITHDRAWN       | 1          | 0             | NOT_SUSPENDED => false     | NOT_SUSPENDED
                """);
    }
}
