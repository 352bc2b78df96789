package org.jiefeng.process.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every decision table in {@code processes/}, today's and tomorrow's. */
class EveryRuleTest {

    @Test
    void everyRuleOfEveryTableIsMatchedByATestRow() {
        Set<String> matched = Decisions.matchedWhile(() -> everyTestRow().forEach(DecisionRow::check));

        assertThat(elements(Rule.class).map(DmnElement::getId))
                .as("rules without a test row")
                .hasSizeGreaterThan(100)
                .filteredOn(rule -> !matched.contains(rule))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleNamesItsSource(Rule rule) {
        assertThat(text(rule)).as(rule.getId()).matches("(Source|Law|Our default): .+");
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void everyDecisionIsExplainedInBothLanguagesAndKeepsItsHistory(Decision decision) {
        assertThat(text(decision))
                .as(decision.getId())
                .matches("(?s).*[a-z]{4}.*")
                .matches("(?s).*\\p{IsHan}{4}.*");
        assertThat(decision.getCamundaHistoryTimeToLiveString()).isEqualTo("P1095D");
    }

    @Test
    void decisionIdsAreUniqueAcrossFiles() {
        assertThat(elements(Decision.class).map(DmnElement::getId)).doesNotHaveDuplicates();
    }

    static Stream<Rule> rules() {
        return elements(Rule.class);
    }

    static Stream<Decision> decisions() {
        return elements(Decision.class);
    }

    private static Stream<DecisionRow> everyTestRow() {
        return DecisionRow.all(
                AlternativeOptionsTest.rows(),
                AppealPolicyTest.rows(),
                CallRiskTest.rows(),
                CarrierServiceLevelTest.rows(),
                CertificateValidityTest.rows(),
                NotificationTextsTest.rows(),
                ProbationViolationTest.rows(),
                ReleaseConditionsTest.rows(),
                RecognitionTest.rows(),
                ReleaseStepTest.rows(),
                RecordingRetentionTest.rows(),
                RemindersTest.rows(),
                ReopeningTest.rows(),
                RequiredEvidenceTest.rows(),
                RetentionTest.rows(),
                RetrainingPlanTest.rows());
    }

    private static <T extends ModelElementInstance> Stream<T> elements(Class<T> type) {
        return Decisions.models().values().stream().flatMap(model -> model.getModelElementsByType(type).stream());
    }

    private static String text(DmnElement element) {
        return element.getDescription() == null ? "" : element.getDescription().getTextContent();
    }
}
