package org.jiefeng.absence;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jiefeng.account.Absence;
import org.jiefeng.account.Absences;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Component;

/** Implements {@code Task_FindBegunAbsences}: starts the hand-over of every absence that has begun. */
@Component
class FindBegunAbsencesDelegate implements JavaDelegate {

    private final Absences absences;
    private final CaseMessenger messenger;

    FindBegunAbsencesDelegate(Absences absences, CaseMessenger messenger) {
        this.absences = absences;
        this.messenger = messenger;
    }

    @Override
    public void execute(DelegateExecution execution) {
        absences.begun().stream().map(Absence::id).forEach(messenger::startHandOver);
    }
}
