package org.jiefeng.process;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What people are told, in the deployment's language: decision {@code notification-texts}, with its gaps filled in. */
@Component
public class NotificationTexts {

    static final String DECISION = "notification-texts";

    /** What a text may leave open; {@link DecisionRevisions} refuses every other gap. */
    static final Set<String> PLACEHOLDERS = Set.of("task", "number", "due", "link");

    static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private static final String UNKNOWN = "–";

    private final DecisionService decisions;
    private final JiefengProperties.Language language;

    /** @param decisions lazy, because listeners are made while the engine is still being built */
    NotificationTexts(@Lazy DecisionService decisions, JiefengProperties properties) {
        this.decisions = decisions;
        this.language = properties.language();
    }

    /** A subject of one line, and what else there is to say. */
    public record Text(String subject, String body) {}

    /**
     * The text for somebody, or nothing when nobody is to be told.
     *
     * @param event what happened, e.g. {@code NEW_TASK}
     * @param channel {@code MAIL} or {@code ROBOT}
     * @param audience in which capacity the reader hears of it, e.g. {@code ASSIGNEE}
     * @param task the id of the user task in its diagram
     * @param gaps by placeholder
     */
    public Optional<Text> find(
            String event, String channel, String audience, @Nullable String task, Map<String, String> gaps) {
        DmnDecisionRuleResult row = decisions
                .evaluateDecisionTableByKey(DECISION)
                .variables(Variables.putValue("event", event)
                        .putValue("channel", channel)
                        .putValue("audience", audience)
                        .putValue("task", task == null ? "" : task))
                .evaluate()
                .getFirstResult();
        if (row == null || !Boolean.TRUE.equals(row.<Boolean>getEntry("send"))) {
            return Optional.empty();
        }
        String suffix = language == JiefengProperties.Language.ZH ? "Zh" : "";
        String subject = filled(row.getEntry("subject" + suffix), gaps);
        return Optional.of(
                new Text(subject.replaceAll("\\s+", " ").strip(), filled(row.getEntry("text" + suffix), gaps)));
    }

    private static String filled(@Nullable String text, Map<String, String> gaps) {
        return PLACEHOLDER
                .matcher(text == null ? "" : text)
                .replaceAll(gap -> Matcher.quoteReplacement(
                        PLACEHOLDERS.contains(gap.group(1))
                                ? gaps.getOrDefault(gap.group(1), UNKNOWN)
                                // A gap nobody fills stays as it is, for everybody to see.
                                : gap.group()));
    }
}
