package org.jiefeng.process.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people are told: the right row for each reader, and the same in both languages. */
class NotificationTextsTest {

    private static final Pattern GAP = Pattern.compile("\\{[^}]*}");

    @ParameterizedTest
    @MethodSource("rows")
    void decides(DecisionRow row) {
        row.check();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysTheSameInBothLanguagesAndLeadsSomewhere(DecisionRow row) {
        Map<String, Object> texts = Decisions.evaluate("notification-texts", row.inputs())
                .getFirstResult()
                .getEntryMap();

        for (String text : Set.of("subject", "text")) {
            String english = String.valueOf(texts.get(text));
            String chinese = String.valueOf(texts.get(text + "Zh"));
            assertThat(english).doesNotContainPattern("\\p{IsHan}");
            if (GAP.matcher(english).replaceAll("").matches("(?s).*\\p{L}.*")) {
                assertThat(chinese).containsPattern("\\p{IsHan}");
            }
            assertThat(gaps(chinese)).isEqualTo(gaps(english)).isSubsetOf("{task}", "{number}", "{due}", "{link}");
        }
        assertThat(gaps(String.valueOf(texts.get("text")))).contains("{link}");
        // A line break is one, not two characters that look like it.
        assertThat(String.valueOf(texts.get("text"))).doesNotContain("\\n");
    }

    /** Somebody's own task is nobody else's business in a chat. */
    @Test
    void aChatHearsNothingOfWhatIsOnePersonsTask() {
        for (String event : Set.of("NEW_TASK", "DUE_SOON")) {
            assertThat(Decisions.evaluate(
                            "notification-texts",
                            Map.of("event", event, "channel", "ROBOT", "audience", "DEPARTMENT", "task", "Task_X")))
                    .isEmpty();
        }
    }

    private static Set<String> gaps(String text) {
        return new TreeSet<>(GAP.matcher(text).results().map(MatchResult::group).toList());
    }

    static Stream<DecisionRow> rows() {
        return DecisionRow.all(DecisionRow.table("notification-texts", """
                event | channel | audience | task => send | subject
                NEW_TASK         | MAIL  | ASSIGNEE   | Task_ProvideSupplement => true | "The carrier asks for more material: {number}"
                NEW_TASK         | MAIL  | ASSIGNEE   | Task_JudgeReport       => true | "New task: {task} ({number})"
                NEW_TASK         | MAIL  | GROUP      | Task_HoldDrill         => true | "New task for your group: {task} ({number})"
                NEW_TASK         | ROBOT | GROUP      | Task_HoldDrill         => true | "New task: {task} ({number})"
                DUE_SOON         | MAIL  | ASSIGNEE   | Task_JudgeReport       => true | "Due soon: {task} ({number})"
                DUE_SOON         | MAIL  | GROUP      | Task_HoldDrill         => true | "Due soon: {task} ({number})"
                DUE_SOON         | ROBOT | GROUP      | Task_HoldDrill         => true | "Due soon, not yet claimed: {task} ({number})"
                OVERDUE          | MAIL  | ASSIGNEE   | Task_JudgeReport       => true | "Overdue: {task} ({number})"
                OVERDUE          | ROBOT | DEPARTMENT | Task_JudgeReport       => true | "Overdue: {task} ({number})"
                OVERDUE          | ROBOT | GROUP      | Task_HoldDrill         => true | "Overdue: {task} ({number})"
                DECISION_ARRIVED | MAIL  | APPLICANT  | ""                     => true | "The carrier has decided: {number}"
                DECISION_ARRIVED | MAIL  | MANAGER    | ""                     => true | "The carrier has decided: {number}"
                DECISION_ARRIVED | ROBOT | GROUP      | ""                     => true | "The carrier has decided: {number}"
                SUPPLEMENT_ASKED | MAIL  | MANAGER    | ""                     => true | "The carrier asks for more material: {number}"
                SUPPLEMENT_ASKED | ROBOT | GROUP      | ""                     => true | "The carrier asks for more material: {number}"
                ANSWER_NEARLY_DUE | MAIL  | MANAGER   | ""                     => true | "A forwarded complaint is still to be answered: {number}"
                CERTIFICATE_ENDS  | MAIL  | APPLICANT | ""                     => true | "A certificate of training ends soon: {number}"
                ANSWER_NEARLY_DUE | ROBOT | GROUP     | ""                     => true | "A forwarded complaint is still to be answered: {number}"
                FAULT_SETTLED    | MAIL  | APPLICANT  | ""                     => true | "Settled whose fault it was: {number}"
                RECOGNISED       | MAIL  | APPLICANT  | ""                     => true | "Your work has been recognised"
                REOPENING_DECIDED | MAIL  | APPLICANT | ""                     => true | "Decided whether your case is reopened: {number}"
                """));
    }
}
