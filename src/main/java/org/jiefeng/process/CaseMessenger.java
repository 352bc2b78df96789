package org.jiefeng.process;

import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Starts cases and brings messages to running ones, so that features need not know the engine. */
@Component
public class CaseMessenger {

    private final RuntimeService runtime;

    CaseMessenger(RuntimeService runtime) {
        this.runtime = runtime;
    }

    /**
     * Starts {@code account-appeal} for a stored notice; runs synchronously up to the first human task, in the caller's
     * transaction.
     *
     * @param noticeReference the stored notice
     */
    @Transactional
    public void startAppeal(String noticeReference) {
        runtime.createMessageCorrelation(AppealProcess.ACCOUNT_SUSPENDED)
                .setVariable(AppealVariables.NOTICE_REFERENCE.name(), noticeReference)
                .correlateStartMessage();
    }

    /**
     * Brings a message to the running case that waits for it.
     *
     * @param message a name from {@link AppealProcess}
     * @param appealNumber the business key
     * @param values process variables to set, by declared name
     * @return false when nothing waits for it now: too early, too late, or the case has ended
     */
    @Transactional
    public boolean send(String message, String appealNumber, Map<String, Object> values) {
        try {
            runtime.createMessageCorrelation(message)
                    .processInstanceBusinessKey(appealNumber)
                    .setVariables(values)
                    .correlateExclusively();
            return true;
        } catch (MismatchingMessageCorrelationException e) {
            return false;
        }
    }
}
