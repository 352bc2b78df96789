package org.jiefeng.carrier;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.springframework.stereotype.Component;

/** Implements {@code Task_EscalateForwardedComplaint}: the case says that the answer was not there when it had to be soon. */
@Component
class EscalateForwardedComplaintDelegate implements JavaDelegate {

    private final DueDates dueDates;
    private final Timeline timeline;

    EscalateForwardedComplaintDelegate(DueDates dueDates, Timeline timeline) {
        this.dueDates = dueDates;
        this.timeline = timeline;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String appealNumber = execution.getProcessBusinessKey();
        timeline.record(
                appealNumber,
                "system",
                "FORWARDED_ESCALATED",
                dueDates.latest(appealNumber, DueDates.Kind.FORWARDED_COMPLAINT)
                        .map(entry -> entry.dueAt()
                                .atZone(WorkingCalendar.ZONE)
                                .toLocalDate()
                                .toString())
                        .orElse(null));
    }
}
