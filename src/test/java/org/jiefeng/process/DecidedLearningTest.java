package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The courses of a warning are those of the real decision. */
class DecidedLearningTest {

    private static ProcessEngine engine;
    private static DecidedLearning learning;

    @BeforeAll
    static void start() {
        engine = TestEngine.apart("learning");
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("processes/retraining-plan.dmn")
                .addModelInstance(
                        "waiting.bpmn",
                        Bpmn.createExecutableProcess("waiting")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .receiveTask("Task_Wait")
                                .message(AppealProcess.CARRIER_DECISION_RECEIVED)
                                .endEvent()
                                .done())
                .deploy();
        learning = new DecidedLearning(engine.getDecisionService(), engine.getRuntimeService());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void aBrokenRuleHasItsCourses() {
        assertThat(learning.coursesFor("RK-2026-000001", "NO_CONSENT")).containsExactly("CONSENT", "PIPL");
    }

    @Test
    void withoutABrokenRuleTheCausesOfTheCaseSayIt() {
        engine.getRuntimeService()
                .startProcessInstanceByKey("waiting", "AP-2026-000001", Map.of("causes", "OUT_OF_HOURS"));

        assertThat(learning.coursesFor("AP-2026-000001", null)).containsExactly("CALLING_HOURS");
        assertThat(learning.coursesFor("AP-2026-000009", null)).isEmpty();
    }
}
