package org.jiefeng.security;

import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.util.ClassUtils;

/**
 * Expressions that can use variables, the named beans, decision results and a little of the execution, and nothing that
 * leads from there to classes, class loaders or the rest of the application.
 */
class GuardedExpressions extends JuelExpressionManager {

    /** What a diagram may call on an execution or task. */
    private static final Set<String> EXECUTION_MEMBERS = Set.of(
            "processBusinessKey", "getProcessBusinessKey", "setVariable", "getVariable", "id", "name", "assignee");

    GuardedExpressions(Map<Object, Object> beans) {
        super(beans);
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver resolvers = new CompositeELResolver();
        resolvers.add(new Gate(beans));
        resolvers.add(super.createElResolver());
        return resolvers;
    }

    /** Stands before all other resolvers: either it throws, or it leaves the answer to them. */
    @NullUnmarked
    private static final class Gate extends ELResolver {

        private final Map<Object, Object> beans;

        Gate(Map<Object, Object> beans) {
            this.beans = beans;
        }

        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            check(base, property);
            return null;
        }

        @Override
        public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
            check(base, method);
            return null;
        }

        @Override
        public Class<?> getType(ELContext context, Object base, Object property) {
            check(base, property);
            return null;
        }

        @Override
        public void setValue(ELContext context, Object base, Object property, Object value) {
            check(base, property);
        }

        @Override
        public boolean isReadOnly(ELContext context, Object base, Object property) {
            check(base, property);
            return true;
        }

        @Override
        public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
            return Collections.emptyIterator();
        }

        @Override
        public Class<?> getCommonPropertyType(ELContext context, Object base) {
            return Object.class;
        }

        private void check(Object base, Object member) {
            if (base == null) {
                return;
            }
            String name = String.valueOf(member);
            boolean allowed;
            if (base instanceof DelegateExecution || base instanceof DelegateTask) {
                allowed = EXECUTION_MEMBERS.contains(name);
            } else if (base instanceof Map) {
                allowed = !"class".equals(name) && !"getClass".equals(name);
            } else {
                allowed = (base instanceof DmnDecisionResult
                                || base instanceof List
                                || base instanceof Date
                                || isNamedBean(base))
                        && !"class".equals(name)
                        && !"getClass".equals(name);
            }
            if (!allowed) {
                throw new ELException(
                        "Not allowed in an expression: " + base.getClass().getSimpleName() + "." + name);
            }
        }

        private boolean isNamedBean(Object base) {
            String type = ClassUtils.getUserClass(base).getSimpleName();
            String name = Character.toLowerCase(type.charAt(0)) + type.substring(1);
            return beans.containsKey(name) && beans.get(name) == base;
        }
    }
}
