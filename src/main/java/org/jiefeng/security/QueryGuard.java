package org.jiefeng.security;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.ServiceImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.core.model.CoreModelElement;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Refuses every query that carries an expression, except the few that saved filters may use.
 *
 * <p>The engine's own check looks at the outermost query only; an expression in an {@code orQueries} entry is evaluated
 * for whoever may open Tasklist (CVE-2026-109432). This follows everything a command carries down to the last query, so
 * that a batch, a builder or a lambda is no way around it. It stands after the engine's interceptors, where a stored
 * filter can be looked at before it is used.
 */
class QueryGuard extends CommandInterceptor {

    /** What a saved filter may say; our own say nothing else. */
    static final Set<String> IN_FILTERS = Set.of(
            "${currentUser()}", "${currentUserGroups()}", "${now()}", "${startOfToday()}", "${startOfTomorrow()}");

    /** Where no query of the caller's can be, and the whole engine would be walked instead. */
    private static final List<Class<?>> NOT_FOLLOWED = List.of(
            CommandExecutor.class,
            CommandInterceptor.class,
            CommandContext.class,
            ProcessEngineConfiguration.class,
            ProcessEngine.class,
            ServiceImpl.class,
            ExpressionManager.class,
            CoreModelElement.class,
            DbEntity.class);

    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    private static final Field FILTER_ID = accessible(AbstractExecuteFilterCmd.class, "filterId");

    @Override
    public <T> T execute(Command<T> command) {
        if (command instanceof AbstractExecuteFilterCmd) {
            checkStored((String) ReflectionUtils.getField(FILTER_ID, command));
        }
        check(command, Set.of(), Collections.newSetFromMap(new IdentityHashMap<>()));
        return next.execute(command);
    }

    /** A filter may have been stored before this guard, or by somebody who wrote to the table. */
    private static void checkStored(@Nullable String filterId) {
        FilterEntity filter = filterId == null
                ? null
                : Context.getCommandContext().getDbEntityManager().selectById(FilterEntity.class, filterId);
        if (filter != null) {
            check(filter, Set.of(), Collections.newSetFromMap(new IdentityHashMap<>()));
        }
    }

    private static void check(@Nullable Object carried, Set<String> allowed, Set<Object> seen) {
        if (carried == null || !seen.add(carried)) {
            return;
        }
        if (carried instanceof FilterEntity filter) {
            check(filter.getQuery(), IN_FILTERS, seen);
        } else if (carried instanceof Collection<?> several) {
            List.copyOf(nonNull(several)).forEach(one -> check(one, allowed, seen));
        } else if (carried instanceof Map<?, ?> map) {
            nonNull(map.values()).forEach(one -> check(one, allowed, seen));
        } else if (carried instanceof Object[] several) {
            for (Object one : several) {
                check(one, allowed, seen);
            }
        } else if (isFollowed(carried.getClass())) {
            if (carried instanceof AbstractQuery<?, ?> query) {
                refuseExpressions(query, allowed);
            }
            for (Field field : FIELDS.computeIfAbsent(carried.getClass(), QueryGuard::references)) {
                check(ReflectionUtils.getField(field, carried), allowed, seen);
            }
        }
    }

    private static List<Object> nonNull(Collection<?> values) {
        List<Object> present = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                present.add(value);
            }
        }
        return present;
    }

    private static void refuseExpressions(AbstractQuery<?, ?> query, Set<String> allowed) {
        Map<String, String> expressions = query.getExpressions();
        if (expressions != null && !allowed.containsAll(expressions.values())) {
            throw new BadUserRequestException("Expressions are not allowed in queries");
        }
    }

    private static boolean isFollowed(Class<?> type) {
        return type.getName().startsWith("org.camunda.bpm.engine.")
                && NOT_FOLLOWED.stream().noneMatch(not -> not.isAssignableFrom(type));
    }

    private static List<Field> references(Class<?> type) {
        List<Field> references = new ArrayList<>();
        ReflectionUtils.doWithFields(
                type,
                field -> {
                    field.setAccessible(true);
                    references.add(field);
                },
                field -> !Modifier.isStatic(field.getModifiers())
                        && !ClassUtils.isSimpleValueType(field.getType())
                        && NOT_FOLLOWED.stream().noneMatch(not -> not.isAssignableFrom(field.getType()))
                        && field.getDeclaringClass().getName().startsWith("org.camunda.bpm.engine."));
        return references;
    }

    private static Field accessible(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            // Another version of the engine: better no start than no guard.
            throw new IllegalStateException(e);
        }
    }
}
