package org.jiefeng.evidence;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Implements {@code Task_SealDossier}. Safe to retry: a sealed round stays as it is. */
@Component
class SealDossierDelegate implements JavaDelegate {

    private final DossierService dossiers;

    SealDossierDelegate(DossierService dossiers) {
        this.dossiers = dossiers;
    }

    @Override
    public void execute(DelegateExecution execution) {
        dossiers.sealApplication(execution.getProcessBusinessKey());
    }
}
