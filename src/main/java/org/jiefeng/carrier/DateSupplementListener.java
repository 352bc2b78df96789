package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.DUE_DATE_GIVEN;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On creation of {@code Task_ProvideSupplement}: it is due when the carrier wants it, each supplement at its own date. */
@Component
class DateSupplementListener implements TaskListener {

    private final CarrierDates dates;
    private final CaseSheet caseSheet;

    DateSupplementListener(CarrierDates dates, CaseSheet caseSheet) {
        this.dates = dates;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        String appealNumber = task.getExecution().getProcessBusinessKey();
        Optional<Instant> wanted = caseSheet
                .find(appealNumber, "supplementDueOn")
                .filter(day -> !day.isBlank())
                .map(day -> CarrierDates.endOf(LocalDate.parse(day)));
        Instant due = wanted.orElseGet(() -> task.getDueDate().toInstant());
        if (wanted.isPresent()) {
            DUE_DATE_GIVEN.setLocal(task, true);
        }
        task.setDueDate(Date.from(due));
        dates.supplementAsked(appealNumber, due);
    }
}
