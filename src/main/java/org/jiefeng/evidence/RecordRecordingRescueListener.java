package org.jiefeng.evidence;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_RescueRecordings}: ends the rescue, or refuses when there is nothing and no reason. */
@Component
class RecordRecordingRescueListener implements TaskListener {

    private final RecordingRescue rescue;
    private final CaseSheet caseSheet;

    RecordRecordingRescueListener(RecordingRescue rescue, CaseSheet caseSheet) {
        this.rescue = rescue;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        boolean rescued = rescue.finish(
                task.getExecution().getProcessBusinessKey(),
                caseSheet.answers(task.getId()).getOrDefault("rescueReason", ""),
                task.getAssignee());
        AppealVariables.RECORDINGS_RESCUED.set(task, rescued);
    }
}
