package org.jiefeng.evidence;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** Implements {@code Task_OpenRecordingRescue}. */
@Component
class OpenRecordingRescueDelegate implements JavaDelegate {

    private final RecordingRescue rescue;

    OpenRecordingRescueDelegate(RecordingRescue rescue) {
        this.rescue = rescue;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RecordingRescue.Deletion deletion = rescue.open(
                execution.getProcessBusinessKey(),
                AppealVariables.SUSPENDED_AT.get(execution).toInstant(),
                AppealVariables.RECORDINGS_NEEDED_DAYS.get(execution),
                AppealVariables.RECORDINGS_KEPT_DAYS.get(execution));
        AppealVariables.RECORDINGS_DELETED_FROM.set(execution, Date.from(deletion.from()));
        AppealVariables.RECORDINGS_DELETED_AT.set(execution, Date.from(deletion.until()));
    }
}
