package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.REVIEW_HOURS;
import static org.jiefeng.process.AppealVariables.REVIEW_STARTED_AT;
import static org.jiefeng.process.AppealVariables.REVIEW_WORKING_DAYS;
import static org.jiefeng.process.AppealVariables.SUBMISSION_REFERENCE;
import static org.jiefeng.process.AppealVariables.SUSPENDED_AT;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_SubmitThroughPortal}: when, how and under which ticket the appeal was handed in. */
@Component
class RecordManualSubmissionListener implements TaskListener {

    private final Submissions submissions;
    private final CarrierDates dates;
    private final CaseSheet caseSheet;

    RecordManualSubmissionListener(Submissions submissions, CarrierDates dates, CaseSheet caseSheet) {
        this.submissions = submissions;
        this.dates = dates;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        String appealNumber = task.getExecution().getProcessBusinessKey();
        String actor = Objects.requireNonNullElse(task.getAssignee(), "system");
        Map<String, String> answers = caseSheet.answers(task.getId());
        ManualSubmission submission = ManualSubmission.read(answers);
        Instant suspendedAt =
                SUSPENDED_AT.find(task).map(date -> date.toInstant()).orElse(Instant.EPOCH);
        submissions.recordByHand(appealNumber, submission, suspendedAt, REVIEW_WORKING_DAYS.get(task), actor);
        Instant from = submission.reviewStart();
        dates.submitted(
                appealNumber,
                from,
                REVIEW_WORKING_DAYS.get(task),
                REVIEW_HOURS.find(task).orElse(0L),
                actor);
        REVIEW_STARTED_AT.set(task.getExecution(), Date.from(from));
        SUBMISSION_REFERENCE.set(task, submission.ticket());
    }
}
