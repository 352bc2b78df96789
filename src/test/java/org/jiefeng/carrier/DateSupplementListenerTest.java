package org.jiefeng.carrier;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jiefeng.appeal.CaseSheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DateSupplementListenerTest {

    private static final String APPEAL = "AP-2026-000001";
    private static final Instant BY_THE_RULE = Instant.parse("2026-03-06T10:00:00Z");

    private final CarrierDates dates = mock(CarrierDates.class);
    private final CaseSheet caseSheet = mock(CaseSheet.class);
    private final DelegateTask task = mock(DelegateTask.class);

    @BeforeEach
    void createTask() {
        DelegateExecution execution = mock(DelegateExecution.class);
        when(task.getExecution()).thenReturn(execution);
        when(execution.getProcessBusinessKey()).thenReturn(APPEAL);
        when(task.getDueDate()).thenReturn(Date.from(BY_THE_RULE));
    }

    @Test
    void supplementIsDueWhenTheCarrierWantsItAndNoCalendarMovesThat() {
        when(caseSheet.find(APPEAL, "supplementDueOn")).thenReturn(Optional.of("2026-03-10"));

        new DateSupplementListener(dates, caseSheet).notify(task);

        Instant wanted = Instant.parse("2026-03-10T10:00:00Z");
        verify(task).setDueDate(Date.from(wanted));
        verify(task).setVariableLocal("dueDateGiven", true);
        verify(dates).supplementAsked(APPEAL, wanted);
    }

    @Test
    void supplementWithoutADateIsDueByTheRuleAndMovesWithTheCalendar() {
        when(caseSheet.find(APPEAL, "supplementDueOn")).thenReturn(Optional.of(""));

        new DateSupplementListener(dates, caseSheet).notify(task);

        verify(task, never()).setVariableLocal(anyString(), any());
        verify(dates).supplementAsked(APPEAL, BY_THE_RULE);
    }
}
