package org.jiefeng.audit;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.jiefeng.process.RetentionProperties;
import org.springframework.stereotype.Component;

/**
 * Implements {@code Task_HandOutExpiredCases}. Where it has got to is kept with what it started, in one transaction.
 */
@Component
class HandOutExpiredCasesDelegate implements JavaDelegate {

    private final CaseRetention cases;
    private final CaseMessenger messenger;
    private final RetentionProperties properties;

    HandOutExpiredCasesDelegate(CaseRetention cases, CaseMessenger messenger, RetentionProperties properties) {
        this.cases = cases;
        this.messenger = messenger;
        this.properties = properties;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String last = AppealVariables.LAST_CASE_HANDED_OUT.find(execution).orElse("");
        List<String> expired = cases.expired(last);
        for (String number : expired) {
            messenger.caseExpired(number, execution.getProcessInstanceId());
            last = number;
        }
        AppealVariables.LAST_CASE_HANDED_OUT.set(execution, last);
        AppealVariables.CASES_LEFT.set(execution, expired.size() == properties.portion());
    }
}
