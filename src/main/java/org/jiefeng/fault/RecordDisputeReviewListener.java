package org.jiefeng.fault;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Fault;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_ReviewDispute}. */
@Component
class RecordDisputeReviewListener implements TaskListener {

    private final FaultFindings findings;
    private final CaseSheet caseSheet;

    RecordDisputeReviewListener(FaultFindings findings, CaseSheet caseSheet) {
        this.findings = findings;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        findings.reviewed(
                task.getExecution().getProcessBusinessKey(),
                Fault.valueOf(AppealVariables.REVIEWED_FAULT.get(task)),
                caseSheet.answers(task.getId()).getOrDefault("faultReviewReason", ""),
                task.getAssignee());
    }
}
