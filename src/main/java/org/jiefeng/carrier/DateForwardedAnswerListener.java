package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.FORWARDED_AT;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.calendar.WorkingCalendar;
import org.springframework.stereotype.Component;

/** On creation of {@code Task_AnswerForwardedComplaint}: the date it is due becomes one of the dates of the case. */
@Component
class DateForwardedAnswerListener implements TaskListener {

    private final DueDates dueDates;
    private final CaseSheet caseSheet;

    DateForwardedAnswerListener(DueDates dueDates, CaseSheet caseSheet) {
        this.dueDates = dueDates;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        String appealNumber = task.getExecution().getProcessBusinessKey();
        Instant due = task.getDueDate().toInstant();
        dueDates.set(appealNumber, DueDates.Kind.FORWARDED_COMPLAINT, due, DueDates.Reason.FORWARDED, "system");
        // A case may have several: each task shows its own days.
        caseSheet.writeForTask(
                appealNumber,
                task.getId(),
                Map.of(
                        "forwardedOn",
                        LocalDate.ofInstant(FORWARDED_AT.get(task).toInstant(), WorkingCalendar.ZONE)
                                .toString(),
                        "forwardAnswerDueOn",
                        LocalDate.ofInstant(due, WorkingCalendar.ZONE).toString()));
    }
}
