package org.jiefeng.reinstatement;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The strictest of carrier, decision and house wins, kind by kind and day by day. */
class ReleaseTermsTest {

    @ParameterizedTest(name = "carrier {0} and decision {1} within {2} days: {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    DAILY_CAP=40               | DAILY_CAP=50                                  | 30 | DAILY_CAP=40@1- C, DAILY_CAP=40@after C
                    DAILY_CAP=60               | DAILY_CAP=50@1-7;DAILY_CAP=80@8-end           | 30 | DAILY_CAP=50@1-7 D, DAILY_CAP=60@8- C, DAILY_CAP=60@after C
                    DAILY_CAP=50@3-10          | DAILY_CAP=50@1-7;DAILY_CAP=80@8-end           | 30 | DAILY_CAP=50@1-2 D, DAILY_CAP=50@3-7 CD, DAILY_CAP=50@8-10 C, DAILY_CAP=80@11- D
                    ''                         | DAILY_CAP=50@1-7;DAILY_CAP=50@8-end           | 30 | DAILY_CAP=50@1- D
                    DAILY_CAP=200@after        | DAILY_CAP=150@after                           | 30 | DAILY_CAP=150@after D
                    HOURLY_CAP=30              | HOURLY_CAP=15@1-end                           | 30 | HOURLY_CAP=15@1- D, HOURLY_CAP=30@after C
                    SAME_CALLEE=2/day          | SAME_CALLEE=3/day                             | 0  | SAME_CALLEE=2/day@after C
                    SAME_CALLEE_GAP=20         | SAME_CALLEE_GAP=30                            | 0  | SAME_CALLEE_GAP=30@after D
                    QUALITY_CHECK=10           | QUALITY_CHECK=100                             | 0  | QUALITY_CHECK=100@after D
                    HOURS=08:30-20:30          | HOURS=09:30-18:00                             | 0  | HOURS=09:30-18:00@after D
                    HOURS=10:00-20:30          | HOURS=09:30-18:00                             | 0  | HOURS=10:00-18:00@after CD
                    HOURS=18:00-20:00          | HOURS=09:30-18:00                             | 0  | HOURS=none@after CD
                    WORKING_DAYS_ONLY          | CONSENTED_ONLY                                | 0  | WORKING_DAYS_ONLY@after C, CONSENTED_ONLY@after D
                    BAR_COMPLAINANTS           | BAR_COMPLAINANTS                              | 0  | BAR_COMPLAINANTS@after CD
                    Only test numbers first    | CONSENTED_ONLY                                | 0  | CARRIER_TERM=Only test numbers first@after C, CONSENTED_ONLY@after D
                    DAILY_CAP=few              | DAILY_CAP=50                                  | 0  | CARRIER_TERM=DAILY_CAP=few@after C, DAILY_CAP=50@after D
                    """)
    void strictestWins(String carrier, String decision, int days, String expected) {
        assertThat(inShort(terms(carrier, decision, days, days == 0 ? 0 : 5))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "carrier {0}, decision {1}/{2}: {3} days, check every {4}")
    @CsvSource({
        "PROBATION_DAYS=60,                 30, 5, 60, 5",
        "PROBATION_DAYS=14,                 30, 5, 30, 5",
        "PROBATION_DAYS=45,                  0, 0, 45, 7",
        "PROBATION_DAYS=45;SELF_CHECK_DAYS=3, 0, 0, 45, 3",
        "SELF_CHECK_DAYS=9,                 30, 5, 30, 5",
        "DAILY_CAP=40@1-90,                 30, 5, 90, 5",
        "DAILY_CAP=40,                       0, 0,  0, 0"
    })
    void longestProbationCounts(String carrier, int decided, int decidedCheck, int days, int selfCheckDays) {
        ReleaseTerms terms = terms(carrier, "", decided, decidedCheck);

        assertThat(terms.probationDays()).isEqualTo(days);
        assertThat(terms.selfCheckDays()).isEqualTo(selfCheckDays);
    }

    @Test
    void onlyRulesThatAreStrictestSomewhereAreEffective() {
        ReleaseTerms terms = terms("DAILY_CAP=60;PROBATION_DAYS=10", "DAILY_CAP=50@1-7;DAILY_CAP=80@8-end", 30, 5);

        assertThat(terms.effective())
                .extracting(ConditionRule::text)
                .containsExactly("DAILY_CAP=60", "DAILY_CAP=50@1-7");
    }

    @Test
    void ourOwnRulesMustBeWellFormed() {
        assertThatIllegalArgumentException().isThrownBy(() -> terms("", "DAILY_CAP=many", 30, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> terms("", "be nice", 30, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> terms("", "HOURS=18:00-09:00", 30, 5));
    }

    private static ReleaseTerms terms(String carrier, String decision, int days, int selfCheckDays) {
        List<ConditionRule> rules = new ArrayList<>(ConditionRule.parse(Origin.CARRIER, carrier));
        rules.addAll(ConditionRule.parse(Origin.DECISION, decision));
        return ReleaseTerms.strictest(rules, days, selfCheckDays, 7);
    }

    private static String inShort(ReleaseTerms terms) {
        return terms.conditions().stream()
                .map(c -> c.kind()
                        + (c.value().isEmpty() ? "" : "=" + c.value())
                        + (c.standing() ? "@after" : "@" + c.fromDay() + "-" + (c.toDay() == null ? "" : c.toDay()))
                        + " "
                        + c.origins().stream()
                                .map(o -> o.name().substring(0, 1))
                                .collect(joining()))
                .collect(joining(", "));
    }
}
