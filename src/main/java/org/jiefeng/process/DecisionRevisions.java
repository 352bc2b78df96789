package org.jiefeng.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.camunda.bpm.model.xml.ModelException;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts a changed decision table into force while the application runs.
 *
 * <p>Only rows may change: a diagram, a form, another language than FEEL or another shape of the table would let whoever
 * uploads it make the engine do anything.
 */
@Service
class DecisionRevisions {

    /** The engine keeps a deployment's name in 255 characters; it says who changed what, and why. */
    private static final int LONGEST_REASON = 150;

    private final RepositoryService repository;
    private final MessageSource messages;
    private final java.util.Locale locale;
    private final FeelEngine feel = new ScalaFeelEngineFactory().createInstance();

    DecisionRevisions(RepositoryService repository, MessageSource messages, java.util.Locale deploymentLocale) {
        this.repository = repository;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /**
     * A file with decisions as it is in force.
     *
     * @param version how often it was deployed
     * @param note who changed it and why; {@code null} for the application's own
     */
    record File(
            String name,
            String title,
            int version,
            Instant since,
            @Nullable String note) {}

    /** The files in force, by name. */
    List<File> inForce() {
        Map<String, DecisionDefinition> newest = new TreeMap<>();
        definitions().forEach(definition -> newest.putIfAbsent(definition.getResourceName(), definition));
        return newest.values().stream().map(this::file).toList();
    }

    private List<DecisionDefinition> definitions() {
        return repository
                .createDecisionDefinitionQuery()
                .latestVersion()
                .orderByDecisionDefinitionKey()
                .asc()
                .list();
    }

    private File file(DecisionDefinition definition) {
        Deployment deployment = repository
                .createDeploymentQuery()
                .deploymentId(definition.getDeploymentId())
                .singleResult();
        String name = definition.getResourceName();
        return new File(
                name,
                model(content(definition)).getDefinitions().getName(),
                definition.getVersion(),
                deployment.getDeploymentTime().toInstant(),
                deployment.getName().startsWith(name + " ")
                        ? deployment.getName().substring(name.length() + 1)
                        : null);
    }

    private byte[] content(DecisionDefinition definition) {
        try (InputStream in =
                repository.getResourceAsStream(definition.getDeploymentId(), definition.getResourceName())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws InvalidInputException when there is no such file */
    byte[] content(String fileName) {
        return definitions().stream()
                .filter(definition -> definition.getResourceName().equals(fileName))
                .findFirst()
                .map(this::content)
                .orElseThrow(() -> invalid("file", "decisions.unknown"));
    }

    /**
     * Puts the rows of an uploaded file into force for every decision from now on.
     *
     * @param reason kept with the deployment, for auditors
     * @return the name of the file that was replaced
     * @throws InvalidInputException naming what is wrong with the file
     * @throws ConflictException when it says what is in force already
     */
    @Transactional
    String revise(byte[] uploaded, String reason, String actor) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw invalid("reason", "decisions.reason", LONGEST_REASON);
        }
        DmnModelInstance revised = parse(uploaded);
        DecisionDefinition present = presentOf(revised);
        byte[] content = content(present);
        if (Arrays.equals(content, uploaded)) {
            throw new ConflictException(text("decisions.same"));
        }
        requireSameShape(model(content), revised);
        requireRules(revised);
        repository
                .createDeployment()
                .name(present.getResourceName() + " " + actor + ": " + reason.strip())
                .source("process owner")
                .addInputStream(present.getResourceName(), new ByteArrayInputStream(uploaded))
                .deploy();
        return present.getResourceName();
    }

    private DmnModelInstance parse(byte[] uploaded) {
        try {
            return model(uploaded);
        } catch (ModelException e) {
            throw invalid("file", "decisions.unreadable");
        }
    }

    private static DmnModelInstance model(byte[] content) {
        return Dmn.readModelFromStream(new ByteArrayInputStream(content));
    }

    private DecisionDefinition presentOf(DmnModelInstance revised) {
        Map<String, DecisionDefinition> present =
                definitions().stream().collect(Collectors.toMap(DecisionDefinition::getKey, Function.identity()));
        return decisions(revised).keySet().stream()
                .map(present::get)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(DecisionDefinition::getKey))
                .orElseThrow(() -> invalid("file", "decisions.unknown"));
    }

    private static Map<String, Decision> decisions(DmnModelInstance model) {
        Map<String, Decision> decisions = new TreeMap<>();
        model.getModelElementsByType(Decision.class).forEach(decision -> decisions.put(decision.getId(), decision));
        return decisions;
    }

