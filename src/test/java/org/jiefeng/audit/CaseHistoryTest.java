package org.jiefeng.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.mock.Mocks;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.jiefeng.process.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaseHistoryTest {

    private static final String NUMBER = "AP-2026-000077";

    private static final String DECISION = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn"
                id="d" name="d" namespace="d">
              <decision id="weight" name="How grave it is" camunda:historyTimeToLive="P30D">
                <decisionTable id="t" hitPolicy="UNIQUE">
                  <input id="i" label="Calls"><inputExpression id="ie" typeRef="long"><text>calls</text></inputExpression></input>
                  <output id="o" name="grave" typeRef="string" />
                  <rule id="few"><description>House rule</description><inputEntry id="e1"><text>&lt; LIMIT</text></inputEntry>
                    <outputEntry id="o1"><text>"NO"</text></outputEntry></rule>
                  <rule id="many"><inputEntry id="e2"><text>&gt;= LIMIT</text></inputEntry>
                    <outputEntry id="o2"><text>"YES"</text></outputEntry></rule>
                </decisionTable>
              </decision>
            </definitions>
            """;

    private final ProcessEngine engine = TestEngine.shared();
    private final CaseHistory history = new CaseHistory(engine.getHistoryService(), engine.getRepositoryService());
    private String deployment = "";
    private String revision = "";

    @BeforeEach
    void deploy() {
        BpmnModelInstance parent = Bpmn.createExecutableProcess("audited")
                .name("Audited")
                .camundaHistoryTimeToLive(1)
                .startEvent("Start")
                .businessRuleTask("Decide")
                .camundaDecisionRef("weight")
                .camundaMapDecisionResult("singleEntry")
                .camundaResultVariable("grave")
                .exclusiveGateway("Grave")
                .sequenceFlowId("Flow_Yes")
                .condition("yes", "${grave == 'YES'}")
                .callActivity("Call")
                .calledElement("audited-part")
                .endEvent("End")
                .moveToNode("Grave")
                .sequenceFlowId("Flow_No")
                .condition("no", "${grave == 'NO'}")
                .endEvent("EndWithout")
                .done();
        CallActivity call = parent.getModelElementById("Call");
        CamundaIn key = parent.newInstance(CamundaIn.class);
        key.setCamundaBusinessKey("#{execution.processBusinessKey}");
        call.builder().addExtensionElement(key);
        BpmnModelInstance part = Bpmn.createExecutableProcess("audited-part")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .userTask("Answer")
                .camundaAssignee("employee")
                .serviceTask("Send")
                .camundaAsyncBefore()
                .camundaDelegateExpression("${send}")
                .endEvent()
                .done();
        deployment = engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("audited.bpmn", parent)
                .addModelInstance("audited-part.bpmn", part)
                .addString("weight.dmn", DECISION.replace("LIMIT", "50"))
                .deploy()
                .getId();
        Mocks.register("send", (JavaDelegate) execution -> {
            throw new IllegalStateException("No answer about 13812345678");
        });
    }

    @AfterEach
    void undeploy() {
        engine.getIdentityService().clearAuthentication();
        engine.getRepositoryService().deleteDeployment(deployment, true);
        if (!revision.isEmpty()) {
            engine.getRepositoryService().deleteDeployment(revision, true);
        }
        Mocks.reset();
    }

    private void start(long calls) {
        engine.getRuntimeService().startProcessInstanceByKey("audited", NUMBER, Map.of("calls", calls));
    }

    private void answer() {
        Task task = engine.getTaskService()
                .createTaskQuery()
                .taskDefinitionKey("Answer")
                .singleResult();
        engine.getIdentityService().setAuthenticatedUserId("employee");
        engine.getTaskService().complete(task.getId(), Map.of("answered", true));
        engine.getIdentityService().clearAuthentication();
    }

    private CaseHistory.Details details(String key) {
        String run = history.runs(NUMBER).stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow()
                .id();
        return history.details(NUMBER, run).orElseThrow();
    }

    @Test
    void caseIsFollowedDownItsCallActivities() {
        start(60);

        List<CaseHistory.Run> runs = history.runs(NUMBER);
        assertThat(runs).extracting(CaseHistory.Run::key).containsExactly("audited", "audited-part");
        assertThat(runs.get(1).parentId()).isEqualTo(runs.get(0).id());
        assertThat(runs.get(1).calledBy()).isEqualTo("Call");
        assertThat(details("audited").steps())
                .filteredOn(step -> step.elementId().equals("Call"))
                .singleElement()
                .satisfies(step ->
                        assertThat(step.calledRun()).isEqualTo(runs.get(1).id()));
    }

    @Test
    void processOfAnotherCaseIsNotShown() {
        start(60);

        String run = history.runs(NUMBER).get(0).id();
        assertThat(history.details("AP-2026-000078", run)).isEmpty();
    }

    @Test
    void pathTakenIsTheFlowsBetweenThePassedElements() {
        start(60);

        assertThat(details("audited").flows()).contains("Flow_Yes").doesNotContain("Flow_No");
        assertThat(history.diagram(details("audited").run().definitionId())).contains("Flow_Yes");
    }

    @Test
    void decisionKeepsItsVersionAndTheRuleThatFiredAfterTheTableHasChanged() {
        start(60);
        revision = engine.getRepositoryService()
                .createDeployment()
                .name("weight.dmn owner: sixty is enough")
                .addString("weight.dmn", DECISION.replace("LIMIT", "61"))
                .deploy()
                .getId();

        CaseHistory.Ruling ruling = details("audited").rulings().get(0);
        assertThat(ruling.elementId()).isEqualTo("Decide");
        assertThat(ruling.version()).isEqualTo(1);
        assertThat(ruling.fired()).containsExactly("many");
        assertThat(ruling.inputs()).containsExactly(new CaseHistory.Value("Calls", "60"));
        assertThat(ruling.outputs()).containsExactly(new CaseHistory.Value("grave", "YES"));
        CaseHistory.Table table = history.table(ruling.definitionId()).orElseThrow();
        assertThat(table.rows())
                .containsExactly(
                        new CaseHistory.Row("few", List.of("< 50"), List.of("\"NO\""), "House rule"),
                        new CaseHistory.Row("many", List.of(">= 50"), List.of("\"YES\""), ""));
        assertThat(table.note()).isNull();
    }

    @Test
    void noteOfWhoChangedATableIsShownWithIt() {
        revision = engine.getRepositoryService()
                .createDeployment()
                .name("weight.dmn owner: sixty is enough")
                .addString("weight.dmn", DECISION.replace("LIMIT", "61"))
                .deploy()
                .getId();
        start(60);

        CaseHistory.Ruling ruling = details("audited").rulings().get(0);
        assertThat(ruling.fired()).containsExactly("few");
        assertThat(history.table(ruling.definitionId()).orElseThrow().note()).isEqualTo("owner: sixty is enough");
    }

    @Test
    void objectIsNotUnpacked() {
        engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "audited", NUMBER, Map.of("calls", 60L, "causes", new ArrayList<>(List.of("A"))));

        assertThat(details("audited").variables())
                .filteredOn(variable -> variable.name().equals("causes"))
                .singleElement()
                .satisfies(variable ->
                        assertThat(variable.changes().get(0).value()).isEqualTo("[…]"));
    }

    @Test
    void variablesKeepEveryValueAndWhoWroteIt() {
        start(60);
        String part = details("audited-part").run().id();
        engine.getRuntimeService().setVariable(part, "answered", false);
        answer();

        assertThat(details("audited-part").variables())
                .filteredOn(variable -> variable.name().equals("answered"))
                .singleElement()
                .satisfies(variable -> assertThat(variable.changes())
                        .extracting(CaseHistory.Change::value, CaseHistory.Change::by)
                        .containsExactly(tuple("false", null), tuple("true", "employee")));
        assertThat(details("audited-part").operations()).anySatisfy(operation -> {
            assertThat(operation.by()).isEqualTo("employee");
            assertThat(operation.operation()).isEqualTo("Complete");
        });
    }

    @Test
    void failuresAreShownTryByTryAndWithoutTheNumbersTheyMention() {
        start(60);
        answer();
        for (int left = 3; left > 0; left--) {
            Job job = engine.getManagementService()
                    .createJobQuery()
                    .processInstanceId(details("audited-part").run().id())
                    .singleResult();
            try {
                engine.getManagementService().executeJob(job.getId());
            } catch (ProcessEngineException | IllegalStateException expected) {
                // Counted by the engine.
            }
        }

        CaseHistory.Details part = details("audited-part");
        assertThat(part.failedTries())
                .extracting(CaseHistory.FailedTry::retriesLeft)
                .containsExactly(2, 1, 0);
        assertThat(part.failedTries())
                .allSatisfy(one -> assertThat(one.message()).isEqualTo("No answer about 138****5678"));
        assertThat(part.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.state()).isEqualTo("OPEN");
            assertThat(incident.elementId()).isEqualTo("Send");
            assertThat(incident.message()).isEqualTo("No answer about 138****5678");
        });
    }
}
