package org.jiefeng.process.path;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.complete;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.job;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.repositoryService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.taskService;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.mock.Mocks;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.jiefeng.process.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Walks one diagram with its real decisions; delegates only note that they were called, called processes are one human
 * task each. Every flow node and sequence flow must be walked by the tests of the class.
 */
abstract class PathTest {

    static final String APPEAL = "AP-2026-000001";

    /** Delegates and listeners in the order they ran, by bean name. */
    final List<String> ran = new ArrayList<>();

    private final Map<String, Consumer<DelegateExecution>> effects = new HashMap<>();
    private final String key;
    private String deployment = "";

    PathTest(String key) {
        this.key = key;
    }

    static ProcessEngineCoverageExtension coverage(String... calledProcesses) {
        return ProcessEngineCoverageExtension.builder(TestEngine.configuration())
                .assertClassCoverageAtLeast(1.0)
                .excludeProcessDefinitionKeys(calledProcesses)
                .build();
    }

    abstract ProcessEngineCoverageExtension extension();

    @BeforeEach
    void deploy() throws IOException {
        init(extension().getProcessEngine());
        String diagram = Files.readString(Path.of("processes", key + ".bpmn"));
        registerBeans(diagram);
        DeploymentBuilder builder = repositoryService().createDeployment().addString(key + ".bpmn", diagram);
        try (Stream<Path> decisions = Files.list(Path.of("processes"))) {
            for (Path decision :
                    decisions.filter(file -> file.toString().endsWith(".dmn")).toList()) {
                builder.addString(decision.getFileName().toString(), Files.readString(decision));
            }
        }
        Pattern.compile("calledElement=\"([\\w-]+)\"")
                .matcher(diagram)
                .results()
                .map(m -> m.group(1))
                .distinct()
                .forEach(called -> builder.addModelInstance(
                        called + ".bpmn",
                        Bpmn.createExecutableProcess(called)
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .userTask("Called_" + called)
                                .endEvent()
                                .done()));
        deployment = builder.deploy().getId();
    }

    @AfterEach
    void undeploy() {
        repositoryService().deleteDeployment(deployment, true);
        Mocks.reset();
        ClockUtil.reset();
    }

    private void registerBeans(String diagram) {
        Mocks.register("deadlines", new FixedDeadlines());
        Pattern.compile("\\$\\{(\\w+(?:Delegate|Listener))}")
                .matcher(diagram)
                .results()
                .map(m -> m.group(1))
                .distinct()
                .forEach(bean -> {
                    if (bean.endsWith("Delegate")) {
                        Mocks.register(bean, (JavaDelegate) execution -> {
                            ran.add(bean);
                            effects.getOrDefault(bean, nothing -> {}).accept(execution);
                        });
                    } else if (diagram.contains("executionListener delegateExpression=\"${" + bean + "}\"")) {
                        Mocks.register(bean, (ExecutionListener) execution -> ran.add(bean));
                    } else {
                        Mocks.register(bean, (TaskListener) task -> ran.add(bean));
                    }
                });
    }

    /** What a delegate writes in this test. */
    void effect(String bean, Consumer<DelegateExecution> effect) {
        effects.put(bean, effect);
    }

    void effect(String bean, String variable, Object value) {
        effect(bean, execution -> execution.setVariable(variable, value));
    }

    ProcessInstance start(Map<String, Object> variables) {
        ProcessInstance instance = runtimeService().startProcessInstanceByKey(key, APPEAL, variables);
        org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat(instance)
                .isNotNull();
        return instance;
    }

    static Task open(String taskKey) {
        Task task = taskService().createTaskQuery().taskDefinitionKey(taskKey).singleResult();
        if (task == null) {
            throw new AssertionError("No task " + taskKey + "; open are "
                    + taskService().createTaskQuery().list().stream()
                            .map(Task::getTaskDefinitionKey)
                            .toList());
        }
        return task;
    }

    static void done(String taskKey) {
        done(taskKey, Map.of());
    }

    static void done(String taskKey, Map<String, Object> answers) {
        complete(open(taskKey), answers);
    }

    /** Ends a called process with its results. */
    static void called(String process, Map<String, Object> results) {
        done("Called_" + process, results);
    }

    /** Lets the job of a named element run: a timer that is due, or the continuation of an asynchronous step. */
    static void pass(String elementId) {
        execute(job(elementId));
    }

    static void send(String message, Map<String, Object> variables) {
        runtimeService()
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(APPEAL)
                .setVariables(variables)
                .correlate();
    }

    /** Dates an hour apart, so that timers exist but nothing depends on the calendar. */
    public static class FixedDeadlines {

        public Date due(String task, DelegateExecution execution) {
            return in(5);
        }

        public Date reminder(String task, DelegateExecution execution) {
            return in(3);
        }

        public Date escalation(String task, DelegateExecution execution) {
            return in(6);
        }

        public Date followUp(DelegateExecution execution) {
            return in(2);
        }

        public Date reviewOverdue(DelegateExecution execution) {
            return in(8);
        }

        public Date noAnswer(DelegateExecution execution) {
            return in(15);
        }

        public Date complainUntil(DelegateExecution execution) {
            return in(60);
        }

        public boolean complaintInTime(DelegateExecution execution) {
            return !Boolean.TRUE.equals(execution.getVariable("tooLate"));
        }

        public Date complaintClosed(DelegateExecution execution) {
            return in(62);
        }

        public Date resubmitUntil(DelegateExecution execution) {
            return in(30);
        }

        public boolean resubmissionInTime(DelegateExecution execution) {
            return !Boolean.TRUE.equals(execution.getVariable("tooLateToResubmit"));
        }

        public Date resubmissionClosed(DelegateExecution execution) {
            return in(30);
        }

        public Date chosenResubmissionClosed(DelegateExecution execution) {
            return in(30);
        }

        public Date selfCheck(DelegateExecution execution) {
            return in(7);
        }

        public Date stepsUnderWayDone() {
            return in(1);
        }

        public String dailyCheck() {
            return "0 0 6 * * ?";
        }

        public String retentionRun() {
            return "0 0 2 * * ?";
        }

        public String releaseStep() {
            return "0 30 6 * * ?";
        }

        private static Date in(int days) {
            return Date.from(ClockUtil.getCurrentTime().toInstant().plus(Duration.ofDays(days)));
        }
    }
}
