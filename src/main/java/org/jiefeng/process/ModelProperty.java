package org.jiefeng.process;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** Reads extension properties of elements of a diagram. */
final class ModelProperty {

    private ModelProperty() {}

    /** @throws IllegalStateException when the diagram lacks the property */
    static String required(DelegateExecution execution, String name) {
        BaseElement element = execution.getBpmnModelElementInstance();
        return find(element, name)
                .orElseThrow(() ->
                        new IllegalStateException(element.getId() + " lacks the extension property '" + name + "'"));
    }

    static Optional<String> find(BaseElement element, String name) {
        ExtensionElements extensions = element.getExtensionElements();
        return extensions == null
                ? Optional.empty()
                : extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                        .flatMap(properties -> properties.getCamundaProperties().stream())
                        .filter(property -> name.equals(property.getCamundaName()))
                        .map(CamundaProperty::getCamundaValue)
                        .findFirst();
    }
}
