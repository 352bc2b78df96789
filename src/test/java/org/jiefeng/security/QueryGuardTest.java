package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.rest.dto.task.TaskQueryDto;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The same hostile queries against the engine as it is sold and against ours. */
class QueryGuardTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final GenericApplicationContext BEANS = new GenericApplicationContext();
    private static final DataSource OUR_DATABASE = database();

    private static ProcessEngine stock;
    private static ProcessEngine ours;

    @BeforeAll
    static void build() {
        BEANS.registerBean("canary", Canary.class, () -> new Canary(true));
        BEANS.refresh();
        stock = engine("stock", database(), List.of());
        ours = engine(
                "ours",
                OUR_DATABASE,
                List.of(new EngineHardening(
                        BEANS,
                        new SlowPasswordHash(1000),
                        new LoginLimits(LoginLimitsTest.properties(), Clock.systemUTC()))));
    }

    @AfterAll
    static void close() {
        stock.close();
        ours.close();
        BEANS.close();
    }

    @BeforeEach
    void reset() {
        Canary.HITS.set(0);
    }

    private static DataSource database() {
        return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    private static ProcessEngine engine(String name, DataSource database, List<ProcessEnginePlugin> plugins) {
        SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
        configuration.setProcessEngineName(name);
        configuration.setDataSource(database);
        configuration.setTransactionManager(new DataSourceTransactionManager(database));
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setJobExecutorActivate(false);
        configuration.setMetricsEnabled(false);
        configuration.setProcessEnginePlugins(plugins);
        // As Spring's factory bean does it for the application: every bean in every expression.
        configuration.setApplicationContext(BEANS);
        configuration.setExpressionManager(new SpringExpressionManager(BEANS));
        return configuration.buildProcessEngine();
    }

    private static TaskQuery query(String json, ProcessEngine engine) throws JsonProcessingException {
        TaskQueryDto dto = JSON.readValue(json, TaskQueryDto.class);
        dto.setObjectMapper(JSON);
        return dto.toQuery(engine);
    }

    private static void ask(TaskQuery query) {
        try {
            query.count();
        } catch (RuntimeException evaluatedToSomethingElse) {
            // A date field got a string, say: too late, the expression has run.
        }
    }

    @Test
    void theStockEngineEvaluatesEveryHiddenExpression() throws Exception {
        for (String hostile : HostileQueries.hidden()) {
            int before = Canary.HITS.get();
            ask(query(hostile, stock));
            assertThat(Canary.HITS.get()).as(hostile).isGreaterThan(before);
        }
    }

    @Test
    void oursRefusesEveryOneOfThem() throws Exception {
        assertThat(HostileQueries.all()).hasSizeGreaterThanOrEqualTo(400);
        for (String hostile : HostileQueries.all()) {
            TaskQuery query = query(hostile, ours);
            assertThatThrownBy(query::count).as(hostile).isInstanceOf(BadUserRequestException.class);
            assertThatThrownBy(query::list).as(hostile).isInstanceOf(BadUserRequestException.class);
        }
        assertThat(Canary.HITS).hasValue(0);
    }

    @Test
    void oursRefusesThemInsideCommandsThatOnlyCarryAQuery() throws Exception {
        Filter harmless = ours.getFilterService()
                .saveFilter(ours.getFilterService()
                        .newTaskFilter("harmless")
                        .setQuery(ours.getTaskService().createTaskQuery().taskName("x")));
        for (String hostile : HostileQueries.hidden()) {
            TaskQuery query = query(hostile, ours);
            assertThatThrownBy(() -> ours.getFilterService().list(harmless.getId(), query))
                    .isInstanceOf(BadUserRequestException.class);
            assertThatThrownBy(() -> ours.getFilterService().count(harmless.getId(), query))
                    .isInstanceOf(BadUserRequestException.class);
            assertThatThrownBy(() -> ours.getFilterService()
                            .saveFilter(ours.getFilterService()
                                    .newTaskFilter("hostile")
                                    .setQuery(query)))
                    .isInstanceOf(BadUserRequestException.class);
        }
        assertThat(Canary.HITS).hasValue(0);
    }

    @Test
    void theStockEngineEvaluatesAFilterSomebodyStored() {
        Filter stored = stock.getFilterService()
                .saveFilter(stock.getFilterService()
                        .newTaskFilter("hostile")
                        .setQuery(stock.getTaskService().createTaskQuery().taskAssigneeExpression("${canary.hit()}")));

        stock.getFilterService().count(stored.getId());

        assertThat(Canary.HITS.get()).isPositive();
    }

    @Test
    void oursRefusesAFilterThatIsInTheTableAlready() {
        Filter stored = ours.getFilterService()
                .saveFilter(ours.getFilterService()
                        .newTaskFilter("to be tampered with")
                        .setQuery(ours.getTaskService().createTaskQuery().taskName("x")));
        JdbcClient.create(OUR_DATABASE)
                .sql("update act_ru_filter set query_ = :query where id_ = :id")
                .param("query", "{\"orQueries\":[{\"assigneeExpression\":\"${canary.hit()}\"}]}")
                .param("id", stored.getId())
                .update();

        assertThatThrownBy(() -> ours.getFilterService().count(stored.getId()))
                .isInstanceOf(BadUserRequestException.class);
        assertThatThrownBy(() -> ours.getFilterService().list(stored.getId()))
                .isInstanceOf(BadUserRequestException.class);
        assertThat(Canary.HITS).hasValue(0);
    }

    @Test
    void ourOwnFiltersWork() {
        Filter due = ours.getFilterService()
                .saveFilter(ours.getFilterService()
                        .newTaskFilter("due")
                        .setQuery(ours.getTaskService()
                                .createTaskQuery()
                                .or()
                                .taskAssigneeExpression("${currentUser()}")
                                .taskCandidateGroupInExpression("${currentUserGroups()}")
                                .endOr()
                                .dueAfterExpression("${startOfToday()}")
                                .dueBeforeExpression("${startOfTomorrow()}")));
        Authorization read = ours.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        read.setUserId("somebody");
        read.setResource(Resources.FILTER);
        read.setResourceId(due.getId());
        read.addPermission(Permissions.READ);
        ours.getAuthorizationService().saveAuthorization(read);
        ours.getIdentityService().setAuthentication("somebody", List.of("employees"));
        try {
            assertThat(ours.getFilterService().list(due.getId())).isEmpty();
            assertThat(ours.getFilterService().count(due.getId())).isZero();
        } finally {
            ours.getIdentityService().clearAuthentication();
        }
    }

    private static BpmnModelInstance model(String condition) {
        return Bpmn.createExecutableProcess("expression")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask()
                .camundaExpression(condition)
                .endEvent()
                .done();
    }

    private static void run(ProcessEngine engine, String expression) {
        String deployment = engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("expression.bpmn", model(expression))
                .deploy()
                .getId();
        try {
            engine.getRuntimeService()
                    .startProcessInstanceByKey(
                            "expression", "AP-2026-000001", java.util.Map.of("employeeId", "employee", "days", 3L));
        } finally {
            engine.getRepositoryService().deleteDeployment(deployment, true);
        }
    }

    private static final List<String> ESCAPES = List.of(
            "${canary.hit()}",
            "${''.getClass().forName('org.jiefeng.security.Canary').newInstance()}",
            "${execution.getClass().getClassLoader().loadClass('org.jiefeng.security.Canary').newInstance()}",
            "${employeeId.getClass().forName('org.jiefeng.security.Canary').newInstance()}",
            "${days['class'].forName('org.jiefeng.security.Canary').newInstance()}",
            "${execution.processEngineServices.runtimeService.getClass().forName('org.jiefeng.security.Canary').newInstance()}");

    @Test
    void theStockEngineLetsADiagramReachAnything() {
        for (String escape : ESCAPES) {
            int before = Canary.HITS.get();
            run(stock, escape);
            assertThat(Canary.HITS.get()).as(escape).isGreaterThan(before);
        }
    }

    @Test
    void oursKeepsDiagramsToVariablesAndNamedBeans() {
        for (String escape : ESCAPES) {
            assertThatThrownBy(() -> run(ours, escape)).as(escape).isInstanceOf(ProcessEngineException.class);
        }
        assertThatThrownBy(() -> run(ours, "${execution.processEngineServices}"))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(Canary.HITS).hasValue(0);
    }

    @Test
    void whatTheDiagramsSayStillWorks() {
        for (String expression : List.of(
                "${execution.processBusinessKey}",
                "${employeeId == 'employee' && days > 2}",
                "${empty employeeId}",
                "${execution.setVariable('appealSupported', false)}",
                "${now()}")) {
            run(ours, expression);
        }
    }

    @Test
    void scriptsAreOff() {
        BpmnModelInstance script = Bpmn.createExecutableProcess("script")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .scriptTask()
                .scriptFormat("javascript")
                .scriptText("1 + 1")
                .endEvent()
                .done();
        ours.getRepositoryService()
                .createDeployment()
                .addModelInstance("script.bpmn", script)
                .deploy();

        assertThatThrownBy(() -> ours.getRuntimeService().startProcessInstanceByKey("script"))
                .hasMessageContaining("Scripts are switched off");
    }

    @Test
    void externalEntitiesAreNotRead() {
        String hostile = """
                <?xml version="1.0"?>
                <!DOCTYPE definitions [<!ENTITY canary SYSTEM "http://127.0.0.1:9/canary">]>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">&canary;</definitions>
                """;
        assertThatThrownBy(() -> ours.getRepositoryService()
                        .createDeployment()
                        .addString("xxe.bpmn", hostile)
                        .deploy())
                .isInstanceOf(ProcessEngineException.class)
                .hasStackTraceContaining("DOCTYPE");
    }
}
