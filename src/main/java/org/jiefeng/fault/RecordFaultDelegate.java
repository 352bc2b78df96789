package org.jiefeng.fault;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_RecordFault}. */
@Component
class RecordFaultDelegate implements JavaDelegate {

    private final FaultFindings findings;

    RecordFaultDelegate(FaultFindings findings) {
        this.findings = findings;
    }

    @Override
    public void execute(DelegateExecution execution) {
        findings.settle(execution.getProcessBusinessKey());
    }
}
