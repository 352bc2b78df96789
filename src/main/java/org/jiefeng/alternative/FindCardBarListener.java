package org.jiefeng.alternative;

import static org.jiefeng.process.AppealVariables.CARD_BAR;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Before {@code Task_DetermineOptions}: looks up what the person's records have against a new card. */
@Component
class FindCardBarListener implements ExecutionListener {

    private final ReplacementCards cards;

    FindCardBarListener(ReplacementCards cards) {
        this.cards = cards;
    }

    @Override
    public void notify(DelegateExecution execution) {
        CARD_BAR.set(execution, cards.bar(execution.getProcessBusinessKey()).name());
    }
}
