package org.jiefeng.carrier;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.PostponedException;
import org.springframework.stereotype.Component;

/** Implements {@code Task_SendSupplement}. Safe to retry: the number of the sealed supplement is part of the key. */
@Component
class SendSupplementDelegate implements JavaDelegate {

    private final Supplements supplements;

    SendSupplementDelegate(Supplements supplements) {
        this.supplements = supplements;
    }

    @Override
    public void execute(DelegateExecution execution) {
        try {
            supplements.send(execution.getProcessBusinessKey());
        } catch (CarrierBusyException e) {
            throw new PostponedException(e.until(), e);
        }
    }
}
