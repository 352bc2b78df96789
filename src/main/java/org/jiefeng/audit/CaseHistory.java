package org.jiefeng.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricDecisionInputInstance;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.engine.history.HistoricDecisionOutputInstance;
import org.camunda.bpm.engine.history.HistoricDetail;
import org.camunda.bpm.engine.history.HistoricIncident;
import org.camunda.bpm.engine.history.HistoricJobLog;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricVariableUpdate;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.variable.value.ObjectValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What the engine remembers of a case, running or ended: its processes down the call activities and, of each, the steps,
 * variables, decisions, interventions and failures.
 *
 * <p>Reads through the engine's public interface and changes nothing. The engine holds no personal data of a case
 * (design.md, decision 2); should a message carry a long number all the same, it is masked here.
 */
@Service
public class CaseHistory {

    /** Phone and ID numbers are at least this long; our own numbers and counts are shorter, an id's last part is none. */
    private static final Pattern LONG_NUMBER =
            Pattern.compile("(?<![0-9A-Za-z])(?<![0-9a-f]{4}-[0-9a-f]{4}-)(\\d{3})\\d{4,}(\\w{4})(?![0-9A-Za-z])");

    /** What people wrote stands in our own tables, masked where it must be. */
    private static final Set<String> FREE_TEXT = Set.of("comment", "description", "annotation", "name");

    private final HistoryService history;
    private final RepositoryService repository;

    public CaseHistory(HistoryService history, RepositoryService repository) {
        this.history = history;
        this.repository = repository;
    }

    /**
     * One process of a case.
     *
     * @param parentId the process that called it, null for one that was started by itself
     * @param calledBy id of the call activity in the parent's diagram
     * @param state ACTIVE, SUSPENDED, COMPLETED, EXTERNALLY_TERMINATED or INTERNALLY_TERMINATED
     * @param startedBy a user id, null when the system did
     */
    public record Run(
            String id,
            @Nullable String parentId,
            @Nullable String calledBy,
            String definitionId,
            String key,
            String name,
            int version,
            String state,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String startedBy) {}

    /**
     * One pass through one element of a diagram.
     *
     * @param type as in BPMN, e.g. {@code userTask}
     * @param who whose task it was at last, null where nobody's
     * @param millis how long it took, null while it lasts
     * @param calledRun the process a call activity started
     */
    public record Step(
            String id,
            String elementId,
            @Nullable String name,
            String type,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Long millis,
            boolean canceled,
            @Nullable String who,
            @Nullable Instant dueAt,
            @Nullable String calledRun,
            @Nullable String taskId) {}

    /** A variable and every value it had, oldest first. */
    public record Variable(String name, List<Change> changes) {}

    /**
     * One value of a variable.
     *
     * @param stepId the step that wrote it
     * @param by a user id, where a person did
     */
    public record Change(
            Instant at,
            @Nullable String value,
            @Nullable String stepId,
            @Nullable String by) {}

    /**
     * One evaluation of a decision.
     *
     * @param definitionId the version that was in force, see {@link #table}
     * @param elementId the business rule task that asked
     * @param fired ids of the rules that fired
     * @param result what a table with an aggregator or an expression came to
     */
    public record Ruling(
            String id,
            String key,
            String name,
            String definitionId,
            int version,
            Instant at,
            @Nullable String elementId,
            List<Value> inputs,
            List<Value> outputs,
            Set<String> fired,
            @Nullable String result) {}

    /** A named value of a decision. */
    public record Value(String name, @Nullable String value) {}

    /** Something a person did to the process, task by task or from Cockpit. */
    public record Operation(
            Instant at,
            String by,
            String operation,
            String entity,
            @Nullable String property,
            @Nullable String from,
            @Nullable String to,
            @Nullable String step) {}

    /**
     * A failure nobody could get past.
     *
     * @param state OPEN, RESOLVED or DELETED
     */
    public record Trouble(
            Instant at,
            @Nullable Instant endedAt,
            String state,
            String elementId,
            @Nullable String message) {}

    /** A try of a job that failed, and how many tries were left after it. */
    public record FailedTry(
            Instant at,
            String elementId,
            int retriesLeft,
            @Nullable String message) {}

    /** Everything about one process of a case. */
    public record Details(
            Run run,
            List<Step> steps,
            Set<String> flows,
            List<Variable> variables,
            List<Ruling> rulings,
            List<Operation> operations,
            List<Trouble> incidents,
            List<FailedTry> failedTries) {}

