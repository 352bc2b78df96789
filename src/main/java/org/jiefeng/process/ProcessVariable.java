package org.jiefeng.process;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * A process variable as a declared, typed thing; only strings, booleans, longs and dates.
 *
 * @param name the name used in diagrams, decisions and forms
 * @param type {@code String}, {@code Boolean}, {@code Long} or {@code java.util.Date}
 */
public record ProcessVariable<T>(String name, Class<T> type) {

    public Optional<T> find(VariableScope scope) {
        return Optional.ofNullable(scope.getVariable(name)).map(type::cast);
    }

    /** @throws IllegalStateException when the variable is not set: the diagram reached a step too early */
    public T get(VariableScope scope) {
        return find(scope).orElseThrow(() -> new IllegalStateException("Process variable '" + name + "' is not set"));
    }

    /** For what holds of one task only. */
    public void setLocal(VariableScope scope, T value) {
        scope.setVariableLocal(name, value);
    }

    public void set(VariableScope scope, T value) {
        scope.setVariable(name, value);
    }
}
