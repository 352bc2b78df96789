package org.jiefeng.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Gives a Camunda Form the texts of another language, which stand beside the English ones in the custom properties of
 * each component.
 *
 * <p>{@code label.zh} replaces {@code label}, {@code validate.patternErrorMessage.zh} the nested text of that path, and
 * {@code values.SUPPORT.zh} the label of the option whose value is {@code SUPPORT}.
 */
final class FormTranslation {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPTION = "values.";

    private FormTranslation() {}

    static byte[] translate(byte[] form, String language) {
        try {
            JsonNode translated = JSON.readTree(form);
            translate(translated, "." + language);
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(translated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void translate(JsonNode component, String suffix) {
        component.path("properties").properties().forEach(property -> {
            if (property.getKey().endsWith(suffix)) {
                String text = property.getKey().substring(0, property.getKey().length() - suffix.length());
                if (text.startsWith(OPTION)) {
                    option(component, text.substring(OPTION.length()), property.getValue());
                } else {
                    replace(component, text, property.getValue());
                }
            }
        });
        component.path("components").forEach(child -> translate(child, suffix));
    }

    private static void option(JsonNode component, String value, JsonNode label) {
        for (JsonNode option : component.path("values")) {
            if (option instanceof ObjectNode node
                    && value.equals(option.path("value").asText())) {
                node.set("label", label);
            }
        }
    }

    // A text which the form no longer has stays away: translations left behind in Modeler must not stop a deployment.
    private static void replace(JsonNode component, String path, JsonNode text) {
        int dot = path.lastIndexOf('.');
        JsonNode owner =
                dot < 0 ? component : component.at("/" + path.substring(0, dot).replace('.', '/'));
        String name = path.substring(dot + 1);
        if (owner instanceof ObjectNode node && node.has(name)) {
            node.set(name, text);
        }
    }
}
