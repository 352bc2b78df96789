package org.jiefeng.alternative;

import static org.jiefeng.process.AppealVariables.CAN_COMPLAIN;
import static org.jiefeng.process.AppealVariables.CAN_REPLACE_CARD;
import static org.jiefeng.process.AppealVariables.CAN_RESUBMIT;
import static org.jiefeng.process.AppealVariables.CAN_TAKE_ADVICE;
import static org.jiefeng.process.AppealVariables.CARD_BAR;
import static org.jiefeng.process.AppealVariables.CARRIER_OUTCOME;
import static org.jiefeng.process.AppealVariables.CAUSES;
import static org.jiefeng.process.AppealVariables.COMPLAINT_MADE;
import static org.jiefeng.process.AppealVariables.COMPLAIN_UNTIL;
import static org.jiefeng.process.AppealVariables.REJECTION_EVIDENCE;
import static org.jiefeng.process.AppealVariables.REJECTION_REASONS;
import static org.jiefeng.process.AppealVariables.RESUBMIT_UNTIL;
import static org.jiefeng.process.AppealVariables.SUBMISSION_ROUND;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.process.Deadlines;
import org.jiefeng.process.ProcessVariable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code Task_ExplainOptions}. */
@Component
class ExplainOptionsDelegate implements JavaDelegate {

    private static final String DECISION = "rejection-guide";

    private final Alternatives alternatives;
    private final Clock clock;
    private final AlternativeTexts texts;

    ExplainOptionsDelegate(Alternatives alternatives, Clock clock, AlternativeTexts texts) {
        this.alternatives = alternatives;
        this.clock = clock;
        this.texts = texts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        List<Advice> advice = advice(execution);
        Instant resubmitUntil = limit(RESUBMIT_UNTIL, execution);
        alternatives.explain(
                execution.getProcessBusinessKey(),
                new Options(
                        CAN_RESUBMIT.get(execution),
                        CAN_COMPLAIN.get(execution),
                        CAN_REPLACE_CARD.get(execution),
                        CAN_TAKE_ADVICE.get(execution),
                        CARRIER_OUTCOME.find(execution).orElse(null),
                        SUBMISSION_ROUND.find(execution).orElse(0L),
                        COMPLAINT_MADE.find(execution).orElse(false),
                        List.of(CAUSES.get(execution).split(",")).contains("SUSPECTED_FRAUD"),
                        CardBar.valueOf(CARD_BAR.find(execution).orElse("NONE")),
                        limit(COMPLAIN_UNTIL, execution),
                        resubmitUntil,
                        resubmitUntil != null && !clock.instant().isBefore(resubmitUntil)),
                advice);
        REJECTION_EVIDENCE.set(
                execution,
                advice.stream()
                        .flatMap(each -> each.evidence().stream())
                        .distinct()
                        .collect(Collectors.joining(",")));
    }

    /** What never ends limits nothing. */
    private static @Nullable Instant limit(ProcessVariable<Date> variable, DelegateExecution execution) {
        return variable.find(execution)
                .filter(until -> !Deadlines.isNever(until))
                .map(Date::toInstant)
                .orElse(null);
    }

    /** Not mapped to variables by the diagram: it is text for people, and there may be several reasons. */
    private List<Advice> advice(DelegateExecution execution) {
        if (!"REJECTED".equals(CARRIER_OUTCOME.find(execution).orElse(null))) {
            return List.of();
        }
        return Arrays.stream(REJECTION_REASONS.find(execution).orElse("").split(","))
                .map(reason -> advice(
                        reason,
                        execution
                                .getProcessEngineServices()
                                .getDecisionService()
                                .evaluateDecisionTableByKey(DECISION)
                                .variables(Variables.putValue("rejectionReason", reason))
                                .evaluate()
                                .getSingleResult()))
                .toList();
    }

    private Advice advice(String reason, DmnDecisionRuleResult rule) {
        return new Advice(
                reason,
                rule.getEntry(texts.isChinese() ? "adviceZh" : "advice"),
                rule.getEntry("resubmission"),
                Arrays.stream(rule.<String>getEntry("evidence").split(","))
                        .filter(code -> !code.isBlank())
                        .toList());
    }
}
