package org.jiefeng.alternative;

import static org.jiefeng.process.AppealVariables.COMPLAINT_MADE;
import static org.jiefeng.process.AppealVariables.REGULATOR_ANSWER;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_RecordRegulatorAnswer}: keeps the answer; the regulator is asked once only. */
@Component
class RecordRegulatorAnswerListener implements TaskListener {

    private final Alternatives alternatives;
    private final CaseSheet caseSheet;

    RecordRegulatorAnswerListener(Alternatives alternatives, CaseSheet caseSheet) {
        this.alternatives = alternatives;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        alternatives.recordAnswer(
                task.getExecution().getProcessBusinessKey(),
                REGULATOR_ANSWER.get(task),
                caseSheet.answers(task.getId()),
                task.getAssignee());
        COMPLAINT_MADE.set(task, true);
    }
}