    /**
     * A decision as it stood in one version.
     *
     * @param note who changed it and why, null for the application's own
     * @param expression of a decision that is no table
     */
    public record Table(
            String definitionId,
            String key,
            String name,
            int version,
            Instant since,
            @Nullable String note,
            @Nullable String hitPolicy,
            List<String> inputs,
            List<String> outputs,
            List<Row> rows,
            @Nullable String expression) {}

    /** A row of a table in the table's own words. */
    public record Row(String id, List<String> inputs, List<String> outputs, String annotation) {}

    /** The processes of a case, in the order in which they began; empty when the engine knows of none. */
    public List<Run> runs(String number) {
        List<HistoricProcessInstance> found = history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .orderByProcessInstanceStartTime()
                .asc()
                .list();
        Map<String, String> callers = new HashMap<>();
        for (String parent : found.stream()
                .map(HistoricProcessInstance::getSuperProcessInstanceId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet())) {
            history
                    .createHistoricActivityInstanceQuery()
                    .processInstanceId(parent)
                    .activityType("callActivity")
                    .list()
                    .stream()
                    .filter(call -> call.getCalledProcessInstanceId() != null)
                    .forEach(call -> callers.put(call.getCalledProcessInstanceId(), call.getActivityId()));
        }
        return found.stream().map(one -> run(one, callers.get(one.getId()))).toList();
    }

    private static Run run(HistoricProcessInstance instance, @Nullable String calledBy) {
        String name = instance.getProcessDefinitionName();
        return new Run(
                instance.getId(),
                instance.getSuperProcessInstanceId(),
                calledBy,
                instance.getProcessDefinitionId(),
                instance.getProcessDefinitionKey(),
                name == null ? instance.getProcessDefinitionKey() : name,
                instance.getProcessDefinitionVersion(),
                instance.getState(),
                instance.getStartTime().toInstant(),
                instant(instance.getEndTime()),
                instance.getStartUserId());
    }

    /** One process of a case; empty when the case has no such process. */
    public Optional<Details> details(String number, String runId) {
        return runs(number).stream()
                .filter(run -> run.id().equals(runId))
                .findFirst()
                .map(this::details);
    }

    /** Everything about one process. */
    public Details details(Run run) {
        List<Step> steps = steps(run.id());
        List<UserOperationLogEntry> log = history.createUserOperationLogQuery()
                .processInstanceId(run.id())
                .orderByTimestamp()
                .asc()
                .list();
        Map<String, String> actors = new HashMap<>();
        log.stream()
                .filter(entry -> entry.getOperationId() != null && entry.getUserId() != null)
                .forEach(entry -> actors.put(entry.getOperationId(), entry.getUserId()));
        return new Details(
                run,
                steps,
                flows(run.definitionId(), steps),
                variables(run.id(), actors),
                rulings(run.id()),
                log.stream()
                        .filter(entry -> entry.getUserId() != null)
                        .map(CaseHistory::operation)
                        .toList(),
                incidents(run.id()),
                failedTries(run.id()));
    }

    private List<Step> steps(String runId) {
        Map<String, HistoricTaskInstance> tasks =
                history.createHistoricTaskInstanceQuery().processInstanceId(runId).list().stream()
                        .collect(Collectors.toMap(HistoricTaskInstance::getId, task -> task));
        return history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(runId)
                .orderByHistoricActivityInstanceStartTime()
                .asc()
                .orderPartiallyByOccurrence()
                .asc()
                .list()
                .stream()
                .map(activity -> step(activity, tasks.get(activity.getTaskId())))
                .toList();
    }

    private static Step step(HistoricActivityInstance activity, @Nullable HistoricTaskInstance task) {
        return new Step(
                activity.getId(),
                activity.getActivityId(),
                activity.getActivityName(),
                activity.getActivityType(),
                activity.getStartTime().toInstant(),
                instant(activity.getEndTime()),
                activity.getDurationInMillis(),
                activity.isCanceled(),
                task == null ? activity.getAssignee() : task.getAssignee(),
                task == null ? null : instant(task.getDueDate()),
                activity.getCalledProcessInstanceId(),
                activity.getTaskId());
    }

