package org.jiefeng.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** Reads extension properties of the element an execution is at. */
final class ModelProperty {

    private ModelProperty() {}

    /** @throws IllegalStateException when the diagram lacks the property */
    static String required(DelegateExecution execution, String name) {
        BaseElement element = execution.getBpmnModelElementInstance();
        return element.getExtensionElements().getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> name.equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(element.getId() + " lacks the extension property '" + name + "'"));
    }
}
