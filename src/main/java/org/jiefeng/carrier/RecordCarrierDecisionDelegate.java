package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.CARRIER_EVENT_ID;

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
        decisions.record(Long.parseLong(CARRIER_EVENT_ID.get(execution)));
    }
}
