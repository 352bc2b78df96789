package org.jiefeng.reinstatement;

import static org.jiefeng.process.AppealVariables.EARLIER_VIOLATIONS;
import static org.jiefeng.process.AppealVariables.PROBATION_VIOLATION_ID;
import static org.jiefeng.process.AppealVariables.VIOLATED_AT;
import static org.jiefeng.process.AppealVariables.VIOLATION;

import java.time.Clock;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_RecordViolation}; several violations may be under way, so that which one it is stays with this path. */
@Component
class RecordViolationDelegate implements JavaDelegate {

    private final ProbationViolations violations;
    private final Clock clock;

    RecordViolationDelegate(ProbationViolations violations, Clock clock) {
        this.violations = violations;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ProbationViolations.Recorded recorded = violations.record(
                execution.getProcessBusinessKey(),
                VIOLATION.get(execution),
                VIOLATED_AT.find(execution).map(Date::toInstant).orElseGet(clock::instant));
        PROBATION_VIOLATION_ID.setLocal(execution, recorded.id());
        EARLIER_VIOLATIONS.setLocal(execution, recorded.earlier());
    }
}
