package org.jiefeng.process;

import java.util.stream.Collectors;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Tells people what a task's listener refused, and why.
 *
 * <p>The engine wraps whatever a listener throws, so that a field left out would look like a fault of the server and be
 * logged as one.
 */
class RefusalInterceptor extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (ProcessEngineException e) {
            throw refusalIn(e);
        }
    }

    private static ProcessEngineException refusalIn(ProcessEngineException thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadUserRequestException refusal) {
                return refusal;
            }
            if (cause instanceof InvalidInputException invalid) {
                return new BadUserRequestException(text(invalid), thrown);
            }
            if (cause instanceof ConflictException) {
                return new BadUserRequestException(cause.getMessage(), thrown);
            }
        }
        return thrown;
    }

    private static String text(InvalidInputException invalid) {
        return invalid.problems().stream()
                .map(problem -> problem.field() + ": " + problem.reason())
                .collect(Collectors.joining("; "));
    }
}
