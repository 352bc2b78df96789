package org.jiefeng.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.jiefeng.appeal.Stage;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets an ended case go on at a stage: a new instance of {@code account-appeal} under the same business key, with what the
 * ended one knew, from the stage's call activity on; timers begin anew with it.
 */
@Component
public class CaseRestart {

    private final RuntimeService runtime;
    private final HistoryService history;
    private final RepositoryService repository;

    CaseRestart(@Lazy RuntimeService runtime, @Lazy HistoryService history, @Lazy RepositoryService repository) {
        this.runtime = runtime;
        this.history = history;
        this.repository = repository;
    }

    /**
     * Goes on in the newest version of the diagram, in the caller's transaction.
     *
     * @throws IllegalStateException when the diagram has no such stage, or the case never was there
     */
    @Transactional
    public void goOn(String appealNumber, Stage stage) {
        String activity = activityOf(stage);
        runtime.createProcessInstanceByKey(AppealProcess.ACCOUNT_APPEAL)
                .businessKey(appealNumber)
                .setVariables(variablesOf(ended(appealNumber, activity)))
                .startBeforeActivity(activity)
                .execute();
    }

    private String activityOf(Stage stage) {
        ProcessDefinition newest = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(AppealProcess.ACCOUNT_APPEAL)
                .latestVersion()
                .singleResult();
        return repository.getBpmnModelInstance(newest.getId()).getModelElementsByType(CallActivity.class).stream()
                .filter(call -> ModelProperty.find(call, "stage")
                        .filter(stage.name()::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No call activity of account-appeal is stage " + stage))
                .getId();
    }

    /** A notice attached to an open case has an instance under its number too, which saw no stage. */
    private HistoricProcessInstance ended(String appealNumber, String activity) {
        List<HistoricProcessInstance> instances = history.createHistoricProcessInstanceQuery()
                .processDefinitionKey(AppealProcess.ACCOUNT_APPEAL)
                .processInstanceBusinessKey(appealNumber)
                .finished()
                .orderByProcessInstanceEndTime()
                .desc()
                .list();
        return instances.stream()
                .filter(instance -> history.createHistoricActivityInstanceQuery()
                                .processInstanceId(instance.getId())
                                .activityId(activity)
                                .count()
                        > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(appealNumber + " never was at " + activity));
    }

    /** Those of the case itself, not of single steps. */
    private Map<String, Object> variablesOf(HistoricProcessInstance instance) {
        Map<String, Object> variables = new HashMap<>();
        history.createHistoricVariableInstanceQuery()
                .processInstanceId(instance.getId())
                .activityInstanceIdIn(instance.getId())
                .list()
                .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
        return variables;
    }
}
