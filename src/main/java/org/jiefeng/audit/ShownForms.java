package org.jiefeng.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The forms of a case as people had them before them: the form that was deployed when the task was done, in its words, with
 * what the case sheet held at that time and what was answered.
 */
@Component
class ShownForms {

    private static final Pattern CONDITION = Pattern.compile("(?s)\\{\\{#if (\\w+)}}(.*?)\\{\\{/if}}");
    /** The one condition our forms hide texts and groups by. */
    private static final Pattern HIDDEN = Pattern.compile("=\\s*(\\w+) = null or \\1 = \"\"");

    private static final Pattern VALUE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    private final RepositoryService repository;
    private final JdbcClient jdbc;
    private final ObjectMapper json;

    ShownForms(RepositoryService repository, JdbcClient jdbc, ObjectMapper json) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A form with its task. */
    record Shown(String task, @Nullable String who, Instant at, List<Part> parts) {}

    /**
     * A part of a form, from top to bottom.
     *
     * @param kind {@code heading}, {@code text}, {@code shown} (a field that only showed something) or {@code answer}
     */
    record Part(String kind, String label, String value) {}

    /** A line of the case sheet. */
    private record Line(
            String name,
            String text,
            Instant at,
            String by,
            @Nullable String taskId) {}

    /** The forms of the tasks that were done, in that order. */
    List<Shown> of(String appealNumber, List<CaseHistory.Details> processes) {
        List<Line> sheet = jdbc.sql("""
                        select name, content, written_at, written_by, task_id from case_sheet
                        where appeal_number = :appeal
                        order by id
                        """)
                .param("appeal", appealNumber)
                .query((row, n) -> new Line(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getString(4),
                        row.getString(5)))
                .list();
        Map<String, Optional<String>> read = new HashMap<>();
        List<Shown> shown = new ArrayList<>();
        for (CaseHistory.Details process : processes) {
            for (CaseHistory.Step step : process.steps()) {
                if ("userTask".equals(step.type()) && step.endedAt() != null && !step.canceled()) {
                    Instant at = Objects.requireNonNull(step.endedAt());
                    String form = form(process.run(), step, at, read).orElse("");
                    shown.add(new Shown(
                            Objects.requireNonNullElse(step.name(), step.elementId()),
                            step.who(),
                            at,
                            parts(form, facts(sheet, step, at), answers(sheet, process, step))));
                }
            }
        }
        shown.sort(java.util.Comparator.comparing(Shown::at));
        return shown;
    }

    /** What the sheet said when the task was done; what was published for the task goes before the case's. */
    private static Map<String, String> facts(List<Line> sheet, CaseHistory.Step step, Instant at) {
        Map<String, String> facts = new HashMap<>();
        for (Line line : sheet) {
            if (line.taskId() == null && line.at().isBefore(at)) {
                facts.put(line.name(), line.text());
            }
        }
        sheet.stream()
                .filter(line -> Objects.equals(line.taskId(), step.taskId()) && line.taskId() != null)
                .filter(line -> "system".equals(line.by()))
                .forEach(line -> facts.put(line.name(), line.text()));
        return facts;
    }

    private static Map<String, String> answers(List<Line> sheet, CaseHistory.Details process, CaseHistory.Step step) {
        Map<String, String> answers = new LinkedHashMap<>();
        sheet.stream()
                .filter(line -> line.taskId() != null && line.taskId().equals(step.taskId()))
                .filter(line -> !"system".equals(line.by()))
                .forEach(line -> answers.put(line.name(), line.text()));
        for (CaseHistory.Variable variable : process.variables()) {
            variable.changes().stream()
                    .filter(change -> step.id().equals(change.stepId()) && change.by() != null)
                    .forEach(change -> answers.put(variable.name(), Objects.toString(change.value(), "")));
        }
        return answers;
    }

