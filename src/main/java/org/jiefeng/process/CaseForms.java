package org.jiefeng.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.FormService;
import org.jiefeng.appeal.CaseSheet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What a form may bring in, and what it may show.
 *
 * <p>A submitted form can set only the fields it has itself, so that nobody decides for the carrier by adding a variable
 * to a request. Fields that are declared in {@link AppealVariables} become process variables; every other field is
 * somebody's own words and goes to the case sheet. The other way round, case-sheet texts that a form mentions are handed
 * to it for display without ever becoming variables.
 */
@Component
class CaseForms {

    /** Embedded forms name their variables in an attribute, or in the script that creates them. */
    private static final Pattern HTML_FIELD =
            Pattern.compile("cam-variable-name=\"(\\w+)\"|createVariable\\(\\{\\s*name:\\s*['\"](\\w+)['\"]");

    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?}}");

    private final CaseSheet sheet;
    private final ObjectProvider<FormService> forms;
    private final ObjectMapper json;
    private final FormRules rules;

    CaseForms(CaseSheet sheet, ObjectProvider<FormService> forms, ObjectMapper json, FormRules rules) {
        this.sheet = sheet;
        this.forms = forms;
        this.json = json;
        this.rules = rules;
    }

    /** The answers of one submission, divided by where they belong. */
    record Answers(Map<String, Object> variables, Map<String, String> texts) {}

    /**
     * Divides what was submitted.
     *
     * @param form the deployed form
     * @param submitted fields as the browser sent them
     * @throws BadUserRequestException when a field has a value of the wrong type or breaks a rule of the form
     */
    Answers divide(String form, Map<String, Object> submitted) {
        if (isCamundaForm(form)) {
            rules.check(parse(form), submitted);
        }
        Map<String, Object> variables = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (String field : fields(form)) {
            Object value = submitted.get(field);
            Optional<ProcessVariable<?>> variable = AppealVariables.named(field);
            if (variable.isPresent()) {
                Object typed = typed(variable.get(), value);
                if (typed != null) {
                    variables.put(field, typed);
                }
            } else if (value != null && !value.toString().isBlank()) {
                texts.put(field, value.toString().strip());
            }
        }
        return new Answers(variables, texts);
    }

    private static @Nullable Object typed(ProcessVariable<?> variable, @Nullable Object value) {
        if (variable.type() == Boolean.class) {
            // A hidden or untouched checkbox is not sent at all; the gateways behind it need an answer.
            return value != null && Boolean.parseBoolean(value.toString());
        }
        if (value == null || value.toString().isBlank()) {
            return null;
        }
        if (variable.type() == Long.class) {
            try {
                return new java.math.BigDecimal(value.toString()).longValueExact();
            } catch (NumberFormatException | ArithmeticException e) {
                throw new BadUserRequestException("Field '" + variable.name() + "' must be a whole number", e);
            }
        }
        if (variable.type() == String.class && value.toString().matches("[\\w-]{1,64}")) {
            return value.toString();
        }
        // Codes are short words; anything else would smuggle free text into the engine's history.
        throw new BadUserRequestException("Field '" + variable.name() + "' must be one of the form's choices");
    }

    void keep(String businessKey, String taskId, String actor, Map<String, String> texts) {
        sheet.writeAnswers(businessKey, taskId, actor, texts);
    }

    /**
     * The case-sheet texts which this form shows. What was published for the task itself goes before the case's: a case
     * may have several tasks of the same form open at once, each about something else.
     */
    Map<String, String> shownBy(String form, String businessKey, String taskId) {
        String mentions = mentions(form);
        Map<String, String> shown = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>(sheet.texts(businessKey));
        texts.putAll(sheet.answers(taskId));
        texts.forEach((name, text) -> {
            if (mentions(mentions, name)) {
                shown.put(name, text);
            }
        });
        return shown;
    }

    /**
     * The fields that start empty: whoever judges or reports again answers afresh and does not sign what was chosen the
     * last time. A form that wants the earlier answer in a field says so by showing it in a text.
     */
    Set<String> startingEmpty(String form) {
        if (!isCamundaForm(form)) {
            return Set.of();
        }
        String mentions = mentions(form);
        Set<String> empty = fields(form);
        empty.removeIf(field -> mentions(mentions, field));
        return empty;
    }

    private static boolean mentions(String mentions, String name) {
        return Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                .matcher(mentions)
                .find();
    }

    /** All of an HTML form; of a Camunda Form the templates and the fields nobody can fill in. */
    private String mentions(String form) {
        if (!isCamundaForm(form)) {
            return form;
        }
        StringBuilder mentions = new StringBuilder();
        collectMentions(parse(form), mentions);
        return mentions.toString();
    }

    private static void collectMentions(JsonNode node, StringBuilder mentions) {
        TEMPLATE.matcher(node.path("text").asText())
                .results()
                .forEach(found -> mentions.append(found.group()).append(' '));
        if (node.hasNonNull("key") && !isFilledIn(node)) {
            mentions.append(node.get("key").asText()).append(' ');
        }
        node.path("components").forEach(component -> collectMentions(component, mentions));
    }

    String ofTask(String taskId) {
        return read(forms.getObject().getDeployedTaskForm(taskId));
    }

    String ofStart(String processDefinitionId) {
        return read(forms.getObject().getDeployedStartForm(processDefinitionId));
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> fields(String form) {
        Set<String> fields = new LinkedHashSet<>();
        if (isCamundaForm(form)) {
            collectKeys(parse(form), fields);
        } else {
            HTML_FIELD
                    .matcher(form)
                    .results()
                    .forEach(found -> fields.add(found.group(1) != null ? found.group(1) : found.group(2)));
        }
        return fields;
    }

    private static boolean isCamundaForm(String form) {
        return form.stripLeading().startsWith("{");
    }

    private JsonNode parse(String form) {
        try {
            return json.readTree(form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collectKeys(JsonNode node, Set<String> fields) {
        if (node.hasNonNull("key") && isFilledIn(node)) {
            fields.add(node.get("key").asText());
        }
        node.path("components").forEach(component -> collectKeys(component, fields));
    }

    static boolean isFilledIn(JsonNode field) {
        return !field.path("disabled").asBoolean() && !field.path("readonly").asBoolean();
    }
}
