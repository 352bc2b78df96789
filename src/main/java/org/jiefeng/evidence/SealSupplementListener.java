package org.jiefeng.evidence;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_ProvideSupplement}: what was brought is frozen before it goes to the carrier. */
@Component
class SealSupplementListener implements TaskListener {

    private final DossierService dossiers;

    SealSupplementListener(DossierService dossiers) {
        this.dossiers = dossiers;
    }

    @Override
    public void notify(DelegateTask task) {
        dossiers.sealSupplement(task.getExecution().getProcessBusinessKey(), task.getAssignee());
    }
}
