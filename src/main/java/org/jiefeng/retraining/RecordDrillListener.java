package org.jiefeng.retraining;

import static org.jiefeng.process.AppealVariables.DRILL_SCORE;
import static org.jiefeng.process.AppealVariables.TRAINING_ATTEMPT;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_HoldDrill}: keeps the drill sheet and has the exam paper drawn. */
@Component
class RecordDrillListener implements TaskListener {

    private final Retraining retraining;
    private final CaseSheet caseSheet;

    RecordDrillListener(Retraining retraining, CaseSheet caseSheet) {
        this.retraining = retraining;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        Map<String, String> answers = caseSheet.answers(task.getId());
        retraining.recordDrill(
                task.getExecution().getProcessBusinessKey(),
                task.getId(),
                Math.toIntExact(TRAINING_ATTEMPT.get(task)),
                DRILL_SCORE.get(task),
                answers.get("drillScenario"),
                answers.get("drillRemarks"),
                task.getAssignee());
    }
}
