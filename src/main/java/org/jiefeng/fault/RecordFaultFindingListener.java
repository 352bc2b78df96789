package org.jiefeng.fault;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Fault;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_FindFault}. */
@Component
class RecordFaultFindingListener implements TaskListener {

    private final FaultFindings findings;
    private final CaseSheet caseSheet;

    RecordFaultFindingListener(FaultFindings findings, CaseSheet caseSheet) {
        this.findings = findings;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        findings.found(
                task.getExecution().getProcessBusinessKey(),
                Fault.valueOf(AppealVariables.FAULT_FINDING.get(task)),
                caseSheet.answers(task.getId()).getOrDefault("faultReason", ""),
                task.getAssignee());
    }
}
