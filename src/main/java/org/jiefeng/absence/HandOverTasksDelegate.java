package org.jiefeng.absence;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.account.Absences;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** Implements {@code Task_HandOverTasks}. Safe to repeat: what was handed over, or is over, is left alone. */
@Component
class HandOverTasksDelegate implements JavaDelegate {

    private final Absences absences;
    private final StandIns standIns;

    HandOverTasksDelegate(Absences absences, StandIns standIns) {
        this.absences = absences;
        this.standIns = standIns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        absences.find(AppealVariables.ABSENCE_ID.get(execution))
                .filter(absence -> absence.isOn(absences.today()))
                .ifPresent(standIns::handOver);
    }
}
