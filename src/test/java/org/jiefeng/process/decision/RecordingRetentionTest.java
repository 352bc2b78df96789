package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingRetentionTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("recording-retention", """
                        causes                   | callPlatform  => recordingsNeededDays | recordingsKeptDays
                        HIGH_FREQUENCY           | HOUSE_PBX     => 30                   | 180
                        COMPLAINT                | CLOUD_DIALLER => 30                   | 30
                        OUT_OF_HOURS             | UNKNOWN       => 30                   | 30
                        NO_CONSENT               | HOUSE_PBX     => 30                   | 180
                        FALSE_ADVERTISING        | HOUSE_PBX     => 30                   | 180
                        SUSPECTED_FRAUD          | HOUSE_PBX     => 30                   | 180
                        EXPIRED_DOCUMENTS        | HOUSE_PBX     => 0                    | 180
                        REALNAME_MISMATCH        | HOUSE_PBX     => 0                    | 180
                        ARREARS                  | CLOUD_DIALLER => 0                    | 30
                        CARRIER_POLICY           | HOUSE_PBX     => 0                    | 180
                        ARREARS,COMPLAINT        | CLOUD_DIALLER => 30                   | 30
                        CAUSE_OF_TOMORROW        | CLOUD_DIALLER => 30                   | 30
                        """));
    }
}
