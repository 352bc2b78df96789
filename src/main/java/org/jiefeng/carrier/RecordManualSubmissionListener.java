package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.REVIEW_WORKING_DAYS;
import static org.jiefeng.process.AppealVariables.SUBMISSION_REFERENCE;
import static org.jiefeng.process.AppealVariables.SUSPENDED_AT;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_SubmitThroughPortal}: when, how and under which ticket the appeal was handed in. */
@Component
class RecordManualSubmissionListener implements TaskListener {

    private final Submissions submissions;
    private final CaseSheet caseSheet;

    RecordManualSubmissionListener(Submissions submissions, CaseSheet caseSheet) {
        this.submissions = submissions;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        Map<String, String> answers = caseSheet.answers(task.getId());
        String ticket = answers.getOrDefault("ticketNumber", "");
        submissions.recordByHand(
                task.getExecution().getProcessBusinessKey(),
                answers.getOrDefault("channelUsed", ""),
                ticket,
                moment(answers.getOrDefault("submittedAt", "")),
                SUSPENDED_AT.find(task).map(date -> date.toInstant()).orElse(Instant.EPOCH),
                REVIEW_WORKING_DAYS.get(task),
                Objects.requireNonNullElse(task.getAssignee(), "system"));
        SUBMISSION_REFERENCE.set(task, ticket);
    }

    /** Local time in Shanghai as the form sends it, or with an offset of its own. */
    private static @Nullable Instant moment(String text) {
        try {
            return LocalDateTime.parse(text).atZone(WorkingCalendar.ZONE).toInstant();
        } catch (DateTimeParseException e) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException stillUnreadable) {
                return null;
            }
        }
    }
}
