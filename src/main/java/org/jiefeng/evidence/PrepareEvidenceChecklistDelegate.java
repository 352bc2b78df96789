package org.jiefeng.evidence;

import static org.jiefeng.process.AppealVariables.REJECTION_EVIDENCE;
import static org.jiefeng.process.AppealVariables.REQUIRED_EVIDENCE;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_PrepareEvidenceChecklist}: the decision's item codes become the case's checklist, and what a
 * rejection asks for is asked for anew. */
@Component
class PrepareEvidenceChecklistDelegate implements JavaDelegate {

    private final EvidenceChecklist checklist;

    PrepareEvidenceChecklistDelegate(EvidenceChecklist checklist) {
        this.checklist = checklist;
    }

    @Override
    public void execute(DelegateExecution execution) {
        checklist.prepare(
                execution.getProcessBusinessKey(),
                EvidenceChecklist.codes(REQUIRED_EVIDENCE.get(execution)),
                EvidenceChecklist.codes(REJECTION_EVIDENCE.find(execution).orElse("")));
    }
}
