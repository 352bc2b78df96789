package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppealPolicyTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(
                DecisionRow.table("case-severity", """
                        causes                       => severityRank
                        HIGH_FREQUENCY               => 2
                        COMPLAINT                    => 3
                        OUT_OF_HOURS                 => 2
                        NO_CONSENT                   => 3
                        FALSE_ADVERTISING            => 4
                        EXPIRED_DOCUMENTS            => 1
                        REALNAME_MISMATCH            => 2
                        SUSPECTED_FRAUD              => 4
                        ARREARS                      => 1
                        CARRIER_POLICY               => 1
                        ARREARS,COMPLAINT            => 3
                        COMPLAINT,FALSE_ADVERTISING,HIGH_FREQUENCY => 4
                        """),
                DecisionRow.table("severity-level", """
                        causes            | repeatCount => severity
                        SOMETHING_NEW     | 0           => MEDIUM
                        ARREARS           | 0           => LOW
                        ARREARS           | 3           => LOW
                        HIGH_FREQUENCY    | 0           => MEDIUM
                        HIGH_FREQUENCY    | -           => MEDIUM
                        HIGH_FREQUENCY    | 1           => HIGH
                        HIGH_FREQUENCY    | 2           => CRITICAL
                        HIGH_FREQUENCY    | 5           => CRITICAL
                        COMPLAINT         | 0           => HIGH
                        COMPLAINT         | 1           => CRITICAL
                        SUSPECTED_FRAUD   | 0           => CRITICAL
                        SUSPECTED_FRAUD   | 4           => CRITICAL
                        """),
                DecisionRow.table("repeat-rule", """
                        causes                           => countsAsRepeat | windowMonths
                        HIGH_FREQUENCY                   => true           | 12
                        REALNAME_MISMATCH                => true           | 12
                        ARREARS                          => false          | 12
                        EXPIRED_DOCUMENTS                => false          | 12
                        CARRIER_POLICY                   => false          | 12
                        ARREARS,CARRIER_POLICY           => false          | 12
                        ARREARS,COMPLAINT                => true           | 12
                        """),
                DecisionRow.table("retraining-due", """
                        causes                           => retrainingRequired
                        OUT_OF_HOURS                     => true
                        COMPLAINT,EXPIRED_DOCUMENTS      => true
                        CARRIER_POLICY                   => false
                        ARREARS,EXPIRED_DOCUMENTS        => false
                        """),
                DecisionRow.table("appeal-policy", """
                        causes                  | repeatCount | source   | accountState => severity | route        | repeatReportRequired | retrainingRequired | reviewGroup
                        HIGH_FREQUENCY          | 0           | CARRIER  | SUSPENDED    => MEDIUM   | NORMAL       | false                | true               | managers
                        HIGH_FREQUENCY          | -           | CARRIER  | SUSPENDED    => MEDIUM   | NORMAL       | false                | true               | managers
                        COMPLAINT               | 0           | CARRIER  | UNDER_REVIEW => HIGH     | NORMAL       | false                | true               | managers
                        NO_CONSENT              | 0           | INTERNAL | SUSPENDED    => HIGH     | NORMAL       | false                | true               | managers
                        COMPLAINT,HIGH_FREQUENCY| 1           | CARRIER  | SUSPENDED    => CRITICAL | COMPLIANCE   | true                 | true               | compliance
                        OUT_OF_HOURS            | 1           | INTERNAL | SUSPENDED    => HIGH     | COMPLIANCE   | true                 | true               | compliance
                        HIGH_FREQUENCY          | 2           | CARRIER  | SUSPENDED    => CRITICAL | ALTERNATIVES | true                 | true               | compliance
                        HIGH_FREQUENCY          | 7           | CARRIER  | SUSPENDED    => CRITICAL | ALTERNATIVES | true                 | true               | compliance
                        HIGH_FREQUENCY          | 2           | CARRIER  | UNDER_REVIEW => CRITICAL | COMPLIANCE   | true                 | true               | compliance
                        HIGH_FREQUENCY          | 2           | INTERNAL | SUSPENDED    => CRITICAL | COMPLIANCE   | true                 | true               | compliance
                        ARREARS                 | 0           | CARRIER  | SUSPENDED    => LOW      | NORMAL       | false                | false              | managers
                        CARRIER_POLICY          | 2           | CARRIER  | SUSPENDED    => LOW      | NORMAL       | false                | false              | managers
                        ARREARS,REALNAME_MISMATCH | 1         | CARRIER  | SUSPENDED    => HIGH     | COMPLIANCE   | true                 | true               | compliance
                        """));
    }
}
