package org.jiefeng.calling;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.Stage;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/**
 * Implements {@code Task_FindCallViolations}: tells a person's probation what was broken the day before, and opens a risk
 * case for everybody else for whom decision {@code call-risk} asks for something, and never a second one while the first
 * is under way.
 */
@Component
class FindCallViolationsDelegate implements JavaDelegate {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final RiskCases riskCases;
    private final ViolationFinder finder;
    private final CallingRecords records;
    private final AppealService appeals;
    private final CaseMessenger messenger;
    private final Clock clock;

    FindCallViolationsDelegate(
            RiskCases riskCases,
            ViolationFinder finder,
            CallingRecords records,
            AppealService appeals,
            CaseMessenger messenger,
            Clock clock) {
        this.riskCases = riskCases;
        this.finder = finder;
        this.records = records;
        this.appeals = appeals;
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
            Optional<String> broken = finder.gravest(employee, yesterday, midnight);
            List<String> probations = probationsOf(employee);
            if (!probations.isEmpty()) {
                // A rate stays high for days; only a new complaint makes it news.
                broken.or(() -> Optional.of("COMPLAINT_RATE")
                                .filter(rate -> records.countComplaints(employee, yesterday, midnight) > 0
                                        && asksForAction(decisions, riskCases.measure(employee), rate)))
                        .filter(violation -> records.reportOnce(employee, violation, today.minusDays(1)))
                        .ifPresent(violation -> probations.forEach(
                                number -> messenger.violationInProbation(number, violation, Date.from(yesterday))));
                continue;
            }
            if (isUnderWay(employee)) {
                continue;
            }
            String violation = broken.orElse("COMPLAINT_RATE");
            if (asksForAction(decisions, riskCases.measure(employee), violation)) {
                messenger.startPrevention(riskCases.open(employee, violation), employee, violation);
            }
        }
    }

    /** A probation answers for itself what its person did; a risk case beside it would warn twice. */
    private List<String> probationsOf(String employee) {
        return appeals.ofEmployee(employee).stream()
                .filter(appeal -> appeal.stage() == Stage.PROBATION)
                .map(Appeal::number)
                .filter(messenger::answersViolations)
                .toList();
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
