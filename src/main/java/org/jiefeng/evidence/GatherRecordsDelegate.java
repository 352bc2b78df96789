package org.jiefeng.evidence;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_GatherRecords}: what we have on record is filed without anybody's doing. */
@Component
class GatherRecordsDelegate implements JavaDelegate {

    private final RecordGathering gathering;

    GatherRecordsDelegate(RecordGathering gathering) {
        this.gathering = gathering;
    }

    @Override
    public void execute(DelegateExecution execution) {
        gathering.gather(execution.getProcessBusinessKey());
    }
}
