package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequiredEvidenceTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("required-evidence", """
                        causes            | repeatCount | carrier      | source   => requiredEvidence
                        CARRIER_POLICY    | 0           | CHINA_MOBILE | CARRIER  => BUSINESS_LICENCE,LEGAL_REPRESENTATIVE_ID,USAGE_COMMITMENT,CARDHOLDER_ID,SIGNED_COMMITMENT,CALL_RECORDS,CONSENT_PROOF,RISK_STATEMENT
                        HIGH_FREQUENCY    | 0           | CHINA_MOBILE | -        => BUSINESS_LICENCE,LEGAL_REPRESENTATIVE_ID,USAGE_COMMITMENT,CARDHOLDER_ID,SIGNED_COMMITMENT,CALL_RECORDS,CONSENT_PROOF,CALL_LIST,BUSINESS_SCENARIO_NOTE
                        HIGH_FREQUENCY    | 0           | CHINA_MOBILE | INTERNAL => CALL_RECORDS,CONSENT_PROOF,CALL_LIST,BUSINESS_SCENARIO_NOTE
                        COMPLAINT         | 0           | CHINA_UNICOM | INTERNAL => CALL_RECORDS,CONSENT_PROOF,RECTIFICATION_COMMITMENT,STAMPED_CALL_RECORDS,UNEDITED_RECORDINGS,NUMBER_USAGE_STATEMENT,SERVICE_AGREEMENT,SCRIPT_FIXES,COMPLAINT_RECORDS
                        OUT_OF_HOURS      | 0           | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,TIMESTAMPED_CALL_LIST,DIALLER_SETTINGS
                        NO_CONSENT        | 0           | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,CUSTOMER_AUTHORISATION,THIRTY_DAY_RECORDS
                        FALSE_ADVERTISING | 0           | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,SCRIPT_COMPLIANCE_PROOF,SAMPLE_RECORDINGS,FILED_SCRIPT_COMPARISON
                        EXPIRED_DOCUMENTS | 0           | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,RENEWED_DOCUMENTS
                        REALNAME_MISMATCH | 0           | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,STAMPED_STATEMENT,VIDEO_CHECK
                        SUSPECTED_FRAUD   | 0           | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,NOTICE_LISTED_MATERIALS,REVERIFICATION
                        ARREARS           | 0           | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,PAYMENT_PROOF
                        ARREARS           | 3           | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,PAYMENT_PROOF
                        HIGH_FREQUENCY    | 1           | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,CALL_LIST,BUSINESS_SCENARIO_NOTE,REPEAT_REPORT,EARLIER_APPEALS,TRAINING_RECORD
                        ARREARS,HIGH_FREQUENCY | 2      | MVNO         | INTERNAL => CALL_RECORDS,CONSENT_PROOF,CALL_LIST,BUSINESS_SCENARIO_NOTE,PAYMENT_PROOF,REPEAT_REPORT,EARLIER_APPEALS,TRAINING_RECORD
                        """));
    }
}
