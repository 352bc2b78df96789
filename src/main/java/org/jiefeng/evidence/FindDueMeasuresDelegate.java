package org.jiefeng.evidence;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/** Implements {@code Task_FindDueMeasures}: starts a check for every promised measure whose day is over, once each. */
@Component
class FindDueMeasuresDelegate implements JavaDelegate {

    private final MeasureChecks checks;
    private final CaseMessenger messenger;

    FindDueMeasuresDelegate(MeasureChecks checks, CaseMessenger messenger) {
        this.checks = checks;
        this.messenger = messenger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        checks.due()
                .forEach(due -> messenger.startMeasureCheck(due.appealNumber(), checks.open(due), due.employeeId()));
    }
}
