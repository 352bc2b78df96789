package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.CARRIER;
import static org.jiefeng.process.AppealVariables.CARRIER_DECIDED_AT;
import static org.jiefeng.process.AppealVariables.CAUSES;
import static org.jiefeng.process.AppealVariables.FOLLOW_UP_AT;
import static org.jiefeng.process.AppealVariables.REJECTION_REASONS;
import static org.jiefeng.process.AppealVariables.REVIEW_HOURS;
import static org.jiefeng.process.AppealVariables.REVIEW_STARTED_AT;
import static org.jiefeng.process.AppealVariables.REVIEW_WORKING_DAYS;
import static org.jiefeng.process.AppealVariables.SUBMISSION_CHANNEL;
import static org.jiefeng.process.AppealVariables.SUBMISSION_ROUND;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.account.Carrier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code Task_PrepareSubmission}: the next round, written down before anything leaves the house. */
@Component
class PrepareSubmissionDelegate implements JavaDelegate {

    private static final String DECISION = "carrier-service-level";

    private final Submissions submissions;
    private final CarrierInbox inbox;
    private final CarrierDates dates;
    private final Locale locale;
    private final Clock clock;

    PrepareSubmissionDelegate(
            Submissions submissions, CarrierInbox inbox, CarrierDates dates, Locale deploymentLocale, Clock clock) {
        this.submissions = submissions;
        this.inbox = inbox;
        this.dates = dates;
        this.locale = deploymentLocale;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long round = SUBMISSION_ROUND.find(execution).orElse(0L) + 1;
        AppealKey key = new AppealKey(execution.getProcessBusinessKey(), Math.toIntExact(round));
        // Only a case that was closed and reopened has any for a round that begins.
        inbox.reopenLate(key);
        submissions.prepare(
                key,
                Carrier.valueOf(CARRIER.get(execution)),
                List.of(CAUSES.get(execution).split(",")),
                REVIEW_WORKING_DAYS.get(execution),
                guidance(execution));
        SUBMISSION_ROUND.set(execution, round);
        // What an earlier round was promised says nothing about this one.
        execution.removeVariable(FOLLOW_UP_AT.name());
        execution.removeVariable(REVIEW_STARTED_AT.name());
        execution.removeVariable(CARRIER_DECIDED_AT.name());
        execution.removeVariable(REJECTION_REASONS.name());
        if (Submission.API.equals(SUBMISSION_CHANNEL.get(execution))) {
            dates.submitted(
                    execution.getProcessBusinessKey(),
                    clock.instant(),
                    REVIEW_WORKING_DAYS.get(execution),
                    REVIEW_HOURS.find(execution).orElse(0L),
                    "system");
        }
    }

    /** Not mapped to variables by the diagram: it is text for people. */
    private Guidance guidance(DelegateExecution execution) {
        DmnDecisionRuleResult rule = execution
                .getProcessEngineServices()
                .getDecisionService()
                .evaluateDecisionTableByKey(DECISION)
                .variables(Variables.putValue(CARRIER.name(), CARRIER.get(execution))
                        .putValue(CAUSES.name(), CAUSES.get(execution)))
                .evaluate()
                .getSingleResult();
        return new Guidance(
                rule.getEntry("portal"),
                rule.getEntry("hotline"),
                rule.getEntry("hours"),
                inWords(rule, "papers"),
                inWords(rule, "fileLimits"),
                rule.getEntry("usualDays"),
                inWords(rule, "escalation"),
                rule.getEntry("source"),
                rule.getEntry("verifiedOn"),
                Objects.requireNonNullElse(rule.<Long>getEntry("staleAfterDays"), 0L));
    }

    private @Nullable String inWords(DmnDecisionRuleResult rule, String output) {
        return rule.getEntry(Locale.CHINESE.getLanguage().equals(locale.getLanguage()) ? output + "Zh" : output);
    }
}
