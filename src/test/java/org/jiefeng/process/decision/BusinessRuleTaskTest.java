package org.jiefeng.process.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.BusinessRuleTaskBuilder;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOutputParameter;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.ProcessVariable;
import org.jiefeng.process.TestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each business rule task of the diagrams, run alone on the engine: its decision is there and fills its variables. */
class BusinessRuleTaskTest {

    private static final ProcessEngine ENGINE = TestEngine.shared();

    @ParameterizedTest
    @MethodSource("tasks")
    void decisionFillsTheVariablesOfTheTask(String task, String decision, Map<String, String> outputs) {
        String deployment = deploy(task, decision, outputs);
        try {
            VariableMap variables = ENGINE.getRuntimeService()
                    .createProcessInstanceByKey("alone")
                    .setVariables(caseFacts())
                    .executeWithVariablesInReturn()
                    .getVariables();

            assertThat(outputs).isNotEmpty();
            outputs.keySet().forEach(output -> {
                assertThat(variables.get(output)).as(output).isNotNull();
                assertThat(AppealVariables.named(output).map(ProcessVariable::type))
                        .as(output + " is declared with the type the decision gives")
                        .hasValueSatisfying(
                                type -> assertThat(variables.get(output)).isInstanceOf(type));
            });
        } finally {
            ENGINE.getRepositoryService().deleteDeployment(deployment, true);
        }
    }

    static Stream<Arguments> tasks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            return files
                    .filter(file -> file.toString().endsWith(".bpmn"))
                    .flatMap(file ->
                            Bpmn.readModelFromFile(file.toFile())
                                    .getModelElementsByType(BusinessRuleTask.class)
                                    .stream())
                    .map(task -> Arguments.of(
                            task.getId(),
                            task.getCamundaDecisionRef(),
                            task.getExtensionElements().getElementsQuery().list().stream()
                                    .flatMap(element ->
                                            element.getChildElementsByType(CamundaOutputParameter.class).stream())
                                    .filter(output -> output.getTextContent().contains("decisionResult"))
                                    .collect(Collectors.toMap(
                                            CamundaOutputParameter::getCamundaName,
                                            CamundaOutputParameter::getTextContent))))
                    .toList()
                    .stream();
        }
    }

    private static String deploy(String task, String decision, Map<String, String> outputs) {
        BusinessRuleTaskBuilder ruleTask = Bpmn.createExecutableProcess("alone")
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .businessRuleTask(task)
                .camundaDecisionRef(decision);
        outputs.forEach(ruleTask::camundaOutputParameter);
        BpmnModelInstance alone = ruleTask.endEvent().done();
        DeploymentBuilder deployment =
                ENGINE.getRepositoryService().createDeployment().addModelInstance("alone.bpmn", alone);
        Decisions.models().keySet().forEach(file -> deployment.addClasspathResource(file.toString()));
        return deployment.deploy().getId();
    }

    private static VariableMap caseFacts() {
        VariableMap facts = Variables.createVariables();
        List.of(
                        "causes=COMPLAINT,HIGH_FREQUENCY",
                        "carrier=CHINA_UNICOM",
                        "source=CARRIER",
                        "accountState=SUSPENDED",
                        "severity=HIGH",
                        "route=NORMAL",
                        "carrierOutcome=REJECTED",
                        "violation=COMPLAINT_RATE",
                        "callPlatform=HOUSE_PBX",
                        "courses=CADENCE,OPT_OUT")
                .forEach(fact -> facts.put(fact.split("=")[0], fact.split("=")[1]));
        return facts.putValue("repeatCount", 0L)
                .putValue("presentStep", 50L)
                .putValue("submissionRound", 1L)
                .putValue("complaintMade", false)
                .putValue("callsCounted", 400L)
                .putValue("complaintsCounted", 2L)
                .putValue("complaintRatePerTenThousand", 50L);
    }
}