    /**
     * The sequence flows that were taken. The engine writes down elements only, so a flow counts where the element it comes
     * from ended last before the element it leads to began; a join is reached by every flow whose source was passed.
     */
    private Set<String> flows(String definitionId, List<Step> steps) {
        BpmnModelInstance model = repository.getBpmnModelInstance(definitionId);
        Map<String, List<Step>> passes = steps.stream().collect(Collectors.groupingBy(Step::elementId));
        Set<String> taken = new LinkedHashSet<>();
        for (Step step : steps) {
            if (!(model.getModelElementById(step.elementId()) instanceof FlowNode node)) {
                continue;
            }
            boolean joins = node instanceof ParallelGateway || node instanceof InclusiveGateway;
            Instant best = Instant.MIN;
            SequenceFlow reachedBy = null;
            for (SequenceFlow flow : node.getIncoming()) {
                for (Step source : passes.getOrDefault(flow.getSource().getId(), List.of())) {
                    Instant ended = source.endedAt();
                    if (ended == null || ended.isAfter(step.startedAt()) || source.canceled()) {
                        continue;
                    }
                    if (joins) {
                        taken.add(flow.getId());
                    } else if (!ended.isBefore(best)) {
                        best = ended;
                        reachedBy = flow;
                    }
                }
            }
            if (reachedBy != null) {
                taken.add(reachedBy.getId());
            }
        }
        return taken;
    }

    private List<Variable> variables(String runId, Map<String, String> actors) {
        Map<String, List<Change>> changes = new LinkedHashMap<>();
        for (HistoricDetail detail : history.createHistoricDetailQuery()
                .processInstanceId(runId)
                .variableUpdates()
                .disableBinaryFetching()
                .disableCustomObjectDeserialization()
                .orderByTime()
                .asc()
                .orderPartiallyByOccurrence()
                .asc()
                .list()) {
            HistoricVariableUpdate update = (HistoricVariableUpdate) detail;
            changes.computeIfAbsent(update.getVariableName(), name -> new ArrayList<>())
                    .add(new Change(
                            update.getTime().toInstant(),
                            text(update.getTypedValue()),
                            update.getActivityInstanceId(),
                            update.getUserOperationId() == null ? null : actors.get(update.getUserOperationId())));
        }
        return changes.entrySet().stream()
                .map(entry -> new Variable(entry.getKey(), List.copyOf(entry.getValue())))
                .sorted(Comparator.comparing(Variable::name))
                .toList();
    }

    /** An object, such as a list made for a decision, is never unpacked; what went into it stands in variables of its own. */
    private static @Nullable String text(TypedValue value) {
        return value instanceof ObjectValue ? "[…]" : text(value.getValue());
    }

    private List<Ruling> rulings(String runId) {
        return history
                .createHistoricDecisionInstanceQuery()
                .processInstanceId(runId)
                .includeInputs()
                .includeOutputs()
                .disableBinaryFetching()
                // Lists of codes are objects to the engine; it wrote them itself.
                .orderByEvaluationTime()
                .asc()
                .list()
                .stream()
                .map(this::ruling)
                .toList();
    }

    private Ruling ruling(HistoricDecisionInstance decision) {
        String name = decision.getDecisionDefinitionName();
        return new Ruling(
                decision.getId(),
                decision.getDecisionDefinitionKey(),
                name == null ? decision.getDecisionDefinitionKey() : name,
                decision.getDecisionDefinitionId(),
                repository
                        .getDecisionDefinition(decision.getDecisionDefinitionId())
                        .getVersion(),
                decision.getEvaluationTime().toInstant(),
                decision.getActivityId(),
                decision.getInputs().stream().map(CaseHistory::value).toList(),
                decision.getOutputs().stream().map(CaseHistory::value).toList(),
                decision.getOutputs().stream()
                        .map(HistoricDecisionOutputInstance::getRuleId)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                decision.getCollectResultValue() == null ? null : text(decision.getCollectResultValue()));
    }

    private static Value value(HistoricDecisionInputInstance input) {
        return new Value(named(input.getClauseName(), input.getClauseId()), text(input.getTypedValue()));
    }

    private static Value value(HistoricDecisionOutputInstance output) {
        String name = output.getVariableName() == null ? output.getClauseName() : output.getVariableName();
        return new Value(named(name, output.getClauseId()), text(output.getTypedValue()));
    }

    private static String named(@Nullable String name, @Nullable String id) {
        return name == null ? String.valueOf(id) : name;
    }

    private static Operation operation(UserOperationLogEntry entry) {
        boolean wordy = entry.getProperty() != null && FREE_TEXT.contains(entry.getProperty())
                || Set.of("Comment", "Attachment").contains(entry.getEntityType());
        return new Operation(
                entry.getTimestamp().toInstant(),
                entry.getUserId(),
                entry.getOperationType(),
                entry.getEntityType(),
                entry.getProperty(),
                wordy ? null : readable(entry.getProperty(), entry.getOrgValue()),
                wordy ? null : readable(entry.getProperty(), entry.getNewValue()),
                entry.getTaskId());
    }

    /** The log keeps dates as milliseconds, which nobody reads. */
    private static @Nullable String readable(@Nullable String property, @Nullable String value) {
        if (value != null
                && property != null
                && property.toLowerCase(Locale.ROOT).endsWith("date")
                && value.matches("\\d{10,}")) {
            return Instant.ofEpochMilli(Long.parseLong(value)).toString();
        }
        return text(value);
    }

