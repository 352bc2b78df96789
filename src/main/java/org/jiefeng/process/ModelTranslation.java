package org.jiefeng.process;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Gives a diagram's elements the names of another language, which stand beside the English ones as {@code name.zh}. */
final class ModelTranslation {

    private ModelTranslation() {}

    static byte[] translate(byte[] diagram, String language) {
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(diagram));
        for (CamundaProperty property : model.getModelElementsByType(CamundaProperty.class)) {
            if (("name." + language).equals(property.getCamundaName())) {
                // property, properties, extensionElements, and then the element itself
                ModelElementInstance named =
                        property.getParentElement().getParentElement().getParentElement();
                named.setAttributeValue("name", property.getCamundaValue());
            }
        }
        return Bpmn.convertToString(model).getBytes(StandardCharsets.UTF_8);
    }
}
