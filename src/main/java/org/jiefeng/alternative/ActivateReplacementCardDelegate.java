package org.jiefeng.alternative;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_ActivateReplacementCard}. */
@Component
class ActivateReplacementCardDelegate implements JavaDelegate {

    private final ReplacementCards cards;

    ActivateReplacementCardDelegate(ReplacementCards cards) {
        this.cards = cards;
    }

    @Override
    public void execute(DelegateExecution execution) {
        cards.activate(execution.getProcessBusinessKey());
    }
}
