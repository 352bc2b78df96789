package org.jiefeng.process;

import java.util.List;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.Variables;
import org.jiefeng.appeal.LearningPlan;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks decision {@code retraining-plan}, which the training itself goes by, what a warned person should learn. */
@Component
class DecidedLearning implements LearningPlan {

    private final DecisionService decisions;
    private final RuntimeService runtime;

    DecidedLearning(DecisionService decisions, RuntimeService runtime) {
        this.decisions = decisions;
        this.runtime = runtime;
    }

    @Override
    public List<String> coursesFor(String caseNumber, @Nullable String violation) {
        String courses = decisions
                .evaluateDecisionByKey("retraining-plan")
                .variables(Variables.createVariables()
                        .putValue("causes", violation == null ? causesOf(caseNumber) : "")
                        .putValue("violation", violation))
                .evaluate()
                .getSingleResult()
                .getEntry("courses");
        return courses.isEmpty() ? List.of() : List.of(courses.split(","));
    }

    /** The causes of a case under way; none when it has ended. */
    private String causesOf(String caseNumber) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .rootProcessInstances()
                .list()
                .stream()
                .map(instance -> runtime.getVariable(instance.getId(), AppealVariables.CAUSES.name()))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse("");
    }
}
