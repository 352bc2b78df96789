package org.jiefeng.carrier;

import static org.jiefeng.process.AppealVariables.SUBMISSION_REFERENCE;

import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.process.AppealProcess;
import org.jiefeng.process.PostponedException;
import org.springframework.stereotype.Component;

/** Implements {@code Task_SubmitAppealToCarrier}. Safe to retry: appeal number and round are the idempotency key. */
@Component
class SubmitAppealToCarrierDelegate implements JavaDelegate {

    private final Submissions submissions;

    SubmitAppealToCarrierDelegate(Submissions submissions) {
        this.submissions = submissions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        try {
            SUBMISSION_REFERENCE.set(execution, submissions.submit(execution.getProcessBusinessKey()));
        } catch (CarrierBusyException e) {
            throw new PostponedException(e.until(), e);
        } catch (SubmissionRefusedException e) {
            throw new BpmnError(AppealProcess.SUBMISSION_REFUSED, e);
        }
    }
}
