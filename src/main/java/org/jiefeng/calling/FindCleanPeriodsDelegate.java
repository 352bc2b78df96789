package org.jiefeng.calling;

import java.util.Optional;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.account.Employees;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/**
 * Implements {@code Task_FindCleanPeriods}. Starts nothing for who is not to be recognised today, so that history is not
 * filled with everybody's every day.
 */
@Component
class FindCleanPeriodsDelegate implements JavaDelegate {

    private final Employees employees;
    private final CleanPeriods periods;
    private final CaseMessenger messenger;

    FindCleanPeriodsDelegate(Employees employees, CleanPeriods periods, CaseMessenger messenger) {
        this.employees = employees;
        this.periods = periods;
        this.messenger = messenger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        DecisionService decisions = execution.getProcessEngineServices().getDecisionService();
        for (String employee : employees.all()) {
            Optional<CleanPeriods.Period> period = periods.of(employee);
            if (period.isPresent() && isRecognised(decisions, period.get())) {
                messenger.startRecognition(
                        employee, period.get().days(), period.get().calls());
            }
        }
    }

    private static boolean isRecognised(DecisionService decisions, CleanPeriods.Period period) {
        return Boolean.TRUE.equals(decisions
                .evaluateDecisionByKey("recognition")
                .variables(Variables.putValue(AppealVariables.CLEAN_DAYS.name(), period.days())
                        .putValue(AppealVariables.CALLS_COUNTED.name(), period.calls()))
                .evaluate()
                .getSingleResult()
                .getEntry(AppealVariables.RECOGNISED.name()));
    }
}
