package org.jiefeng.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.Stage;
import org.springframework.stereotype.Component;

/** Notes the stage a case enters; the element's extension property {@code stage} names it. */
@Component
class EnterStageListener implements ExecutionListener {

    private final AppealService appeals;

    EnterStageListener(AppealService appeals) {
        this.appeals = appeals;
    }

    @Override
    public void notify(DelegateExecution execution) {
        appeals.enterStage(
                execution.getProcessBusinessKey(), Stage.valueOf(ModelProperty.required(execution, "stage")));
    }
}
