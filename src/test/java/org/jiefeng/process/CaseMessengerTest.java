package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages to cases, with the engine in the same transaction as our tables, as in the application. */
class CaseMessengerTest {

    private static final String APPEAL = "AP-2026-000001";

    private static AnnotationConfigApplicationContext context;

    @BeforeAll
    static void start() {
        context = new AnnotationConfigApplicationContext(Beans.class);
        context.getBean(ProcessEngine.class)
                .getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "waiting.bpmn",
                        Bpmn.createExecutableProcess("waiting")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .receiveTask("Task_Wait")
                                .message(AppealProcess.CARRIER_DECISION_RECEIVED)
                                .endEvent()
                                .done())
                .deploy();
        JdbcClient.create(context.getBean(DataSource.class))
                .sql("create table answer (state varchar(20))")
                .update();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void aMessageReachesTheCaseThatWaits() {
        RuntimeService runtime = context.getBean(RuntimeService.class);
        runtime.startProcessInstanceByKey("waiting", APPEAL);

        boolean sent = send(APPEAL);

        assertThat(sent).isTrue();
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(APPEAL)
                        .count())
                .isZero();
        assertThat(send(APPEAL)).isFalse();
    }

    @Test
    void whenNobodyWaitsTheSendersTransactionStillCommits() {
        JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));

        Boolean sent = new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).execute(status -> {
            jdbc.sql("insert into answer values ('LATE')").update();
            return send("AP-2026-000002");
        });

        assertThat(sent).isFalse();
        assertThat(jdbc.sql("select state from answer").query(String.class).single())
                .isEqualTo("LATE");
    }

    private static boolean send(String appealNumber) {
        return context.getBean(CaseMessenger.class)
                .send(AppealProcess.CARRIER_DECISION_RECEIVED, appealNumber, Map.of());
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import(CaseMessenger.class)
    static class Beans {

        @Bean
        DataSource dataSource() {
            return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }

        @Bean
        ProcessEngineFactoryBean processEngine(
                DataSource dataSource, PlatformTransactionManager transactions, ApplicationContext context) {
            SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
            configuration.setProcessEngineName("messenger");
            configuration.setApplicationContext(context);
            configuration.setDataSource(dataSource);
            configuration.setTransactionManager(transactions);
            configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
            configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
            configuration.setJobExecutorActivate(false);
            configuration.setMetricsEnabled(false);
            ProcessEngineFactoryBean factory = new ProcessEngineFactoryBean();
            factory.setProcessEngineConfiguration(configuration);
            return factory;
        }

        @Bean
        RuntimeService runtimeService(ProcessEngine engine) {
            return engine.getRuntimeService();
        }
    }
}
