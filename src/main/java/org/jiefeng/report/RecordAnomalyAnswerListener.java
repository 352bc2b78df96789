package org.jiefeng.report;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_AnswerAnomaly}: keeps what is done about it, for the employee to read. */
@Component
class RecordAnomalyAnswerListener implements TaskListener {

    private final AnomalyReports reports;
    private final CaseSheet caseSheet;

    RecordAnomalyAnswerListener(AnomalyReports reports, CaseSheet caseSheet) {
        this.reports = reports;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        reports.answer(
                task.getExecution().getProcessBusinessKey(),
                caseSheet.answers(task.getId()).get("anomalyAnswer"),
                task.getAssignee());
    }
}
