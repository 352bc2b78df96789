package org.jiefeng.process;

import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Whether an ended case may be reopened: decision {@code reopening}, asked before somebody puts work into a request. */
@Component
public class ReopeningRule {

    private static final String DECISION = "reopening";

    private final DecisionService decisions;

    /** @param decisions lazy, because listeners are made while the engine is still being built */
    ReopeningRule(@Lazy DecisionService decisions) {
        this.decisions = decisions;
    }

    /**
     * Why not, as a code; empty when it may.
     *
     * @param outcome how the case ended
     * @param daysClosed calendar days since
     * @param timesReopened how often it was reopened already
     * @param bar what the account has against it, {@code NONE} for nothing
     */
    public Optional<String> refusal(String outcome, long daysClosed, long timesReopened, String bar) {
        DmnDecisionRuleResult rule = decisions
                .evaluateDecisionTableByKey(DECISION)
                .variables(Variables.putValue(AppealVariables.CASE_OUTCOME.name(), outcome)
                        .putValue(AppealVariables.DAYS_CLOSED.name(), daysClosed)
                        .putValue(AppealVariables.TIMES_REOPENED.name(), timesReopened)
                        .putValue(AppealVariables.REOPENING_BAR.name(), bar))
                .evaluate()
                .getSingleResult();
        return Boolean.TRUE.equals(rule.<Boolean>getEntry("mayReopen"))
                ? Optional.empty()
                : Optional.of(rule.getEntry("reopeningRefusal"));
    }
}
