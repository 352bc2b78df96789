package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.FORWARDED_AT;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_AnswerForwardedComplaint}: the timeline says when it was answered, and whether in time. */
@Component
class RecordForwardedAnswerListener implements TaskListener {

    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final CarrierTexts texts;
    private final Clock clock;

    RecordForwardedAnswerListener(CaseSheet caseSheet, Timeline timeline, CarrierTexts texts, Clock clock) {
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    public void notify(DelegateTask task) {
        Map<String, String> answers = caseSheet.answers(task.getId());
        LocalDate answered = answeredOn(answers.getOrDefault("forwardAnsweredOn", ""));
        LocalDate forwarded = LocalDate.ofInstant(FORWARDED_AT.get(task).toInstant(), WorkingCalendar.ZONE);
        if (answered.isBefore(forwarded) || answered.isAfter(LocalDate.now(clock.withZone(WorkingCalendar.ZONE)))) {
            throw new InvalidInputException(
                    "forwardAnsweredOn", texts.of("problem.forwardAnsweredOn", forwarded.toString()));
        }
        boolean late = answered.isAfter(LocalDate.ofInstant(task.getDueDate().toInstant(), WorkingCalendar.ZONE));
        timeline.record(
                task.getExecution().getProcessBusinessKey(),
                Objects.requireNonNullElse(task.getAssignee(), "system"),
                late ? "FORWARDED_ANSWERED_LATE" : "FORWARDED_ANSWERED",
                answered.toString());
    }

    private LocalDate answeredOn(String typed) {
        try {
            return LocalDate.parse(typed.strip());
        } catch (DateTimeParseException e) {
            throw new InvalidInputException("forwardAnsweredOn", texts.of("problem.day"));
        }
    }
}
