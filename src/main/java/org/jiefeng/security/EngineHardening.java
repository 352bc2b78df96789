package org.jiefeng.security;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.UnlockUserCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;

/**
 * Closes what the last community release of the engine leaves open: expressions in queries (CVE-2026-109432), every Spring
 * bean in every expression, scripts, and Java objects as variables.
 */
@Component
class EngineHardening extends AbstractProcessEnginePlugin {

    private final ApplicationContext context;
    private final SlowPasswordHash slowHash;
    private final LoginLimits limits;

    EngineHardening(ApplicationContext context, SlowPasswordHash slowHash, LoginLimits limits) {
        this.context = context;
        this.slowHash = slowHash;
        this.limits = limits;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setCustomPostCommandInterceptorsTxRequired(
                withGuards(configuration.getCustomPostCommandInterceptorsTxRequired()));
        configuration.setCustomPostCommandInterceptorsTxRequiresNew(
                withGuards(configuration.getCustomPostCommandInterceptorsTxRequiresNew()));
        GuardedExpressions expressions = new GuardedExpressions(new NamedBeans(context));
        expressions.addFunction("startOfToday", method("startOfToday"));
        expressions.addFunction("startOfTomorrow", method("startOfTomorrow"));
        configuration.setExpressionManager(expressions);
        configuration.setScriptEngineResolver(new NoScripts());
        configuration.setResourceAuthorizationProvider(new TaskRights());
        configuration.setAuthorizationEnabled(true);
        configuration.setEnforceSpecificVariablePermission(true);
        configuration.setDefaultUserPermissionNameForTask("TASK_WORK");
        configuration.setEnableHistoricInstancePermissions(true);
        configuration.setEnablePasswordPolicy(true);
        // The engine goes on reading the salted SHA-512 of older databases.
        configuration.setPasswordEncryptor(slowHash);
        configuration.setJavaSerializationFormatEnabled(false);
        configuration.setDeserializationTypeValidationEnabled(true);
        configuration.setDeserializationAllowedPackages("");
        configuration.setDeserializationAllowedClasses("");
        configuration.setEnableXxeProcessing(false);
        configuration.setEnableExpressionsInAdhocQueries(false);
        // No slash, semicolon or percent sign: such ids could not be told apart from paths.
        configuration.setGeneralResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9._-]*");
        // For passwords asked for in a session, before one's own is changed: three wrong ones in a row cost 3, 6, 12
        // seconds; the tenth locks that door until an administrator unlocks it. Logins have limits of their own.
        configuration.setLoginDelayBase(3);
        configuration.setLoginDelayFactor(2);
        configuration.setLoginDelayMaxTime(60);
        configuration.setLoginMaxAttempts(10);
    }

    private List<CommandInterceptor> withGuards(@Nullable List<CommandInterceptor> others) {
        List<CommandInterceptor> interceptors = new ArrayList<>(
                List.of(new QueryGuard(), new OwnTaskGuard(), new CaseTextGuard(), new Unlocking(limits)));
        if (others != null) {
            interceptors.addAll(others);
        }
        return interceptors;
    }

    private static Method method(String name) {
        return Objects.requireNonNull(ReflectionUtils.findMethod(DayBounds.class, name));
    }

    /**
     * The beans that a diagram may name: delegates, listeners and the deadlines. They are looked up when first used,
     * because the engine starts before them.
     */
    @NullUnmarked
    static final class NamedBeans extends HashMap<Object, Object> {

        private final transient ListableBeanFactory beans;

        NamedBeans(ListableBeanFactory beans) {
            this.beans = beans;
        }

        @Override
        public boolean containsKey(Object name) {
            if (!(name instanceof String bean) || !beans.containsBean(bean)) {
                return false;
            }
            Class<?> type = beans.getType(bean);
            return "deadlines".equals(bean)
                    || type != null
                            && (JavaDelegate.class.isAssignableFrom(type) && bean.endsWith("Delegate")
                                    || (ExecutionListener.class.isAssignableFrom(type)
                                                    || TaskListener.class.isAssignableFrom(type))
                                            && bean.endsWith("Listener"));
        }

        @Override
        public Object get(Object name) {
            return containsKey(name) ? beans.getBean((String) name) : null;
        }
    }

    /** "Unlock user" in Admin forgives the wrong passwords of logins too, once the engine has let the administrator do it. */
    private static final class Unlocking extends CommandInterceptor {

        private static final Field USER =
                Objects.requireNonNull(ReflectionUtils.findField(UnlockUserCmd.class, "userId"));

        static {
            ReflectionUtils.makeAccessible(USER);
        }

        private final LoginLimits limits;

        Unlocking(LoginLimits limits) {
            this.limits = limits;
        }

        @Override
        public <T> T execute(Command<T> command) {
            T result = next.execute(command);
            if (command instanceof UnlockUserCmd) {
                limits.forgive(String.valueOf(ReflectionUtils.getField(USER, command)));
            }
            return result;
        }
    }

    /** FEEL in decisions is not a script; everything else that calls itself a script language is refused. */
    private static final class NoScripts implements ScriptEngineResolver {

        private final ScriptEngineManager none = new ScriptEngineManager(null);

        @Override
        public void addScriptEngineFactory(ScriptEngineFactory factory) {
            // No language is wanted.
        }

        @Override
        public ScriptEngineManager getScriptEngineManager() {
            return none;
        }

        @Override
        public ScriptEngine getScriptEngine(String language, boolean cache) {
            throw new ProcessEngineException("Scripts are switched off: " + language);
        }
    }
}
