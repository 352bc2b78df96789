package org.jiefeng.alternative;

import static org.jiefeng.process.AppealVariables.COMPLAIN_UNTIL;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_FileRegulatorComplaint}: keeps the complaint, or refuses one the regulator would refuse. */
@Component
class RecordRegulatorComplaintListener implements TaskListener {

    private final Alternatives alternatives;
    private final CaseSheet caseSheet;

    RecordRegulatorComplaintListener(Alternatives alternatives, CaseSheet caseSheet) {
        this.alternatives = alternatives;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        alternatives.recordComplaint(
                task.getExecution().getProcessBusinessKey(),
                task.getId(),
                caseSheet.answers(task.getId()),
                COMPLAIN_UNTIL.find(task).map(Date::toInstant).orElse(null),
                task.getAssignee());
    }
}