    private List<Trouble> incidents(String runId) {
        return history.createHistoricIncidentQuery().processInstanceId(runId).orderByCreateTime().asc().list().stream()
                .map(CaseHistory::trouble)
                .toList();
    }

    private static Trouble trouble(HistoricIncident incident) {
        String state = incident.isOpen() ? "OPEN" : incident.isResolved() ? "RESOLVED" : "DELETED";
        return new Trouble(
                incident.getCreateTime().toInstant(),
                instant(incident.getEndTime()),
                state,
                incident.getActivityId(),
                text(incident.getIncidentMessage()));
    }

    private List<FailedTry> failedTries(String runId) {
        return history
                .createHistoricJobLogQuery()
                .processInstanceId(runId)
                .failureLog()
                .orderByTimestamp()
                .asc()
                .list()
                .stream()
                .map(CaseHistory::failedTry)
                .toList();
    }

    private static FailedTry failedTry(HistoricJobLog entry) {
        String element = entry.getFailedActivityId() == null ? entry.getActivityId() : entry.getFailedActivityId();
        return new FailedTry(
                entry.getTimestamp().toInstant(),
                element,
                // The log keeps what was left before the try.
                Math.max(0, entry.getJobRetries() - 1),
                text(entry.getJobExceptionMessage()));
    }

    /** The diagram of a process as it was deployed, as BPMN. */
    public String diagram(String definitionId) {
        try (InputStream in = repository.getProcessModel(definitionId)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A decision as it stood in one version; empty when there never was one. */
    public Optional<Table> table(String decisionDefinitionId) {
        return Optional.ofNullable(repository
                        .createDecisionDefinitionQuery()
                        .decisionDefinitionId(decisionDefinitionId)
                        .singleResult())
                .map(this::table);
    }

    private Table table(DecisionDefinition definition) {
        DmnModelInstance model = repository.getDmnModelInstance(definition.getId());
        Decision decision = model.getModelElementById(definition.getKey());
        Deployment deployment = repository
                .createDeploymentQuery()
                .deploymentId(definition.getDeploymentId())
                .singleResult();
        String file = definition.getResourceName();
        String note = deployment.getName() != null && deployment.getName().startsWith(file + " ")
                ? deployment.getName().substring(file.length() + 1)
                : null;
        String name = definition.getName() == null ? definition.getKey() : definition.getName();
        Instant since = deployment.getDeploymentTime().toInstant();
        if (!(decision.getExpression() instanceof DecisionTable table)) {
            String expression =
                    decision.getExpression() instanceof LiteralExpression literal ? words(literal.getText()) : "";
            return new Table(
                    definition.getId(),
                    definition.getKey(),
                    name,
                    definition.getVersion(),
                    since,
                    note,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    expression);
        }
        String policy = table.getHitPolicy() + (table.getAggregation() == null ? "" : " " + table.getAggregation());
        return new Table(
                definition.getId(),
                definition.getKey(),
                name,
                definition.getVersion(),
                since,
                note,
                policy,
                table.getInputs().stream()
                        .map(input -> titled(
                                input.getLabel(),
                                words(input.getInputExpression().getText())))
                        .toList(),
                table.getOutputs().stream()
                        .map(output -> titled(output.getLabel(), output.getName()))
                        .toList(),
                table.getRules().stream().map(CaseHistory::row).toList(),
                null);
    }

    private static String titled(@Nullable String label, @Nullable String otherwise) {
        return label == null || label.isBlank() ? String.valueOf(otherwise) : label;
    }

    private static Row row(Rule rule) {
        return new Row(
                rule.getId(),
                cells(rule.getInputEntries()),
                cells(rule.getOutputEntries()),
                rule.getDescription() == null
                        ? ""
                        : rule.getDescription().getTextContent().strip());
    }

    private static List<String> cells(Collection<? extends DmnElement> entries) {
        return entries.stream()
                .map(entry -> entry.getChildElementsByType(Text.class).stream()
                        .map(CaseHistory::words)
                        .collect(Collectors.joining()))
                .toList();
    }

    private static String words(@Nullable ModelElementInstance element) {
        return Stream.ofNullable(element)
                .map(ModelElementInstance::getTextContent)
                .map(String::strip)
                .collect(Collectors.joining());
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return masked(value instanceof Date date ? date.toInstant().toString() : value.toString());
    }

    /** What could be a phone or ID number is shown by its ends only. */
    static String masked(String text) {
        return LONG_NUMBER.matcher(text).replaceAll("$1****$2");
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
