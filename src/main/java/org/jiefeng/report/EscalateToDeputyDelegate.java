package org.jiefeng.report;

import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealVariables;
import org.springframework.stereotype.Component;

/** Implements {@code Task_EscalateToDeputy}: the open judgement moves to the deputy; later tasks of the manager follow. */
@Component
class EscalateToDeputyDelegate implements JavaDelegate {

    private final Judges judges;
    private final TaskService tasks;

    EscalateToDeputyDelegate(Judges judges, TaskService tasks) {
        this.judges = judges;
        this.tasks = tasks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String employee = AppealVariables.EMPLOYEE_ID.get(execution);
        String manager = AppealVariables.MANAGER_ID.get(execution);
        judges.escalate(execution.getProcessBusinessKey(), employee, manager).ifPresent(deputy -> {
            AppealVariables.MANAGER_ID.set(execution, deputy);
            tasks.createTaskQuery()
                    .processInstanceId(execution.getProcessInstanceId())
                    .taskDefinitionKey("Task_JudgeReport")
                    .list()
                    .forEach(task -> tasks.setAssignee(task.getId(), deputy));
        });
    }
}
