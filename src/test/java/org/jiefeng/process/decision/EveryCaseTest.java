package org.jiefeng.process.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the causes, the carrier and the count: each decision the diagrams ask answers exactly once, with every output
 * set. A gap would stop a case with an incident.
 */
class EveryCaseTest {

    private static final List<String> CAUSES = List.of(
            "ARREARS",
            "CARRIER_POLICY",
            "COMPLAINT",
            "EXPIRED_DOCUMENTS",
            "FALSE_ADVERTISING",
            "HIGH_FREQUENCY",
            "NO_CONSENT",
            "OUT_OF_HOURS",
            "REALNAME_MISMATCH",
            "SUSPECTED_FRAUD");

    private static final List<String> CARRIERS =
            List.of("CHINA_MOBILE", "CHINA_UNICOM", "CHINA_TELECOM", "CHINA_BROADNET", "MVNO");

    private static final Map<String, List<String>> OUTPUTS = Map.of(
            "appeal-policy", List.of("severity", "route", "repeatReportRequired", "retrainingRequired", "reviewGroup"),
            "required-evidence", List.of("requiredEvidence"),
            "carrier-service-level",
                    List.of(
                            "submissionChannel",
                            "reviewWorkingDays",
                            "followUpWorkingDays",
                            "noAnswerDays",
                            "supplementDueWorkingDays"),
            "release-conditions", List.of("releaseConditions", "probationDays", "selfCheckDays"),
            "retraining-plan", List.of("courses", "passMark", "drillPassMark", "attemptsAllowed"));

    private static final Map<String, Map<String, Object>> FIRST_CASES = new HashMap<>();

    @ParameterizedTest
    @MethodSource("causePairs")
    void decisionsAnswerOnceForEveryPairOfCauses(String causes) {
        int mix = Math.floorMod(causes.hashCode(), 60);
        // A pair meets one count, carrier, source and state: all combinations would take minutes.
        List<Integer> repeatCounts = causes.contains(",") ? List.of(mix % 4) : List.of(0, 1, 2, 3);
        for (int repeatCount : repeatCounts) {
            Map<String, Object> facts = new HashMap<>(Map.of(
                    "causes",
                    causes,
                    "carrier",
                    CARRIERS.get((mix + repeatCount) % 5),
                    "repeatCount",
                    (long) repeatCount,
                    "source",
                    mix % 3 == 0 ? "INTERNAL" : "CARRIER",
                    "accountState",
                    mix % 2 == 0 ? "UNDER_REVIEW" : "SUSPENDED"));
            facts.put("severity", answer("appeal-policy", facts).get("severity"));

            OUTPUTS.keySet().forEach(decision -> answer(decision, facts));
        }
    }

    /** The strictest condition of two causes is never milder than that of one of them. */
    @ParameterizedTest
    @MethodSource("causePairs")
    void twoCausesAreNeverMilderThanOne(String causes) {
        for (String cause : causes.split(",")) {
            assertThat(number("release-conditions", "probationDays", causes))
                    .isGreaterThanOrEqualTo(number("release-conditions", "probationDays", cause));
            assertThat(number("carrier-service-level", "reviewWorkingDays", causes))
                    .isGreaterThanOrEqualTo(number("carrier-service-level", "reviewWorkingDays", cause));
            assertThat(items("required-evidence", "requiredEvidence", causes))
                    .containsAll(items("required-evidence", "requiredEvidence", cause));
            assertThat(items("retraining-plan", "courses", causes))
                    .containsAll(items("retraining-plan", "courses", cause));
        }
    }

    static Stream<String> causePairs() {
        List<String> pairs = new ArrayList<>(CAUSES);
        for (int i = 0; i < CAUSES.size(); i++) {
            for (int j = i + 1; j < CAUSES.size(); j++) {
                pairs.add(CAUSES.get(i) + "," + CAUSES.get(j));
            }
        }
        return pairs.stream();
    }

    private static Map<String, Object> answer(String decision, Map<String, Object> facts) {
        List<Map<String, Object>> answers = Decisions.evaluate(decision, facts).getResultList();

        assertThat(answers).as("%s for %s", decision, facts).hasSize(1);
        assertThat(answers.get(0))
                .as("%s for %s", decision, facts)
                .containsKeys(OUTPUTS.get(decision).toArray(String[]::new));
        assertThat(answers.get(0).values()).as("%s for %s", decision, facts).doesNotContainNull();
        return answers.get(0);
    }

    private static long number(String decision, String output, String causes) {
        return (Long) one(decision, causes).get(output);
    }

    private static List<String> items(String decision, String output, String causes) {
        String joined = (String) one(decision, causes).get(output);
        return joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }

    private static Map<String, Object> one(String decision, String causes) {
        return FIRST_CASES.computeIfAbsent(
                decision + " " + causes,
                key -> answer(
                        decision,
                        Map.of("causes", causes, "carrier", "MVNO", "repeatCount", 0L, "severity", "MEDIUM")));
    }
}
