package org.jiefeng.report;

import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.task.Task;
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
        List<Task> open = tasks.createTaskQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .taskDefinitionKey("Task_JudgeReport")
                .list();
        // Somebody else than the manager may have it already, in the manager's absence.
        String holder = open.stream()
                .map(Task::getAssignee)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(manager);
        judges.escalate(execution.getProcessBusinessKey(), employee, holder).ifPresent(deputy -> {
            AppealVariables.MANAGER_ID.set(execution, deputy);
            open.forEach(task -> tasks.setAssignee(task.getId(), deputy));
        });
    }
}
