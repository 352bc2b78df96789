package org.jiefeng.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskFormVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;
import org.springframework.stereotype.Component;

/** Puts {@link CaseForms} between every form and the engine: on submission, on display and on refusal. */
@Component
class CaseFormPlugin extends AbstractProcessEnginePlugin {

    private final CaseForms forms;

    CaseFormPlugin(CaseForms forms) {
        this.forms = forms;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener> listeners = new ArrayList<>(
                configuration.getCustomPreBPMNParseListeners() == null
                        ? List.of()
                        : configuration.getCustomPreBPMNParseListeners());
        listeners.add(new HandlerSetter());
        configuration.setCustomPreBPMNParseListeners(listeners);

        List<CommandInterceptor> interceptors = new ArrayList<>(
                configuration.getCustomPostCommandInterceptorsTxRequired() == null
                        ? List.of()
                        : configuration.getCustomPostCommandInterceptorsTxRequired());
        interceptors.add(new RefusalInterceptor());
        interceptors.add(new SheetReader());
        configuration.setCustomPostCommandInterceptorsTxRequired(interceptors);

        List<CommandInterceptor> outermost = new ArrayList<>(
                configuration.getCustomPreCommandInterceptorsTxRequired() == null
                        ? List.of()
                        : configuration.getCustomPreCommandInterceptorsTxRequired());
        outermost.add(new HandInRefusal());
        configuration.setCustomPreCommandInterceptorsTxRequired(outermost);
    }

    /** Replaces handlers only; it adds no scope, so running cases are not touched. */
    private final class HandlerSetter extends AbstractBpmnParseListener {

        @Override
        public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
            TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
            task.setTaskFormHandler(new CaseFormHandler(task.getTaskFormHandler(), forms));
        }

        @Override
        public void parseProcess(Element element, ProcessDefinitionEntity definition) {
            if (definition.getStartFormHandler() != null && definition.getStartFormDefinition() != null) {
                definition.setStartFormHandler(new CaseStartFormHandler(definition.getStartFormHandler(), forms));
            }
        }
    }

    /**
     * Of what a form's hand-in is refused for, the engine's REST interface takes only this exception for the sender's
     * fault (400). Outermost, because the engine would log it as an error of its own.
     */
    private static final class HandInRefusal extends CommandInterceptor {

        @Override
        public <T> T execute(Command<T> command) {
            try {
                return next.execute(command);
            } catch (BadUserRequestException e) {
                if (command instanceof SubmitTaskFormCmd
                        || command instanceof CompleteTaskCmd
                        || command instanceof SubmitStartFormCmd) {
                    throw new FormFieldValidationException(null, e.getMessage(), e);
                }
                throw e;
            }
        }
    }

    /** Adds case-sheet texts to what a form is given to show, and takes the last answers out of its fields. */
    private final class SheetReader extends CommandInterceptor {

        @Override
        public <T> T execute(Command<T> command) {
            T result = next.execute(command);
            if (command instanceof GetTaskFormVariablesCmd get && result instanceof VariableMap variables) {
                TaskEntity task = Context.getCommandContext().getTaskManager().findTaskById(get.resourceId);
                String businessKey = task.getProcessInstance().getBusinessKey();
                String form = forms.ofTask(get.resourceId);
                forms.startingEmpty(form).forEach(variables::remove);
                if (businessKey != null) {
                    Map<String, String> texts = forms.shownBy(form, businessKey, get.resourceId);
                    texts.forEach((name, text) -> {
                        if (get.formVariableNames == null || get.formVariableNames.contains(name)) {
                            variables.put(name, text);
                        }
                    });
                }
            }
            return result;
        }
    }
}
