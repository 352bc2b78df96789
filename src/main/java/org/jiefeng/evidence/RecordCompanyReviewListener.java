package org.jiefeng.evidence;

import static org.jiefeng.process.AppealVariables.COMPANY_DECISION;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_ReviewApplication}: keeps the judgement with its reasons, or refuses one without. */
@Component
class RecordCompanyReviewListener implements TaskListener {

    private final CompanyReviews reviews;
    private final CaseSheet caseSheet;

    RecordCompanyReviewListener(CompanyReviews reviews, CaseSheet caseSheet) {
        this.reviews = reviews;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        Map<String, String> answers = caseSheet.answers(task.getId());
        reviews.record(
                task.getExecution().getProcessBusinessKey(),
                COMPANY_DECISION.get(task),
                EvidenceChecklist.codes(answers.getOrDefault("reviewReasonCode", "")),
                answers.getOrDefault("reviewReason", ""),
                task.getAssignee());
    }
}
