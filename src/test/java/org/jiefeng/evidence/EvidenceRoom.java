package org.jiefeng.evidence;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jiefeng.account.Absences;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Employees;
import org.jiefeng.account.ProtectionProperties;
import org.jiefeng.account.Vault;
import org.jiefeng.app.Postgres;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.RetentionTimes;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.appeal.TimelineChain;
import org.jiefeng.appeal.TimelineProperties;
import org.jiefeng.appeal.WaitingSteps;
import org.jiefeng.appeal.WorkRecords;
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
import org.springframework.util.unit.DataSize;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The evidence room with a real database and nothing else around it. */
final class EvidenceRoom implements AutoCloseable {

    /** As decision retention says. */
    static final RetentionTimes TIMES = kind -> switch (kind) {
        case "IDENTITY" -> "30 days";
        case "RECORDING" -> "180 days";
        default -> "3 years";
    };

    /** Small limits, so that tests can reach them. */
    static final EvidenceProperties LIMITS = new EvidenceProperties(
            EnumSet.allOf(MediaKind.class),
            DataSize.ofMegabytes(2),
            DataSize.ofMegabytes(4),
            8,
            1_000_000,
            Path.of("target", "uploads"),
            150,
            26);

    /** What every case waits for. */
    final List<WaitingSteps.Step> steps = new ArrayList<>();

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    private EvidenceRoom(DataSource dataSource, EvidenceProperties limits, CaseRecords... records) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        context.registerBean(DataSource.class, () -> dataSource);
        context.registerBean(EvidenceProperties.class, () -> limits);
        for (int i = 0; i < records.length; i++) {
            CaseRecords source = records[i];
            context.registerBean("records" + i, CaseRecords.class, () -> source);
        }
        context.registerBean(RetentionTimes.class, () -> TIMES);
        context.registerBean(WaitingSteps.class, () -> appeal -> steps);
        context.register(Beans.class);
        context.refresh();
    }

    static EvidenceRoom onH2(CaseRecords... records) {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        return new EvidenceRoom(new DriverManagerDataSource(url, "sa", ""), LIMITS, records);
    }

    static EvidenceRoom onPostgres(CaseRecords... records) {
        return onPostgres(LIMITS, records);
    }

    static EvidenceRoom onPostgres(EvidenceProperties limits, CaseRecords... records) {
        return new EvidenceRoom(new DriverManagerDataSource(Postgres.freshDatabase(), "postgres", ""), limits, records);
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** An open appeal of this person. */
    String openAppeal(String employeeId) {
        return get(AppealService.class)
                .open("ACC-" + UUID.randomUUID().toString().substring(0, 8), employeeId, true)
                .number();
    }

    @Override
    public void close() throws Exception {
        context.close();
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import({
        Accounts.class,
        Absences.class,
        Employees.class,
        Vault.class,
        AppealService.class,
        CaseSheet.class,
        Timeline.class,
        TimelineChain.class,
        EvidenceTexts.class,
        EvidenceRounds.class,
        EvidenceCatalogue.class,
        EvidenceContents.class,
        EvidenceFiles.class,
        StoredReceipts.class,
        ReceiptApi.class,
        Previews.class,
        FileInspection.class,
        EvidenceChecklist.class,
        ApplicationService.class,
        CompanyReviews.class,
        CaseFacts.class,
        PdfPrinter.class,
        DossierPdf.class,
        CallListPdf.class,
        ReviewedApplications.class,
        MeasureChecks.class,
        RecordingRescue.class,
        RescueApi.class,
        WorkPerformance.class,
        DossierService.class,
        RecordGathering.class,
        EarlierAppeals.class,
        Completeness.class,
        CaseAccess.class,
        EvidenceApi.class,
        EvidencePages.class,
        ApplicationApi.class,
        SheetApi.class
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
            messages.setBasenames("i18n/evidence", "i18n/suspension");
            messages.setDefaultEncoding("UTF-8");
            messages.setFallbackToSystemLocale(false);
            return messages;
        }

        /** One full week of work. */
        @Bean
        WorkRecords workRecords() {
            return (employee, from, to) -> List.of(new WorkRecords.Week(LocalDate.of(2026, 3, 2), 120, 40, 95, 2, 1));
        }

        @Bean
        SpringTemplateEngine templateEngine() {
            ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
            templates.setPrefix("templates/");
            templates.setSuffix(".html");
            templates.setCharacterEncoding("UTF-8");
            SpringTemplateEngine engine = new SpringTemplateEngine();
            engine.setTemplateResolver(templates);
            return engine;
        }

        @Bean
        Locale deploymentLocale() {
            return Locale.ENGLISH;
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        ObjectMapper objectMapper() {
            return new ObjectMapper();
        }

        @Bean
        TimelineProperties timelineProperties() {
            return new TimelineProperties("1", "t".repeat(32), Map.of());
        }

        @Bean
        ProtectionProperties protectionProperties() {
            return new ProtectionProperties("1", "k".repeat(32), Map.of(), "i".repeat(32));
        }
    }
}
