package org.jiefeng.retraining;

import static org.jiefeng.process.AppealVariables.DRILL_SCORE;
import static org.jiefeng.process.AppealVariables.TRAINING_ATTEMPT;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_HoldDrill}: adds up the score sheet and has the exam paper drawn. */
@Component
class RecordDrillListener implements TaskListener {

    private final Retraining retraining;

    RecordDrillListener(Retraining retraining) {
        this.retraining = retraining;
    }

    @Override
    public void notify(DelegateTask task) {
        int score = retraining.recordDrill(
                task.getExecution().getProcessBusinessKey(),
                task.getId(),
                Math.toIntExact(TRAINING_ATTEMPT.get(task)),
                DRILL_SCORE.find(task).orElse(null),
                task.getAssignee());
        DRILL_SCORE.set(task, (long) score);
    }
}
