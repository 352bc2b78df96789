package org.jiefeng.retraining;

import static org.jiefeng.process.AppealVariables.COURSES;
import static org.jiefeng.process.AppealVariables.DRILL_PASS_MARK;
import static org.jiefeng.process.AppealVariables.EMPLOYEE_ID;
import static org.jiefeng.process.AppealVariables.PASS_MARK;
import static org.jiefeng.process.AppealVariables.RENEWED_CERTIFICATE;
import static org.jiefeng.process.AppealVariables.TRAINING_ATTEMPT;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_EnrolEmployee}. */
@Component
class EnrolEmployeeDelegate implements JavaDelegate {

    private final Retraining retraining;

    EnrolEmployeeDelegate(Retraining retraining) {
        this.retraining = retraining;
    }

    @Override
    public void execute(DelegateExecution execution) {
        retraining.enrol(
                execution.getProcessBusinessKey(),
                EMPLOYEE_ID.get(execution),
                List.of(COURSES.get(execution).split(",")),
                Math.toIntExact(PASS_MARK.get(execution)),
                Math.toIntExact(DRILL_PASS_MARK.get(execution)),
                RENEWED_CERTIFICATE.find(execution).orElse(null));
        TRAINING_ATTEMPT.set(execution, 1L);
    }
}
