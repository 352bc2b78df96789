package org.jiefeng.calling;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** Implements {@code Task_RecordRecognition}. */
@Component
class RecordRecognitionDelegate implements JavaDelegate {

    private final CleanPeriods periods;

    RecordRecognitionDelegate(CleanPeriods periods) {
        this.periods = periods;
    }

    @Override
    public void execute(DelegateExecution execution) {
        periods.recognise(
                AppealVariables.EMPLOYEE_ID.get(execution),
                AppealVariables.CLEAN_DAYS.get(execution),
                AppealVariables.CALLS_COUNTED.get(execution));
    }
}
