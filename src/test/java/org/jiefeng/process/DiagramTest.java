package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.jiefeng.process.Diagrams.Diagram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every diagram keeps the conventions that let a reader find the class, the form and the counterpart in Chinese. */
class DiagramTest {

    static List<Diagram> diagrams() {
        return Diagrams.all();
    }

    @Test
    void theProcessesOfTheDesignAreThere() {
        assertThat(diagrams().stream().map(diagram -> diagram.process().getId()))
                .containsExactlyInAnyOrder(
                        "account-appeal",
                        "manager-report",
                        "evidence-collection",
                        "carrier-review",
                        "conditional-reinstatement",
                        "retraining",
                        "alternatives",
                        "call-prevention",
                        "measure-check",
                        "certificate-renewal",
                        "recording-rescue",
                        "absence-handover",
                        "forwarded-complaint",
                        "recognition",
                        "fault-finding",
                        "anomaly-report",
                        "calendar-change",
                        "case-reopening",
                        "retention",
                        "probation");
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void fileNameIsTheProcessKeyAndHistoryEndsSomeDay(Diagram diagram) {
        assertThat(diagram.fileName()).isEqualTo(diagram.process().getId() + ".bpmn");
        assertThat(diagram.process().getCamundaHistoryTimeToLiveString()).isEqualTo("P1095D");
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void diagramIsSmallEnoughToRead(Diagram diagram) {
        long nodes = diagram.model().getModelElementsByType(FlowNode.class).stream()
                .filter(node -> !insideEventSubprocess(node))
                .count();

        // "About 25": boundary events and unnamed joins count here, so a few more are still one page.
        assertThat(nodes).isLessThanOrEqualTo(28);
    }

    private static boolean insideEventSubprocess(FlowNode node) {
        return node instanceof SubProcess sub && sub.triggeredByEvent()
                || node.getParentElement() instanceof SubProcess parent && parent.triggeredByEvent();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyNameHasItsChineseCounterpart(Diagram diagram) {
        List<String> missing = diagram.model().getModelElementsByType(FlowElement.class).stream()
                .filter(element -> element.getName() != null)
                .filter(element -> Diagrams.property(element, "name.zh")
                        .filter(DiagramTest::isChinese)
                        .isEmpty())
                .map(FlowElement::getId)
                .toList();

        assertThat(missing).as("elements without name.zh").isEmpty();
        assertThat(Diagrams.property(diagram.process(), "name.zh")).isPresent();
    }

    private static boolean isChinese(String text) {
        return text.codePoints().anyMatch(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyElementThatSaysSomethingIsNamed(Diagram diagram) {
        List<String> unnamed = diagram.model().getModelElementsByType(FlowNode.class).stream()
                .filter(node -> node.getName() == null)
                .filter(node -> !(node instanceof Gateway gateway
                        && gateway.getOutgoing().size() < 2))
                .filter(node -> !(node instanceof ParallelGateway))
                .map(FlowNode::getId)
                .toList();
        assertThat(unnamed).isEmpty();

        List<String> unanswered = diagram.model().getModelElementsByType(SequenceFlow.class).stream()
                // A parallel gateway asks nothing.
                .filter(flow -> flow.getSource() instanceof Gateway
                        && !(flow.getSource() instanceof ParallelGateway)
                        && flow.getSource().getOutgoing().size() > 1)
                .filter(flow -> flow.getName() == null)
                .map(SequenceFlow::getId)
                .toList();
        assertThat(unanswered).as("answers of gateways").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void idsFollowTheConvention(Diagram diagram) {
        for (FlowElement element : diagram.model().getModelElementsByType(FlowElement.class)) {
            assertThat(element.getId()).matches(prefix(element) + "_[A-Z][A-Za-z0-9]+");
        }
        for (Message message : diagram.model().getModelElementsByType(Message.class)) {
            String name = message.getName();
            assertThat(message.getId())
                    .isEqualTo("Message_" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
        }
    }

    private static String prefix(FlowElement element) {
        if (element instanceof SequenceFlow) {
            return "Flow";
        } else if (element instanceof StartEvent) {
            return "StartEvent";
        } else if (element instanceof EndEvent) {
            return "EndEvent";
        } else if (element instanceof BoundaryEvent) {
            return "BoundaryEvent";
        } else if (element instanceof IntermediateCatchEvent || element instanceof IntermediateThrowEvent) {
            return "Event";
        } else if (element instanceof Gateway) {
            return "Gateway";
        } else if (element instanceof SubProcess) {
            return "SubProcess";
        }
        return "Task";
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyServiceTaskLeadsToTheClassOfItsName(Diagram diagram) throws IOException {
        Set<String> classes = mainClasses();
        for (ServiceTask task : diagram.model().getModelElementsByType(ServiceTask.class)) {
            String verbObject = task.getId().substring("Task_".length());

            assertThat(task.getCamundaDelegateExpression())
                    .as(task.getId())
                    .isEqualTo(
                            "${" + Character.toLowerCase(verbObject.charAt(0)) + verbObject.substring(1) + "Delegate}");
            assertThat(classes).as(task.getId()).contains(verbObject + "Delegate");
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyBeanInTheDiagramIsAClass(Diagram diagram) throws IOException {
        Set<String> classes = mainClasses();
        Matcher beans = Pattern.compile("elegateExpression=\"\\$\\{(\\w+)}\"")
                .matcher(Files.readString(Path.of("processes", diagram.fileName())));
        while (beans.find()) {
            String bean = beans.group(1);
            assertThat(classes).contains(Character.toUpperCase(bean.charAt(0)) + bean.substring(1));
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyTaskIsCalledByTheWordsOfItsName(Diagram diagram) {
        for (Task task : diagram.model().getModelElementsByType(Task.class)) {
            List<String> words = Stream.of(
                            task.getId().substring("Task_".length()).split("(?=\\p{Lu})"))
                    .filter(word -> !word.equals("For"))
                    .map(word -> word.toLowerCase(Locale.ROOT))
                    .toList();

            assertThat(task.getName().toLowerCase(Locale.ROOT).split("\\W+"))
                    .as(task.getId())
                    .containsAll(words);
        }
    }

    private static Set<String> mainClasses() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyDecisionIsThere(Diagram diagram) throws IOException {
        for (BusinessRuleTask task : diagram.model().getModelElementsByType(BusinessRuleTask.class)) {
            // In a file of its own, or beside the decisions it shares its inputs with.
            try (Stream<Path> decisions = Files.list(Path.of("processes"))) {
                assertThat(decisions.filter(file -> file.toString().endsWith(".dmn")))
                        .as(task.getId())
                        .anySatisfy(file -> assertThat(Files.readString(file))
                                .contains("<decision id=\"" + task.getCamundaDecisionRef() + "\""));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyHumanTaskHasAFormADueDateAReminderAndSomebodyToDoIt(Diagram diagram) {
        for (UserTask task : diagram.model().getModelElementsByType(UserTask.class)) {
            String form = task.getCamundaFormRef() != null
                    ? task.getCamundaFormRef() + ".form"
                    : task.getCamundaFormKey().replace("embedded:deployment:", "");
            assertThat(Path.of("forms", form)).as(task.getId()).exists();
            assertThat(task.getCamundaDueDate())
                    .as(task.getId())
                    .isEqualTo("${deadlines.due('" + task.getId() + "', execution)}");
            assertThat(task.getCamundaAssignee() != null || task.getCamundaCandidateGroups() != null)
                    .as(task.getId() + " has somebody to do it")
                    .isTrue();
            boolean reminded = task.getExtensionElements() != null
                            && task
                                    .getExtensionElements()
                                    .getElementsQuery()
                                    .filterByType(CamundaTaskListener.class)
                                    .list()
                                    .stream()
                                    .anyMatch(listener -> "timeout".equals(listener.getCamundaEvent()))
                    || diagram.model().getModelElementsByType(BoundaryEvent.class).stream()
                            .anyMatch(event -> event.getAttachedTo().equals(task));
            assertThat(reminded).as(task.getId() + " is reminded of").isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void whoeverJudgesACaseIsNotItsApplicant(Diagram diagram) {
        for (UserTask task : diagram.model().getModelElementsByType(UserTask.class)) {
            boolean judges = task.getId()
                    .matches(
                            "Task_(Judge|Review|Approve|Decide|Confirm|SignOff|Hold|CheckMeasure|RescueRecordings|FindFault).*");
            if (judges) {
                assertThat(task
                                .getExtensionElements()
                                .getElementsQuery()
                                .filterByType(CamundaTaskListener.class)
                                .list()
                                .stream()
                                .filter(listener ->
                                        "${fourEyesListener}".equals(listener.getCamundaDelegateExpression()))
                                .map(CamundaTaskListener::getCamundaEvent))
                        .as(task.getId())
                        .containsExactlyInAnyOrder("assignment", "complete");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void whatOnlyTheApplicantCanDoGoesToNoDeputyAndWhatAManagerDoesMay(Diagram diagram) {
        for (UserTask task : diagram.model().getModelElementsByType(UserTask.class)) {
            assertThat(Diagrams.property(task, "personal"))
                    .as(task.getId())
                    .isEqualTo(
                            "${employeeId}".equals(task.getCamundaAssignee()) ? Optional.of("true") : Optional.empty());
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void effectsOutsideTheDatabaseAreJobsOfTheirOwn(Diagram diagram) {
        for (Activity activity : diagram.model().getModelElementsByType(Activity.class)) {
            if (activity.getId().matches("Task_(Submit\\w+ToCarrier|SendSupplement)")) {
                assertThat(activity.isCamundaAsyncBefore()).as(activity.getId()).isTrue();
                assertThat(activity.isCamundaAsyncAfter()).as(activity.getId()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void calledProcessesExistAndKeepTheAppealNumber(Diagram diagram) {
        for (CallActivity call : diagram.model().getModelElementsByType(CallActivity.class)) {
            assertThat(Path.of("processes", call.getCalledElement() + ".bpmn")).exists();
            assertThat(call.getExtensionElements().getDomElement().getChildElements().stream()
                            .map(in -> in.getAttribute("businessKey")))
                    .as(call.getId())
                    .contains("#{execution.processBusinessKey}");
        }
    }

    @Test
    void messagesOfDiagramsAndJavaAreTheSame() {
        Set<String> inDiagrams = diagrams().stream()
                .flatMap(diagram -> diagram.model().getModelElementsByType(Message.class).stream())
                .map(Message::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(inDiagrams)
                .containsExactlyInAnyOrder(
                        AppealProcess.ACCOUNT_SUSPENDED,
                        AppealProcess.CARRIER_DECISION_RECEIVED,
                        AppealProcess.SUPPLEMENT_REQUESTED,
                        AppealProcess.SUSPENSION_LIFTED,
                        AppealProcess.APPEAL_WITHDRAWN,
                        AppealProcess.VIOLATION_DETECTED,
                        AppealProcess.COMPLAINT_RECEIVED,
                        AppealProcess.MEASURE_DUE,
                        AppealProcess.CERTIFICATE_ENDS_SOON,
                        AppealProcess.ANOMALY_REPORTED,
                        AppealProcess.RECORDINGS_AT_RISK,
                        AppealProcess.FAULT_FINDING_REQUESTED,
                        AppealProcess.SUSPENSION_OVERTURNED,
                        AppealProcess.CLEAN_PERIOD_FOUND,
                        AppealProcess.ABSENCE_BEGUN,
                        AppealProcess.COMPLAINT_FORWARDED,
                        AppealProcess.CALENDAR_CHANGED,
                        AppealProcess.DATES_IN_DOUBT,
                        AppealProcess.REOPENING_REQUESTED,
                        AppealProcess.CASE_EXPIRED);
        assertThat(diagrams().stream()
                        .flatMap(diagram ->
                                diagram.model().getModelElementsByType(MessageEventDefinition.class).stream())
                        .map(MessageEventDefinition::getMessage))
                .doesNotContainNull();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyVariableInADiagramIsDeclared(Diagram diagram) throws IOException {
        String text = Files.readString(Path.of("processes", diagram.fileName()))
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        Set<String> used = new TreeSet<>();
        Pattern.compile("\\$\\{([^}]*)}").matcher(text).results().forEach(found -> {
            String bare = found.group(1).replaceAll("'[^']*'", "");
            Pattern.compile("(?<![.\\w])([a-z]\\w*)\\b(?!\\()")
                    .matcher(bare)
                    .results()
                    .forEach(word -> used.add(word.group(1)));
        });
        Pattern.compile("(?:setVariable\\('|outputParameter name=\"|target=\"|<camunda:out source=\")(\\w+)")
                .matcher(text)
                .results()
                .forEach(found -> used.add(found.group(1)));
        used.removeAll(Set.of("execution", "deadlines", "decisionResult", "true", "false", "empty"));
        used.removeIf(word -> word.endsWith("Delegate") || word.endsWith("Listener"));

        assertThat(AppealVariables.all().keySet()).containsAll(used);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void nothingRunsThatIsNotOurs(Diagram diagram) throws IOException {
        assertThat(Files.readString(Path.of("processes", diagram.fileName())))
                .doesNotContain(
                        "<bpmn:script", "camunda:script", "camunda:connector", "camunda:class=", "scriptFormat");
    }
}
