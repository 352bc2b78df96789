package org.jiefeng.process;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Implements {@code Task_HandOutCases}: has the dates of the next portion of cases counted again.
 *
 * <p>Where it has got to is kept with what it started, in one transaction; so each case is handed out once.
 */
@Component
class HandOutCasesDelegate implements JavaDelegate {

    private final CalendarChanges changes;
    private final CaseMessenger messenger;
    private final RecountProperties properties;

    HandOutCasesDelegate(CalendarChanges changes, CaseMessenger messenger, RecountProperties properties) {
        this.changes = changes;
        this.messenger = messenger;
        this.properties = properties;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long notice = AppealVariables.CALENDAR_NOTICE.get(execution);
        String last = AppealVariables.LAST_CASE_HANDED_OUT.find(execution).orElse("");
        List<String> cases = changes.casesWithDates(last, properties.portion());
        for (String number : cases) {
            messenger.datesInDoubt(number, notice);
            last = number;
        }
        AppealVariables.LAST_CASE_HANDED_OUT.set(execution, last);
        AppealVariables.CASES_LEFT.set(execution, cases.size() == properties.portion());
    }
}
