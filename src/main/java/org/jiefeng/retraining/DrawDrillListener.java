package org.jiefeng.retraining;

import static org.jiefeng.process.AppealVariables.TRAINING_ATTEMPT;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** On creation of {@code Task_HoldDrill}: draws the conversation that is played in this attempt. */
@Component
class DrawDrillListener implements TaskListener {

    private final Retraining retraining;

    DrawDrillListener(Retraining retraining) {
        this.retraining = retraining;
    }

    @Override
    public void notify(DelegateTask task) {
        retraining.drawDrill(task.getExecution().getProcessBusinessKey(), Math.toIntExact(TRAINING_ATTEMPT.get(task)));
    }
}
