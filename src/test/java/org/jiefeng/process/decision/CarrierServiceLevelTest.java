package org.jiefeng.process.decision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CarrierServiceLevelTest {

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(
                DecisionRow.table("cause-review-days", """
                        causes            => causeReviewDays
                        HIGH_FREQUENCY    => 5
                        COMPLAINT         => 15
                        OUT_OF_HOURS      => 5
                        NO_CONSENT        => 15
                        FALSE_ADVERTISING => 15
                        EXPIRED_DOCUMENTS => 5
                        REALNAME_MISMATCH => 5
                        SUSPECTED_FRAUD   => 5
                        ARREARS           => 2
                        CARRIER_POLICY    => 5
                        ARREARS,HIGH_FREQUENCY => 5
                        """),
                DecisionRow.table("carrier-service-level", """
                        carrier        | causes                   => submissionChannel | reviewWorkingDays | followUpWorkingDays | noAnswerDays | supplementDueWorkingDays
                        CHINA_MOBILE   | HIGH_FREQUENCY           => API               | 5                 | 2                   | 15           | 3
                        CHINA_UNICOM   | HIGH_FREQUENCY           => MANUAL            | 7                 | 2                   | 15           | 3
                        CHINA_TELECOM  | OUT_OF_HOURS             => MANUAL            | 7                 | 2                   | 15           | 3
                        CHINA_BROADNET | SUSPECTED_FRAUD          => MANUAL            | 7                 | 2                   | 15           | 3
                        MVNO           | REALNAME_MISMATCH        => API               | 5                 | 2                   | 15           | 3
                        ANOTHER        | REALNAME_MISMATCH        => MANUAL            | 7                 | 2                   | 15           | 3
                        CHINA_MOBILE   | COMPLAINT,HIGH_FREQUENCY => API               | 15                | 2                   | 15           | 3
                        CHINA_UNICOM   | NO_CONSENT               => MANUAL            | 15                | 2                   | 15           | 3
                        CHINA_UNICOM   | SOMETHING_NEW            => MANUAL            | 7                 | 2                   | 15           | 3
                        CHINA_UNICOM   | ARREARS                  => MANUAL            | 2                 | 1                   | 15           | 3
                        CHINA_MOBILE   | ARREARS,COMPLAINT        => API               | 15                | 2                   | 15           | 3
                        """),
                DecisionRow.table("carrier-service-level", """
                        carrier        | causes         => portal           | hotline | hours       | verifiedOn
                        CHINA_MOBILE   | HIGH_FREQUENCY => www.10086.cn     | "10086" | 09:00-18:00 | 2026-11-24
                        CHINA_UNICOM   | ARREARS        => www.10010.com    | "10010" | 09:00-18:00 | 2026-11-24
                        CHINA_TELECOM  | HIGH_FREQUENCY => www.189.cn       | "10000" | 09:00-18:00 | ""
                        CHINA_BROADNET | HIGH_FREQUENCY => www.10099.com.cn | "10099" | 09:00-18:00 | ""
                        MVNO           | HIGH_FREQUENCY => ""               | ""      | 09:00-18:00 | ""
                        ANOTHER        | HIGH_FREQUENCY => ""               | ""      | 09:00-18:00 | ""
                        """),
                DecisionRow.table("carrier-service-level", """
                        carrier        | causes            => escalationWorkingDays | reviewHours | usualDays | staleAfterDays | fileLimitsZh
                        CHINA_MOBILE   | COMPLAINT         => 8                     | 0           | 3-5       | 180            | PDF、JPG或PNG，单个不超过10 MB
                        CHINA_UNICOM   | ARREARS           => 2                     | 48          | ""        | 180            | PDF、JPG或PNG，单个不超过10 MB
                        CHINA_UNICOM   | ARREARS,COMPLAINT => 8                     | 0           | 5-7       | 180            | PDF、JPG或PNG，单个不超过10 MB
                        """),
                DecisionRow.table("carrier-book", """
                        carrier        => resubmissionDays
                        CHINA_MOBILE   => 30
                        CHINA_UNICOM   => 30
                        CHINA_TELECOM  => 30
                        CHINA_BROADNET => 30
                        MVNO           => 30
                        ANOTHER        => 30
                        """),
                DecisionRow.table("carrier-service-level", """
                        carrier        | causes         => source
                        CHINA_TELECOM  | HIGH_FREQUENCY => blob.wenxiaobai.com/article/18236881-afdd-7b07-b782-030a286a74aa
                        CHINA_BROADNET | HIGH_FREQUENCY => ""
                        """));
    }
}
