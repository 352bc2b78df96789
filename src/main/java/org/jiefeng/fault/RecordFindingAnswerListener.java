package org.jiefeng.fault;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_AnswerFinding}: refuses a dispute that does not say why. */
@Component
class RecordFindingAnswerListener implements TaskListener {

    private final FaultFindings findings;
    private final CaseSheet caseSheet;

    RecordFindingAnswerListener(FaultFindings findings, CaseSheet caseSheet) {
        this.findings = findings;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        findings.answered(
                task.getExecution().getProcessBusinessKey(),
                AppealVariables.FINDING_ANSWER.get(task).equals("DISPUTE"),
                caseSheet.answers(task.getId()).get("disputeReason"),
                task.getAssignee());
    }
}
