package org.jiefeng.evidence;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_NoteRecordingsLost}. */
@Component
class NoteRecordingsLostDelegate implements JavaDelegate {

    private final RecordingRescue rescue;

    NoteRecordingsLostDelegate(RecordingRescue rescue) {
        this.rescue = rescue;
    }

    @Override
    public void execute(DelegateExecution execution) {
        rescue.lost(execution.getProcessBusinessKey());
    }
}
