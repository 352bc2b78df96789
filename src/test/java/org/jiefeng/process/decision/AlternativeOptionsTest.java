package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlternativeOptionsTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(
                DecisionRow.table("replacement-bar", """
                        causes                         => replacementBarred
                        SUSPECTED_FRAUD                => true
                        COMPLAINT,SUSPECTED_FRAUD      => true
                        COMPLAINT                      => false
                        """),
                DecisionRow.table("regulator-limit", """
                        causes                         => complaintMonths | recordingWorkingDays
                        ARREARS                        => 5               | 2
                        ARREARS,COMPLAINT              => 24              | 2
                        COMPLAINT                      => 24              | 2
                        """),
                DecisionRow.table("alternative-options", """
                        carrierOutcome | submissionRound | causes          | complaintMade | complaintInTime | route  => canResubmit | canComplain | canReplaceCard | canTakeAdvice
                        REJECTED       | 1               | COMPLAINT       | false         | true            | NORMAL => true        | true        | true           | false
                        REJECTED       | 1               | COMPLAINT       | false         | false           | NORMAL => true        | false       | true           | true
                        REJECTED       | 2               | COMPLAINT       | false         | false           | NORMAL => false       | false       | true           | true
                        NO_ANSWER      | 2               | COMPLAINT       | -             | false           | NORMAL => false       | false       | true           | true
                        NO_ANSWER      | 1               | SUSPECTED_FRAUD | false         | false           | NORMAL => true        | false       | false          | true
                        """),
                DecisionRow.table("alternative-options", """
                        carrierOutcome | submissionRound | causes          | complaintMade | route        => canResubmit | canComplain | canReplaceCard | canTakeAdvice
                        REJECTED       | 1               | COMPLAINT       | false         | NORMAL       => true        | true        | true           | false
                        REJECTED       | 1               | COMPLAINT       | -             | COMPLIANCE   => true        | true        | true           | false
                        REJECTED       | 1               | COMPLAINT       | true          | NORMAL       => true        | false       | true           | true
                        REJECTED       | 2               | COMPLAINT       | false         | NORMAL       => false       | true        | true           | false
                        REJECTED       | 3               | COMPLAINT       | false         | ALTERNATIVES => false       | true        | true           | false
                        REJECTED       | 2               | COMPLAINT       | true          | NORMAL       => false       | false       | true           | true
                        REJECTED       | 2               | SUSPECTED_FRAUD | true          | NORMAL       => false       | false       | false          | true
                        REJECTED       | 1               | SUSPECTED_FRAUD | false         | NORMAL       => true        | true        | false          | false
                        NO_ANSWER      | 1               | COMPLAINT       | false         | NORMAL       => true        | true        | false          | false
                        NO_ANSWER      | 1               | COMPLAINT       | true          | NORMAL       => true        | false       | true           | true
                        NO_ANSWER      | 2               | COMPLAINT       | false         | NORMAL       => false       | true        | false          | false
                        NO_ANSWER      | 2               | COMPLAINT       | true          | NORMAL       => false       | false       | true           | true
                        NONE           | 0               | COMPLAINT       | false         | ALTERNATIVES => false       | false       | true           | true
                        -              | -               | COMPLAINT       | -             | ALTERNATIVES => false       | false       | true           | true
                        NONE           | 0               | SUSPECTED_FRAUD | false         | ALTERNATIVES => false       | false       | false          | true
                        NONE           | 0               | COMPLAINT       | false         | NORMAL       => false       | false       | false          | true
                        """));
    }
}
