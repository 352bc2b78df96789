package org.jiefeng;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jiefeng.account.Absences;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Employees;
import org.jiefeng.account.ProtectionProperties;
import org.jiefeng.account.Vault;
import org.jiefeng.app.Postgres;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConductRecord;
import org.jiefeng.appeal.LearningPlan;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.appeal.TimelineChain;
import org.jiefeng.appeal.TimelineCheck;
import org.jiefeng.appeal.TimelineProperties;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** Some services over a real database with all our tables, the appeal room, and a clock that a test moves. */
public final class TestRoom implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private int cards;

    private TestRoom(
            DataSource dataSource, Consumer<AnnotationConfigApplicationContext> room, JavaMigration... migrations) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .javaMigrations(migrations)
                .load()
                .migrate();
        context.registerBean(DataSource.class, () -> dataSource);
        context.registerBean(MovableClock.class, MovableClock::new);
        context.register(Beans.class);
        room.accept(context);
        context.refresh();
    }

    /** @param room registers what is to be tested */
    public static TestRoom onH2(Consumer<AnnotationConfigApplicationContext> room, JavaMigration... migrations) {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        return new TestRoom(new DriverManagerDataSource(url, "sa", ""), room, migrations);
    }

    /** @param room registers what is to be tested */
    public static TestRoom onPostgres(Consumer<AnnotationConfigApplicationContext> room, JavaMigration... migrations) {
        return new TestRoom(new DriverManagerDataSource(Postgres.freshDatabase(), "postgres", ""), room, migrations);
    }

    /**
     * Over a database of the test's own, e.g. behind a pool.
     *
     * @param room registers what is to be tested
     */
    public static TestRoom on(DataSource dataSource, Consumer<AnnotationConfigApplicationContext> room) {
        return new TestRoom(dataSource, room);
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient jdbc() {
        return get(JdbcClient.class);
    }

    /** An open appeal for a suspended card of this person, of department head {@code manager}. */
    public String openAppeal(String employeeId) {
        Employees employees = get(Employees.class);
        if (employees.find(employeeId).isEmpty()) {
            employees.addDepartment("of-" + employeeId, "Telesales", "manager", "deputy");
            employees.add(employeeId, "Li Na", "of-" + employeeId, "110101199001010007");
        }
        String mobile = "138%08d".formatted(++cards);
        String account = get(Accounts.class)
                .open(employeeId, Carrier.CHINA_MOBILE, mobile, "8986001234567%07d".formatted(cards));
        get(Accounts.class).pauseCalling(account, Account.Status.SUSPENDED, null);
        return get(AppealService.class).open(account, employeeId, true).number();
    }

    /** The account of an appeal. */
    public Account account(String appealNumber) {
        return get(Accounts.class)
                .get(get(AppealService.class).get(appealNumber).accountId());
    }

    public void now(Instant instant) {
        get(MovableClock.class).now = instant;
    }

    @Override
    public void close() {
        context.close();
    }

    /** Stands still until a test moves it; begins on Tuesday 2026-03-03, 10:00 in Shanghai. */
    public static final class MovableClock extends Clock {

        private Instant now = Instant.parse("2026-03-03T02:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneId.of("Asia/Shanghai");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            MovableClock outer = this;
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return zone;
                }

                @Override
                public Clock withZone(ZoneId other) {
                    return outer.withZone(other);
                }

                @Override
                public Instant instant() {
                    return outer.now;
                }
            };
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import({
        AppealService.class,
        CaseSheet.class,
        ConductRecord.class,
        LegalHolds.class,
        Timeline.class,
        TimelineChain.class,
        TimelineCheck.class,
        Absences.class,
        Employees.class,
        Accounts.class,
        Vault.class
    })
    static class Beans {

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }

        @Bean
        MessageSource messageSource() {
            ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
            messages.setBasenames(
                    "i18n/appeal",
                    "i18n/fault",
                    "i18n/suspension",
                    "i18n/calendar",
                    "i18n/absence",
                    "i18n/reinstatement",
                    "i18n/retraining",
                    "i18n/alternative",
                    "i18n/calling",
                    "i18n/carrier");
            messages.setDefaultEncoding("UTF-8");
            messages.setFallbackToSystemLocale(false);
            return messages;
        }

        @Bean
        TimelineProperties timelineProperties() {
            return new TimelineProperties("1", "t".repeat(32), Map.of());
        }

        @Bean
        ProtectionProperties protectionProperties() {
            return new ProtectionProperties("1", "k".repeat(32), Map.of(), "i".repeat(32));
        }

        /** The real plan is a decision of the engine, which these tests do without. */
        @Bean
        LearningPlan learningPlan() {
            return (caseNumber, violation) -> List.of(violation == null ? "ATTITUDE" : "CADENCE");
        }

        @Bean
        Locale deploymentLocale() {
            return Locale.ENGLISH;
        }

        @Bean
        ObjectMapper objectMapper() {
            return new ObjectMapper().findAndRegisterModules();
        }
    }
}
