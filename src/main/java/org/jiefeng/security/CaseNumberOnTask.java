package org.jiefeng.security;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Writes the case number on each task, so that Tasklist shows it in its lists.
 *
 * <p>Tasklist cannot show a business key, and whoever may see a task may see the task's own variables only. A create
 * listener adds no scope, so tasks of running cases are not touched.
 */
@Component
class CaseNumberOnTask extends AbstractProcessEnginePlugin {

    static final String VARIABLE = "appealNumber";

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<BpmnParseListener> listeners = new ArrayList<>();
        if (configuration.getCustomPreBPMNParseListeners() != null) {
            listeners.addAll(configuration.getCustomPreBPMNParseListeners());
        }
        listeners.add(new AbstractBpmnParseListener() {
            @Override
            public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
                ((UserTaskActivityBehavior) activity.getActivityBehavior())
                        .getTaskDefinition()
                        .addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, CaseNumberOnTask::write);
            }
        });
        configuration.setCustomPreBPMNParseListeners(listeners);
    }

    private static void write(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        if (number != null) {
            task.setVariableLocal(VARIABLE, number);
        }
    }
}
