package org.jiefeng.process;

import java.util.Date;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.JobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultFailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sees to it that a {@link PostponedException} only moves its job's due date; every other failure goes as the diagram says. */
@Component
class PostponedJobs extends AbstractProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setFailedJobCommandFactory(new Factory());
    }

    private static final class Factory extends DefaultFailedJobCommandFactory {

        @Override
        public Command<Object> getCommand(String jobId, Throwable exception) {
            for (@Nullable Throwable cause = exception; cause != null; cause = cause.getCause()) {
                if (cause instanceof PostponedException postponed) {
                    return new Postpone(jobId, postponed);
                }
            }
            return super.getCommand(jobId, exception);
        }
    }

    /** Leaves no exception on the job: the engine takes a job with one for a job that failed before. */
    private static final class Postpone extends JobRetryCmd {

        private final PostponedException postponed;

        Postpone(String jobId, PostponedException postponed) {
            super(jobId, postponed);
            this.postponed = postponed;
        }

        @Override
        public @Nullable Object execute(CommandContext context) {
            JobEntity job = getJob();
            if (job != null) {
                job.setDuedate(Date.from(postponed.until()));
                job.unlock();
                notifyAcquisition(context);
            }
            return null;
        }
    }
}
