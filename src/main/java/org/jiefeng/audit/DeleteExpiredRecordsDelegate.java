package org.jiefeng.audit;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** Implements {@code Task_DeleteExpiredRecords}: one portion in the transaction of the step. */
@Component
class DeleteExpiredRecordsDelegate implements JavaDelegate {

    private final RecordRetention records;

    DeleteExpiredRecordsDelegate(RecordRetention records) {
        this.records = records;
    }

    @Override
    public void execute(DelegateExecution execution) {
        AppealVariables.RECORDS_LEFT.set(execution, records.deletePortion(execution.getProcessInstanceId()));
    }
}
