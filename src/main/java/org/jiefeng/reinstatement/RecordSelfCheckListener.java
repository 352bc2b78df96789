package org.jiefeng.reinstatement;

import static org.jiefeng.process.AppealVariables.ANOMALY_REPORTED;
import static org.jiefeng.process.AppealVariables.PROBATION_OVER;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_CompleteSelfCheck}: keeps the self-check and notes whether probation's time is up. */
@Component
class RecordSelfCheckListener implements TaskListener {

    private final Reinstatement reinstatement;
    private final CaseSheet caseSheet;

    RecordSelfCheckListener(Reinstatement reinstatement, CaseSheet caseSheet) {
        this.reinstatement = reinstatement;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        Map<String, String> answers = caseSheet.answers(task.getId());
        boolean over = reinstatement.recordSelfCheck(
                task.getExecution().getProcessBusinessKey(),
                task.getId(),
                task.getAssignee(),
                new SelfCheck(
                        ticked(answers, "scriptFollowed"),
                        ticked(answers, "capKept"),
                        ticked(answers, "hoursKept"),
                        answers.get("selfCheckRemarks"),
                        ANOMALY_REPORTED.find(task).orElse(false),
                        answers.get("anomalyText")));
        PROBATION_OVER.set(task, over);
    }

    private static boolean ticked(Map<String, String> answers, String name) {
        return Boolean.parseBoolean(answers.getOrDefault(name, "false"));
    }
}
