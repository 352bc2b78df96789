package org.jiefeng.evidence;

import static org.jiefeng.process.AppealVariables.MEASURE_CHECK_ID;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/**
 * On creation of {@code Task_CheckMeasure}: publishes what was promised for this task alone, because several measures of
 * a case may be due at once.
 */
@Component
class DescribeMeasureListener implements TaskListener {

    private final MeasureChecks checks;
    private final CaseSheet caseSheet;

    DescribeMeasureListener(MeasureChecks checks, CaseSheet caseSheet) {
        this.checks = checks;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        caseSheet.writeForTask(
                task.getExecution().getProcessBusinessKey(), task.getId(), checks.texts(MEASURE_CHECK_ID.get(task)));
    }
}
