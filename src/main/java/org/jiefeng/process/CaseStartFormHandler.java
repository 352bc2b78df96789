package org.jiefeng.process;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.StartFormData;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.form.handler.StartFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;

/** The same for start forms: only references and codes get in; there is no case yet to keep texts for. */
class CaseStartFormHandler implements StartFormHandler {

    private final StartFormHandler engine;
    private final CaseForms forms;

    CaseStartFormHandler(StartFormHandler engine, CaseForms forms) {
        this.engine = engine;
        this.forms = forms;
    }

    @Override
    public void submitFormVariables(VariableMap submitted, VariableScope scope) {
        String form = forms.ofStart(((ExecutionEntity) scope).getProcessDefinitionId());
        engine.submitFormVariables(
                Variables.fromMap(forms.divide(form, submitted).variables()), scope);
    }

    @Override
    public StartFormData createStartFormData(ProcessDefinitionEntity definition) {
        return engine.createStartFormData(definition);
    }

    @Override
    public void parseConfiguration(
            Element activity, DeploymentEntity deployment, ProcessDefinitionEntity definition, BpmnParse parse) {
        engine.parseConfiguration(activity, deployment, definition, parse);
    }
}
