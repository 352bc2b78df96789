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
                DecisionRow.table("replacement-bar", """
                        causes          | cardBar       => replacementBarred
                        COMPLAINT       | NONE          => false
                        COMPLAINT       | FRAUD_BEFORE  => true
                        COMPLAINT       | APPEAL_OPEN   => true
                        COMPLAINT       | ON_PROBATION  => true
                        COMPLAINT       | TRAINING_OPEN => true
                        SUSPECTED_FRAUD | NONE          => true
                        """),
                DecisionRow.table("rejection-guide", """
                        rejectionReason       => resubmission | evidence
                        EVIDENCE_INSUFFICIENT => NEW_EVIDENCE | BUSINESS_SCENARIO_NOTE,CALL_RECORDS,CONSENT_PROOF
                        CONSENT_NOT_PROVEN    => NEW_EVIDENCE | CUSTOMER_AUTHORISATION,CONSENT_PROOF
                        DOCUMENTS_INVALID     => NEW_EVIDENCE | RENEWED_DOCUMENTS
                        RECORDINGS_EDITED     => NEW_EVIDENCE | UNEDITED_RECORDINGS
                        IDENTITY_NOT_VERIFIED => NEW_EVIDENCE | STAMPED_STATEMENT,VIDEO_CHECK
                        VIOLATION_CONFIRMED   => NEW_EVIDENCE | RECTIFICATION_COMMITMENT
                        REPEATED_VIOLATION    => UNLIKELY     | RECTIFICATION_COMMITMENT,TRAINING_RECORD
                        FRAUD_SUSPECTED       => NEW_EVIDENCE | REVERIFICATION
                        OTHER                 => ASK_FIRST    | ""
                        SOMETHING_NEW         => ASK_FIRST    | ""
                        ""                    => ASK_FIRST    | ""
                        """),
                DecisionRow.table("rejection-guide", """
                        rejectionReason   => adviceZh
                        RECORDINGS_EDITED => 提交完整、未剪辑的通话录音，以外呼平台导出的原始文件为准。
                        """),
                DecisionRow.table("alternative-options", """
                        carrierOutcome | submissionRound | causes    | complaintMade | resubmissionInTime | cardBar       | route  => canResubmit | canComplain | canReplaceCard | canTakeAdvice
                        REJECTED       | 1               | COMPLAINT | false         | true               | NONE          | NORMAL => true        | true        | true           | false
                        REJECTED       | 1               | COMPLAINT | false         | false              | NONE          | NORMAL => false       | true        | true           | false
                        REJECTED       | 1               | COMPLAINT | true          | false              | TRAINING_OPEN | NORMAL => false       | false       | false          | true
                        REJECTED       | 2               | COMPLAINT | true          | false              | NONE          | NORMAL => false       | false       | true           | true
                        NO_ANSWER      | 1               | COMPLAINT | false         | true               | ON_PROBATION  | NORMAL => true        | true        | false          | false
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