    private Optional<String> form(
            CaseHistory.Run run, CaseHistory.Step step, Instant at, Map<String, Optional<String>> read) {
        if (!(repository.getBpmnModelInstance(run.definitionId()).getModelElementById(step.elementId())
                instanceof UserTask task)) {
            return Optional.empty();
        }
        String deployment = repository.getProcessDefinition(run.definitionId()).getDeploymentId();
        if (task.getCamundaFormKey() != null) {
            String file = task.getCamundaFormKey().replaceFirst("^.*:", "");
            return read.computeIfAbsent(deployment + "/" + file, key -> resource(deployment, file));
        }
        if (task.getCamundaFormRef() == null) {
            return Optional.empty();
        }
        String file = task.getCamundaFormRef() + ".form";
        if ("deployment".equals(task.getCamundaFormRefBinding())) {
            return read.computeIfAbsent(deployment + "/" + file, key -> resource(deployment, file));
        }
        return repository.createDeploymentQuery().orderByDeploymentTime().desc().list().stream()
                .filter(one -> !one.getDeploymentTime().toInstant().isAfter(at))
                .map(Deployment::getId)
                .map(id -> read.computeIfAbsent(id + "/" + file, key -> resource(id, file)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Names of resources differ with where the application was started from; their ends do not. */
    private Optional<String> resource(String deployment, String file) {
        String last = file.substring(file.lastIndexOf('/') + 1);
        return repository.getDeploymentResourceNames(deployment).stream()
                .filter(name -> name.equals(last) || name.endsWith("/" + last))
                .findFirst()
                .map(name -> {
                    try (InputStream in = repository.getResourceAsStream(deployment, name)) {
                        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private List<Part> parts(String form, Map<String, String> facts, Map<String, String> answers) {
        List<Part> parts = new ArrayList<>();
        Map<String, String> left = new LinkedHashMap<>(answers);
        if (form.stripLeading().startsWith("{")) {
            try {
                collect(json.readTree(form), facts, left, parts);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (!form.isBlank()) {
            collect(Jsoup.parse(form), left, parts);
        }
        left.forEach((name, answer) -> parts.add(new Part("answer", name, answer)));
        return parts;
    }

    private static void collect(JsonNode node, Map<String, String> facts, Map<String, String> left, List<Part> parts) {
        Matcher hidden = HIDDEN.matcher(node.path("conditional").path("hide").asText(""));
        if (hidden.matches()
                && facts.getOrDefault(hidden.group(1), "").isBlank()
                && !left.containsKey(hidden.group(1))) {
            return;
        }
        String label = node.path("label").asText("").strip();
        if (node.hasNonNull("key")) {
            String name = node.get("key").asText();
            String answer = left.remove(name);
            boolean shown =
                    node.path("disabled").asBoolean() || node.path("readonly").asBoolean();
            if (answer != null && !shown) {
                parts.add(new Part("answer", label.isEmpty() ? name : label, choice(node, answer)));
            } else if (!facts.getOrDefault(name, "").isBlank() && shown) {
                parts.add(new Part("shown", label, choice(node, facts.getOrDefault(name, ""))));
            }
        } else if (node.hasNonNull("text")) {
            String text = filled(node.get("text").asText(), facts);
            if (!text.isBlank()) {
                parts.add(new Part("text", "", text));
            }
        } else if (!label.isEmpty() && node.has("components")) {
            parts.add(new Part("heading", label, ""));
        }
        node.path("components").forEach(component -> collect(component, facts, left, parts));
    }

    private static String choice(JsonNode field, String value) {
        return StreamSupport.stream(field.path("values").spliterator(), false)
                .filter(option -> option.path("value").asText().equals(value))
                .map(option -> option.path("label").asText())
                .findFirst()
                .orElse(value);
    }

    private static String filled(String text, Map<String, String> facts) {
        String chosen = text.replace("**", "");
        for (Matcher found = CONDITION.matcher(chosen); found.find(); found = CONDITION.matcher(chosen)) {
            boolean holds = !facts.getOrDefault(found.group(1), "").isBlank();
            chosen = chosen.substring(0, found.start()) + (holds ? found.group(2) : "") + chosen.substring(found.end());
        }
        return VALUE.matcher(chosen)
                .replaceAll(found -> Matcher.quoteReplacement(facts.getOrDefault(found.group(1), "")))
                .replaceAll("(?m)^#+ ", "")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    /** An HTML form fills itself by script, so of it the words that stand in it, and the answers. */
    private static void collect(Document form, Map<String, String> left, List<Part> parts) {
        for (Element element : form.select("h2, h3, h4, legend, p, [cam-variable-name]")) {
            String name = element.attr("cam-variable-name");
            if (name.isEmpty()) {
                if (!element.text().isBlank()) {
                    parts.add(new Part(
                            element.tagName().equals("p") ? "text" : "heading", element.text(), element.text()));
                }
            } else if (left.containsKey(name)) {
                parts.add(new Part(
                        "answer", label(form, element, name), choice(form, Objects.requireNonNull(left.remove(name)))));
            }
        }
        List.copyOf(left.keySet())
                .forEach(name ->
                        parts.add(new Part("answer", name, choice(form, Objects.requireNonNull(left.remove(name))))));
    }

    private static String label(Document form, Element field, String name) {
        Element named = field.id().isEmpty() ? null : form.selectFirst("label[for=" + field.id() + "]");
        Element around = named == null ? field.closest("label") : named;
        return around == null || around.text().isBlank() ? name : around.text();
    }

    private static String choice(Document form, String value) {
        return form.select("option[value], input[value]").stream()
                .filter(option -> option.attr("value").equals(value))
                .map(option -> option.tagName().equals("option") || option.closest("label") == null
                        ? option.text()
                        : Objects.requireNonNull(option.closest("label")).text())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(value);
    }
}
