package org.jiefeng.alternative;

import static org.jiefeng.process.AppealVariables.LEGAL_ADVICE_OUTCOME;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_ConsultLawyer}: keeps the advice and completes the disclosure log. */
@Component
class RecordLegalAdviceListener implements TaskListener {

    private final Alternatives alternatives;
    private final CaseSheet caseSheet;

    RecordLegalAdviceListener(Alternatives alternatives, CaseSheet caseSheet) {
        this.alternatives = alternatives;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        alternatives.recordAdvice(
                task.getExecution().getProcessBusinessKey(),
                task.getId(),
                LEGAL_ADVICE_OUTCOME.find(task).orElse(null),
                caseSheet.answers(task.getId()),
                task.getAssignee());
    }
}