    private void requireSameShape(DmnModelInstance present, DmnModelInstance revised) {
        Map<String, Decision> before = decisions(present);
        Map<String, Decision> after = decisions(revised);
        if (!before.keySet().equals(after.keySet())) {
            throw invalid("file", "decisions.shape", String.join(", ", before.keySet()));
        }
        before.forEach((id, decision) -> {
            if (!shape(decision).equals(shape(Objects.requireNonNull(after.get(id))))) {
                throw invalid("file", "decisions.shape", id);
            }
        });
    }

    /** Everything about a decision but its rows. */
    private static List<String> shape(Decision decision) {
        List<String> shape = new ArrayList<>();
        // Not by the model's own getters: they take a reference to an input for the input.
        decision.getInformationRequirements()
                .forEach(requirement -> requirement
                        .getDomElement()
                        .getChildElements()
                        .forEach(required -> shape.add(required.getLocalName() + " " + required.getAttribute("href"))));
        shape.add("keeps history " + decision.getCamundaHistoryTimeToLiveString());
        if (decision.getExpression() instanceof DecisionTable table) {
            shape.add("table " + table.getHitPolicy() + " " + table.getAggregation());
            for (Input input : table.getInputs()) {
                shape.add("input " + input.getInputExpression().getText().getTextContent() + " "
                        + input.getInputExpression().getTypeRef() + " " + input.getCamundaInputVariable());
            }
            for (Output output : table.getOutputs()) {
                shape.add("output " + output.getName() + " " + output.getTypeRef());
            }
        } else if (decision.getExpression() instanceof LiteralExpression literal) {
            shape.add("expression " + literal.getText().getTextContent());
        }
        return shape;
    }

    /** Every cell is FEEL that can be read, and every row says where it comes from. */
    private void requireRules(DmnModelInstance model) {
        requireFeel(model.getDefinitions().getExpressionLanguage());
        for (LiteralExpression expression : model.getModelElementsByType(LiteralExpression.class)) {
            requireFeel(expression.getExpressionLanguage());
        }
        for (UnaryTests tests : model.getModelElementsByType(UnaryTests.class)) {
            requireFeel(tests.getExpressionLanguage());
        }
        for (DecisionTable table : model.getModelElementsByType(DecisionTable.class)) {
            int number = 0;
            for (Rule rule : table.getRules()) {
                number++;
                String row = table.getParentElement().getAttributeValue("name") + ", " + number;
                if (rule.getDescription() == null
                        || rule.getDescription().getTextContent().isBlank()) {
                    throw invalid("file", "decisions.source", row);
                }
                requireReadable(rule.getInputEntries(), rule.getOutputEntries(), row);
                if (NotificationTexts.DECISION.equals(table.getParentElement().getAttributeValue("id"))) {
                    requireFillable(rule.getOutputEntries(), row);
                }
            }
        }
    }

    private void requireFeel(@Nullable String language) {
        if (language != null
                && !language.equalsIgnoreCase("feel")
                && !language.startsWith("https://www.omg.org/spec/DMN/")) {
            throw invalid("file", "decisions.language", language);
        }
    }

    private void requireReadable(Collection<InputEntry> inputs, Collection<OutputEntry> outputs, String row) {
        for (InputEntry input : inputs) {
            String test = input.getText().getTextContent().strip();
            if (!test.isEmpty() && !test.equals("-")) {
                requireReadable(
                        test, row, () -> feel.evaluateSimpleUnaryTests(test, "?", Variables.emptyVariableContext()));
            }
        }
        for (OutputEntry output : outputs) {
            String value = output.getText().getTextContent().strip();
            requireReadable(value, row, () -> feel.evaluateSimpleExpression(value, Variables.emptyVariableContext()));
        }
    }

    /** A text for people leaves open only what is filled in; the first column says whether there is one. */
    private void requireFillable(Collection<OutputEntry> outputs, String row) {
        for (OutputEntry output : outputs.stream().skip(1).toList()) {
            String cell = output.getText().getTextContent().strip();
            Object value = feel.evaluateSimpleExpression(cell, Variables.emptyVariableContext());
            if (!(value instanceof String text)) {
                throw invalid("file", "decisions.cell", row, cell);
            }
            NotificationTexts.PLACEHOLDER.matcher(text).results().forEach(gap -> {
                if (!NotificationTexts.PLACEHOLDERS.contains(gap.group(1))) {
                    throw invalid("file", "decisions.placeholder", row, gap.group());
                }
            });
        }
    }

    /** Without a case there is nothing to evaluate; only that the text cannot be parsed is a fault. */
    private void requireReadable(String text, String row, Runnable evaluation) {
        try {
            evaluation.run();
        } catch (FeelException e) {
            if (String.valueOf(e.getMessage()).contains("parse")) {
                throw invalid("file", "decisions.cell", row, text);
            }
        }
    }

    private InvalidInputException invalid(String field, String key, Object... values) {
        return new InvalidInputException(field, text(key, values));
    }

    private String text(String key, Object... values) {
        return messages.getMessage(key, values, locale);
    }
}
