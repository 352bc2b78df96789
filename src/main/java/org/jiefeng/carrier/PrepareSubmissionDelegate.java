package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.CARRIER;
import static org.jiefeng.process.AppealVariables.CAUSES;
import static org.jiefeng.process.AppealVariables.REVIEW_WORKING_DAYS;
import static org.jiefeng.process.AppealVariables.SUBMISSION_ROUND;

import java.util.List;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.account.Carrier;
import org.springframework.stereotype.Component;

/** Implements {@code Task_PrepareSubmission}: the next round, written down before anything leaves the house. */
@Component
class PrepareSubmissionDelegate implements JavaDelegate {

    private static final String DECISION = "carrier-service-level";

    private final Submissions submissions;

    PrepareSubmissionDelegate(Submissions submissions) {
        this.submissions = submissions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long round = SUBMISSION_ROUND.find(execution).orElse(0L) + 1;
        submissions.prepare(
                new AppealKey(execution.getProcessBusinessKey(), Math.toIntExact(round)),
                Carrier.valueOf(CARRIER.get(execution)),
                List.of(CAUSES.get(execution).split(",")),
                REVIEW_WORKING_DAYS.get(execution),
                guidance(execution));
        SUBMISSION_ROUND.set(execution, round);
    }

    /** Not mapped to variables by the diagram: it is text for people. */
    private static Guidance guidance(DelegateExecution execution) {
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
                rule.getEntry("source"),
                rule.getEntry("verifiedOn"));
    }
}
