package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.test.mock.Mocks;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real engine with the plugin and a step with three attempts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostponedJobsTest {

    private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(600);

    private ProcessEngine engine;
    private RuntimeService runtime;
    private ManagementService management;
    private @Nullable RuntimeException failure;
    private int runs;

    @BeforeAll
    void start() {
        engine = TestEngine.apart("postponed-jobs", new PostponedJobs());
        runtime = engine.getRuntimeService();
        management = engine.getManagementService();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "step.bpmn",
                        Bpmn.createExecutableProcess("step")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .serviceTask("Task_Step")
                                .camundaAsyncBefore()
                                .camundaFailedJobRetryTimeCycle("PT10S,PT1M")
                                .camundaDelegateExpression("${step}")
                                .endEvent()
                                .done())
                .deploy();
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @BeforeEach
    void begin() {
        ClockUtil.setCurrentTime(Date.from(NOW));
        failure = null;
        runs = 0;
        Mocks.register("step", (JavaDelegate) execution -> {
            runs++;
            if (failure != null) {
                throw failure;
            }
        });
        runtime.startProcessInstanceByKey("step");
    }

    @AfterEach
    void end() {
        runtime.createProcessInstanceQuery()
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "over"));
        Mocks.reset();
        ClockUtil.reset();
    }

    private Job job() {
        return management.createJobQuery().singleResult();
    }

    private void run(@Nullable RuntimeException thrown) {
        failure = thrown;
        String id = job().getId();
        if (thrown == null) {
            management.executeJob(id);
        } else {
            assertThatThrownBy(() -> management.executeJob(id)).isNotNull();
        }
    }

    private static RuntimeException busy() {
        return new PostponedException(LATER, new IllegalStateException("busy"));
    }

    @Test
    void stepThatIsToWaitKeepsItsRetriesHoweverOftenAndIsDueWhenItWasTold() {
        int retries = job().getRetries();

        for (int i = 0; i < 20; i++) {
            run(busy());
        }

        assertThat(runs).isEqualTo(20);
        assertThat(job().getRetries()).isEqualTo(retries);
        assertThat(job().getDuedate()).isEqualTo(Date.from(LATER));
        assertThat(management.createJobQuery().executable().count())
                .as("not before")
                .isZero();
        assertThat(runtime.createIncidentQuery().count()).isZero();
        ClockUtil.setCurrentTime(Date.from(LATER.plusSeconds(1)));
        assertThat(management.createJobQuery().executable().count()).isEqualTo(1);
        run(null);
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    }

    /** The exception may be wrapped by whatever was between the step and the engine. */
    @Test
    void whatIsInsideAnotherExceptionCountsToo() {
        int retries = job().getRetries();

        run(new IllegalStateException("around", busy()));

        assertThat(job().getRetries()).isEqualTo(retries);
        assertThat(job().getDuedate()).isEqualTo(Date.from(LATER));
    }

    @Test
    void everyOtherFailureGoesAsTheDiagramSays() {
        run(new IllegalStateException("broken"));
        assertThat(job().getRetries()).isEqualTo(2);
        assertThat(job().getDuedate()).isEqualTo(Date.from(NOW.plusSeconds(10)));
        run(new IllegalStateException("broken"));
        assertThat(job().getRetries()).isEqualTo(1);
        assertThat(job().getDuedate()).isEqualTo(Date.from(NOW.plusSeconds(60)));
        run(new IllegalStateException("broken"));
        assertThat(job().getRetries()).isZero();
        assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    }

    /** A pause before the first failure must not make the engine forget how many attempts the diagram gives. */
    @Test
    void pausesBetweenFailuresAreAsIfTheyHadNotBeen() {
        run(busy());
        run(new IllegalStateException("broken"));
        assertThat(job().getRetries()).isEqualTo(2);
        run(busy());
        assertThat(job().getRetries()).isEqualTo(2);
        assertThat(job().getDuedate()).isEqualTo(Date.from(LATER));
        run(new IllegalStateException("broken"));
        assertThat(job().getRetries()).isEqualTo(1);
        run(busy());
        run(new IllegalStateException("broken"));
        assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    }
}
