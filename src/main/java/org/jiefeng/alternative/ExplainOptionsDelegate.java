package org.jiefeng.alternative;

import static org.jiefeng.process.AppealVariables.CAN_COMPLAIN;
import static org.jiefeng.process.AppealVariables.CAN_REPLACE_CARD;
import static org.jiefeng.process.AppealVariables.CAN_RESUBMIT;
import static org.jiefeng.process.AppealVariables.CAN_TAKE_ADVICE;
import static org.jiefeng.process.AppealVariables.CARRIER_OUTCOME;
import static org.jiefeng.process.AppealVariables.CAUSES;
import static org.jiefeng.process.AppealVariables.COMPLAINT_MADE;
import static org.jiefeng.process.AppealVariables.COMPLAIN_UNTIL;
import static org.jiefeng.process.AppealVariables.SUBMISSION_ROUND;

import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_ExplainOptions}. */
@Component
class ExplainOptionsDelegate implements JavaDelegate {

    private final Alternatives alternatives;

    ExplainOptionsDelegate(Alternatives alternatives) {
        this.alternatives = alternatives;
    }

    @Override
    public void execute(DelegateExecution execution) {
        alternatives.explain(
                execution.getProcessBusinessKey(),
                new Options(
                        CAN_RESUBMIT.get(execution),
                        CAN_COMPLAIN.get(execution),
                        CAN_REPLACE_CARD.get(execution),
                        CAN_TAKE_ADVICE.get(execution),
                        CARRIER_OUTCOME.find(execution).orElse(null),
                        SUBMISSION_ROUND.find(execution).orElse(0L),
                        COMPLAINT_MADE.find(execution).orElse(false),
                        List.of(CAUSES.get(execution).split(",")).contains("SUSPECTED_FRAUD"),
                        COMPLAIN_UNTIL.find(execution).map(Date::toInstant).orElse(null)));
    }
}
