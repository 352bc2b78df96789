package org.jiefeng.process;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.test.mock.MockExpressionManager;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageInMemProcessEngineConfiguration;
import org.jiefeng.calendar.WorkingCalendar;

/**
 * A bare engine for tests of models: its own in-memory database, full history, beans from {@code Mocks}, and no job
 * executor, so that a test passes each job and each hour itself.
 *
 * <p>Path tests hand {@link #configuration()} to the coverage extension; tests of decisions take {@link #shared()}.
 */
public final class TestEngine {

    private TestEngine() {}

    /**
     * A configuration nobody else uses: engines built from it never see each other's data. It counts coverage, so
     * processes run on it only under the coverage extension.
     */
    public static ProcessEngineConfigurationImpl configuration() {
        return configure(new ProcessCoverageInMemProcessEngineConfiguration());
    }

    /** One engine without coverage for all tests of decisions: building an engine costs more than they do. */
    public static ProcessEngine shared() {
        return Shared.ENGINE;
    }

    /** An engine nobody else uses, with these plugins and without coverage; close it. */
    static ProcessEngine apart(String name, ProcessEnginePlugin... plugins) {
        ProcessEngineConfigurationImpl configuration = configure(new StandaloneInMemProcessEngineConfiguration());
        configuration.getProcessEnginePlugins().addAll(List.of(plugins));
        return configuration.setProcessEngineName(name).buildProcessEngine();
    }

    /**
     * The real dates of the diagrams, by the engine's clock. Register them with {@code Mocks} as {@code deadlines} before
     * deploying, and deploy {@code processes/reminders.dmn} too.
     */
    public static Deadlines deadlines(ProcessEngine engine) {
        return deadlines(engine, WorkingCalendar.asDelivered());
    }

    /** The same by another calendar. */
    static Deadlines deadlines(ProcessEngine engine, WorkingCalendar calendar) {
        return new Deadlines(
                engine.getDecisionService(),
                engine.getRepositoryService(),
                calendar,
                new EngineClock(WorkingCalendar.ZONE),
                new PreventionProperties("0 0 6 * * ?", "0 30 6 * * ?"),
                new RecountProperties(Duration.ofMinutes(2), 2),
                new RetentionProperties("0 0 2 * * ?", 2, 2));
    }

    private static ProcessEngineConfigurationImpl configure(ProcessEngineConfigurationImpl configuration) {
        configuration.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_CREATE_DROP);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setExpressionManager(new MockExpressionManager());
        configuration.setJobExecutorActivate(false);
        configuration.setMetricsEnabled(false);
        configuration.setDbMetricsReporterActivate(false);
        return configuration;
    }

    private static final class Shared {
        // Named apart, so that it never stands in for the engine of a path test.
        private static final ProcessEngine ENGINE = configure(new StandaloneInMemProcessEngineConfiguration())
                .setProcessEngineName("decisions")
                .buildProcessEngine();
    }
}
