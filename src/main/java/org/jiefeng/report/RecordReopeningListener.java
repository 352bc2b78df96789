package org.jiefeng.report;

import static org.jiefeng.process.AppealVariables.REOPENING_DECISION;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_JudgeReopening}: keeps what compliance decided, and refuses whoever asked as judge. */
@Component
class RecordReopeningListener implements TaskListener {

    private final AppealReopening reopening;
    private final CaseSheet caseSheet;

    RecordReopeningListener(AppealReopening reopening, CaseSheet caseSheet) {
        this.reopening = reopening;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        reopening.decide(
                task.getExecution().getProcessBusinessKey(),
                REOPENING_DECISION.get(task),
                caseSheet.answers(task.getId()),
                task.getAssignee());
    }
}
