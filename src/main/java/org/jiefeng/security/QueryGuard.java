package org.jiefeng.security;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.HistoricTaskInstanceQueryImpl;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cmd.SaveFilterCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.query.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Refuses every query and every filter that carries an expression other than the few our own filters use.
 *
 * <p>The engine's own check looks at the outermost query only; an expression in an {@code orQueries} entry is evaluated
 * for whoever may open Tasklist (CVE-2026-109432). This looks at all of them, wherever a command carries them.
 */
class QueryGuard extends CommandInterceptor {

    static final Set<String> ALLOWED =
            Set.of("${currentUser()}", "${currentUserGroups()}", "${now()}", "${deadlines.endOfToday()}");

    @Override
    public <T> T execute(Command<T> command) {
        if (command instanceof AbstractQuery<?, ?> query) {
            check(query);
        } else {
            ReflectionUtils.doWithFields(command.getClass(), field -> {
                if (carriesQuery(field.getType())) {
                    field.setAccessible(true);
                    check(field.get(command));
                }
            });
        }
        if (command instanceof SaveFilterCmd) {
            checkFilterOf(command);
        }
        return next.execute(command);
    }

    private static boolean carriesQuery(Class<?> type) {
        return Query.class.isAssignableFrom(type);
    }

    private static void checkFilterOf(Command<?> command) {
        ReflectionUtils.doWithFields(
                command.getClass(),
                field -> {
                    field.setAccessible(true);
                    Filter filter = (Filter) field.get(command);
                    if (filter != null) {
                        check(filter.getQuery());
                    }
                },
                field -> field.getType() == Filter.class);
    }

    private static void check(@Nullable Object carried) {
        if (!(carried instanceof AbstractQuery<?, ?> query)) {
            return;
        }
        Map<String, String> expressions = query.getExpressions();
        if (expressions != null && !ALLOWED.containsAll(expressions.values())) {
            throw new BadUserRequestException("Expressions are not allowed in queries");
        }
        if (query instanceof TaskQueryImpl tasks) {
            tasks.getQueries().stream().filter(inner -> inner != tasks).forEach(QueryGuard::check);
        } else if (query instanceof HistoricTaskInstanceQueryImpl tasks) {
            tasks.getQueries().stream().filter(inner -> inner != tasks).forEach(QueryGuard::check);
        }
    }
}
