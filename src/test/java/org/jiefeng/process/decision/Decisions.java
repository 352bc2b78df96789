package org.jiefeng.process.decision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;

/** The decisions of {@code processes/}, evaluated without a process engine and able to tell which rules matched. */
final class Decisions {

    private static final Set<String> MATCHED_RULES = ConcurrentHashMap.newKeySet();
    private static final DmnEngine ENGINE = engine();
    private static final Map<Path, DmnModelInstance> MODELS = read();
    private static final Map<String, DmnDecision> BY_KEY = parse();

    private Decisions() {}

    static DmnDecisionResult evaluate(String decision, Map<String, Object> inputs) {
        return ENGINE.evaluateDecision(BY_KEY.get(decision), Variables.fromMap(inputs));
    }

    static Map<Path, DmnModelInstance> models() {
        return MODELS;
    }

    /** The rules that match while this runs. */
    static Set<String> matchedWhile(Runnable evaluations) {
        MATCHED_RULES.clear();
        evaluations.run();
        return Set.copyOf(MATCHED_RULES);
    }

    private static DmnEngine engine() {
        DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
        configuration.setCustomPostDecisionTableEvaluationListeners(List.of(Decisions::remember));
        return configuration.buildEngine();
    }

    private static void remember(DmnDecisionTableEvaluationEvent event) {
        event.getMatchingRules().stream().map(DmnEvaluatedDecisionRule::getId).forEach(MATCHED_RULES::add);
    }

    private static Map<Path, DmnModelInstance> read() {
        Map<Path, DmnModelInstance> models = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            files.filter(file -> file.toString().endsWith(".dmn"))
                    .sorted()
                    .forEach(file -> models.put(file, Dmn.readModelFromFile(file.toFile())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return models;
    }

    private static Map<String, DmnDecision> parse() {
        Map<String, DmnDecision> decisions = new LinkedHashMap<>();
        MODELS.values()
                .forEach(model ->
                        ENGINE.parseDecisions(model).forEach(decision -> decisions.put(decision.getKey(), decision)));
        return decisions;
    }
}
