package org.jiefeng.retraining;

import static org.jiefeng.process.AppealVariables.DRILL_PASS_MARK;
import static org.jiefeng.process.AppealVariables.DRILL_SCORE;
import static org.jiefeng.process.AppealVariables.EXAM_SCORE;
import static org.jiefeng.process.AppealVariables.PASS_MARK;
import static org.jiefeng.process.AppealVariables.RETRAINING_PASSED;
import static org.jiefeng.process.AppealVariables.TRAINING_ATTEMPT;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_GradeRetraining}: drill and exam must both reach their pass mark; otherwise the next attempt counts. */
@Component
class GradeRetrainingDelegate implements JavaDelegate {

    private final Retraining retraining;

    GradeRetrainingDelegate(Retraining retraining) {
        this.retraining = retraining;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String businessKey = execution.getProcessBusinessKey();
        int attempt = Math.toIntExact(TRAINING_ATTEMPT.get(execution));
        long exam = retraining.gradeExam(businessKey, attempt);
        long passMark = PASS_MARK.get(execution);
        boolean passed = exam >= passMark
                && DRILL_SCORE.get(execution) >= DRILL_PASS_MARK.find(execution).orElse(passMark);
        retraining.recordResult(businessKey, attempt, passed);
        EXAM_SCORE.set(execution, exam);
        RETRAINING_PASSED.set(execution, passed);
        if (!passed) {
            TRAINING_ATTEMPT.set(execution, attempt + 1L);
        }
    }
}
