package org.jiefeng.evidence;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** On creation of {@code Task_ProvideSupplement}: the applicant may bring files again, though the dossier is sealed. */
@Component
class OpenSupplementListener implements TaskListener {

    private final EvidenceRounds rounds;

    OpenSupplementListener(EvidenceRounds rounds) {
        this.rounds = rounds;
    }

    @Override
    public void notify(DelegateTask task) {
        rounds.start(task.getExecution().getProcessBusinessKey(), EvidenceRound.Kind.SUPPLEMENT);
    }
}
