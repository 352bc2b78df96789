package org.jiefeng.process;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.form.handler.TaskFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;

/** Stands between a submitted task form and the process, see {@link CaseForms}. */
class CaseFormHandler implements TaskFormHandler {

    private final TaskFormHandler engine;
    private final CaseForms forms;

    CaseFormHandler(TaskFormHandler engine, CaseForms forms) {
        this.engine = engine;
        this.forms = forms;
    }

    @Override
    public void submitFormVariables(VariableMap submitted, VariableScope scope) {
        TaskEntity task = (TaskEntity) scope;
        CaseForms.Answers answers = forms.divide(forms.ofTask(task.getId()), submitted);
        String actor = task.getAssignee() == null ? "system" : task.getAssignee();
        forms.keep(task.getProcessInstance().getBusinessKey(), task.getId(), actor, answers.texts());
        engine.submitFormVariables(Variables.fromMap(answers.variables()), scope);
    }

    @Override
    public TaskFormData createTaskForm(TaskEntity task) {
        return engine.createTaskForm(task);
    }

    @Override
    public void parseConfiguration(
            Element activity, DeploymentEntity deployment, ProcessDefinitionEntity definition, BpmnParse parse) {
        engine.parseConfiguration(activity, deployment, definition, parse);
    }
}
