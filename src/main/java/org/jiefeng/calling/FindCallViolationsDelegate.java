package org.jiefeng.calling;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/**
 * Implements {@code Task_FindCallViolations}: opens a risk case for everybody for whom decision {@code call-risk} asks for
 * something, and never a second one while the first is under way.
 */
@Component
class FindCallViolationsDelegate implements JavaDelegate {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final RiskCases riskCases;
    private final ViolationFinder finder;
    private final CaseMessenger messenger;
    private final Clock clock;

    FindCallViolationsDelegate(RiskCases riskCases, ViolationFinder finder, CaseMessenger messenger, Clock clock) {
        this.riskCases = riskCases;
        this.finder = finder;
        this.messenger = messenger;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        DecisionService decisions = execution.getProcessEngineServices().getDecisionService();
        LocalDate today = LocalDate.now(clock.withZone(SHANGHAI));
        Instant yesterday = today.minusDays(1).atStartOfDay(SHANGHAI).toInstant();
        Instant midnight = today.atStartOfDay(SHANGHAI).toInstant();
        for (String employee : riskCases.candidates()) {
            if (isUnderWay(employee)) {
                continue;
            }
            String violation = finder.gravest(employee, yesterday, midnight).orElse("COMPLAINT_RATE");
            if (asksForAction(decisions, riskCases.measure(employee), violation)) {
                messenger.startPrevention(riskCases.open(employee, violation), employee, violation);
            }
        }
    }

    // A case that needed no action ends without passing any step of ours, so the engine is asked whether it still runs.
    private boolean isUnderWay(String employee) {
        Optional<String> open = riskCases.openOf(employee);
        if (open.isPresent() && !messenger.isRunning(open.get())) {
            riskCases.close(open.get());
            return false;
        }
        return open.isPresent();
    }

    private static boolean asksForAction(DecisionService decisions, CallRisk risk, String violation) {
        String action = decisions
                .evaluateDecisionByKey("call-risk")
                .variables(Variables.putValue(AppealVariables.CALLS_COUNTED.name(), risk.calls())
                        .putValue(AppealVariables.COMPLAINTS_COUNTED.name(), risk.complaints())
                        .putValue(
                                AppealVariables.COMPLAINT_RATE_PER_TEN_THOUSAND.name(), risk.complaintsPerTenThousand())
                        .putValue(AppealVariables.VIOLATION.name(), violation))
                .evaluate()
                .getSingleResult()
                .getEntry(AppealVariables.RISK_ACTION.name());
        return !"NONE".equals(action);
    }
}
