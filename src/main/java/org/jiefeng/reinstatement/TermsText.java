package org.jiefeng.reinstatement;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jiefeng.reinstatement.ReleaseTerms.Condition;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Terms in words, as the employee reads and accepts them (R21). */
@Component
class TermsText {

    private final MessageSource messages;
    private final Locale locale;

    TermsText(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /** A list in Markdown: the probation first, then each condition with its days and where it comes from. */
    String of(ReleaseTerms terms) {
        StringBuilder text = new StringBuilder(
                terms.probationDays() == 0
                        ? text("terms.noProbation")
                        : text("terms.probation", terms.probationDays(), terms.selfCheckDays()));
        if (terms.probationDays() > 0) {
            text.append("\n- ").append(text("step.rule"));
        }
        for (Condition condition : terms.conditions()) {
            text.append("\n- ")
                    .append(text(
                            "terms.line",
                            inWords(condition),
                            days(condition, terms.probationDays()),
                            origins(condition.origins())));
        }
        return text.toString();
    }

    private String inWords(Condition condition) {
        String value = condition.value();
        if (condition.kind().equals("HOURS") && value.equals(ConditionKind.NO_HOURS)) {
            return text("condition.HOURS.none");
        }
        String shown = condition.kind().equals(SealedNumber.KIND)
                ? SealedNumber.read(value).mask()
                : value.replace("/day", "");
        return messages.getMessage(
                "reinstatement.condition." + condition.kind(),
                new Object[] {shown},
                condition.kind() + " " + value,
                locale);
    }

    private String days(Condition condition, int probationDays) {
        Integer from = condition.fromDay();
        Integer to = condition.toDay();
        if (from == null) {
            return text(probationDays == 0 ? "days.always" : "days.after");
        }
        if (to == null) {
            return from == 1 ? text("days.probation") : text("days.untilEnd", from);
        }
        return text("days.range", from, to);
    }

    private String origins(List<Origin> origins) {
        return origins.stream().map(origin -> text("origin." + origin)).collect(Collectors.joining(text("origin.and")));
    }

    String text(String key, Object... arguments) {
        return messages.getMessage("reinstatement." + key, arguments, locale);
    }
}
