package org.jiefeng.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_CountDatesAgain}. Safe to repeat: a date that is right already is left alone. */
@Component
class CountDatesAgainDelegate implements JavaDelegate {

    private final CaseRecount recount;

    CountDatesAgainDelegate(CaseRecount recount) {
        this.recount = recount;
    }

    @Override
    public void execute(DelegateExecution execution) {
        recount.count(execution.getProcessBusinessKey(), AppealVariables.CALENDAR_NOTICE.get(execution));
    }
}
