package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.CARRIER_DECIDED_AT;
import static org.jiefeng.process.AppealVariables.CARRIER_EVENT_ID;
import static org.jiefeng.process.AppealVariables.REJECTION_REASONS;

import java.util.Date;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_RecordCarrierDecision}: keeps decision, terms and reasons, and publishes them. */
@Component
class RecordCarrierDecisionDelegate implements JavaDelegate {

    private final CarrierDecisions decisions;

    RecordCarrierDecisionDelegate(CarrierDecisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CarrierDecision decision = decisions.record(Long.parseLong(CARRIER_EVENT_ID.get(execution)));
        CARRIER_DECIDED_AT.set(execution, Date.from(decision.decidedAt()));
        REJECTION_REASONS.set(
                execution,
                decision.reasons().stream()
                        .map(CarrierEvent.Reason::code)
                        .distinct()
                        .collect(Collectors.joining(",")));
    }
}
