package org.jiefeng.carrier;

import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_ContactCarrier} and {@code Task_AskForMissingMaterial}: what the carrier said is kept. */
@Component
class RecordContactListener implements TaskListener {

    private final CarrierContacts contacts;
    private final CaseSheet caseSheet;

    RecordContactListener(CarrierContacts contacts, CaseSheet caseSheet) {
        this.contacts = contacts;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        contacts.record(
                task.getExecution().getProcessBusinessKey(),
                Objects.requireNonNullElse(task.getAssignee(), "system"),
                caseSheet.answers(task.getId()));
    }
}
