package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.mock.MockExpressionManager;
import org.camunda.bpm.engine.test.mock.Mocks;
import org.jiefeng.TestRoom;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.CalendarNotices;
import org.jiefeng.calendar.MovedDates;
import org.jiefeng.calendar.RecountProgress;
import org.jiefeng.calendar.WorkingCalendar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A notice over open cases: real diagrams, decisions and tables, engine and tables in one transaction, the jobs passed by
 * hand. All dates are counted by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CaseRecountContract {

    /** Spring Festival is on 6 February 2027, a Saturday; the days off and worked are made up. */
    static final String NOTICE = """
            # Source: Notice of a test
            2027-02-05,2027-02-12,HOLIDAY,Spring Festival
            2027-02-14,2027-02-14,WORKDAY,for Spring Festival
            """;

    static final String THURSDAY_BEFORE = "2027-02-04T10:00+08:00";

    final Map<String, JavaDelegate> instead = new HashMap<>();

    TestRoom room;
    RuntimeService runtime;
    TaskService tasks;
    ManagementService management;

    abstract TestRoom open();

    final void register(AnnotationConfigApplicationContext context) {
        context.register(
                Engine.class,
                CalendarNotices.class,
                WorkingCalendar.class,
                MovedDates.class,
                DueDates.class,
                CaseDates.class,
                CaseMessenger.class,
                CalendarChanges.class,
                DateMoves.class,
                Deadlines.class,
                CaseRecount.class,
                HandOutCasesDelegate.class,
                CountDatesAgainDelegate.class);
    }

    @BeforeAll
    void start() throws IOException {
        // Before everything that happens here, as an installed release is.
        now("2026-01-05T10:00+08:00", false);
        room = open();
        runtime = room.get(RuntimeService.class);
        tasks = room.get(TaskService.class);
        management = room.get(ManagementService.class);
        Mocks.register("deadlines", room.get(Deadlines.class));
        var deployment = room.get(RepositoryService.class).createDeployment();
        for (String file : List.of(
                "calendar-change.bpmn",
                "manager-report.bpmn",
                "carrier-review.bpmn",
                "forwarded-complaint.bpmn",
                "reminders.dmn",
                "carrier-service-level.dmn")) {
            deployment.addString(file, Files.readString(Path.of("processes", file)));
        }
        deployment.deploy();
    }

    @AfterAll
    void stop() throws Exception {
        room.close();
        ClockUtil.reset();
        Mocks.reset();
    }

    @BeforeEach
    void setUp() {
        Mocks.register("deadlines", room.get(Deadlines.class));
        registerStubs();
        register("handOutCasesDelegate", room.get(HandOutCasesDelegate.class));
        register("countDatesAgainDelegate", room.get(CountDatesAgainDelegate.class));
        now(THURSDAY_BEFORE);
    }

    void register(String bean, JavaDelegate delegate) {
        Mocks.register(bean, (JavaDelegate)
                execution -> instead.getOrDefault(bean, delegate).execute(execution));
    }

    @AfterEach
    void tidyUp() {
        instead.clear();
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "over"));
        for (String table :
                List.of("moved_date", "calendar_notice", "timeline", "timeline_chain", "due_date", "case_sheet")) {
            room.jdbc().sql("delete from " + table).update();
        }
    }

    @Test
    void openDatesOverSpringFestivalAreCountedAgain() {
        report("AP-2027-000001");
        assertThat(due("Task_JudgeReport")).isEqualTo("2027-02-08 18:00");
        assertThat(timer("BoundaryEvent_JudgementDueSoon")).isEqualTo("2027-02-05 18:00");
        assertThat(timer("BoundaryEvent_JudgementOverdue")).isEqualTo("2027-02-09 18:00");
        review("AP-2027-000002", "CHINA_MOBILE", "COMPLAINT");
        assertThat(timer("BoundaryEvent_FollowUpDue")).isEqualTo("2027-02-08 18:00");
        assertThat(timer("BoundaryEvent_ReviewOverdue")).isEqualTo("2027-02-16 18:00");

        long notice = take(NOTICE);
        assertThat(progress(notice)).isEqualTo(new RecountProgress.Left(true, 0));
        work();

        assertThat(due("Task_JudgeReport")).isEqualTo("2027-02-15 18:00");
        assertThat(timer("BoundaryEvent_JudgementDueSoon")).isEqualTo("2027-02-14 18:00");
        assertThat(timer("BoundaryEvent_JudgementOverdue")).isEqualTo("2027-02-16 18:00");
        assertThat(timer("BoundaryEvent_FollowUpDue")).isEqualTo("2027-02-15 18:00");
        assertThat(timer("BoundaryEvent_ReviewOverdue")).isEqualTo("2027-02-23 18:00");
        assertThat(timeline("AP-2027-000001"))
                .containsExactlyInAnyOrder(
                        "Judge report: 2027-02-08 18:00 → 2027-02-15 18:00 (Notice of a test)",
                        "Judgement due soon: 2027-02-05 18:00 → 2027-02-14 18:00 (Notice of a test)",
                        "Judgement overdue: 2027-02-09 18:00 → 2027-02-16 18:00 (Notice of a test)");
        assertThat(progress(notice)).isEqualTo(new RecountProgress.Left(false, 0));
        assertThat(moved(notice)).isEqualTo(5);
    }

    @Test
    void datesOnRecordGetANewRowWhereTheyWereCountedInWorkingDays() {
        DueDates dates = room.get(DueDates.class);
        review("AP-2027-000001", "CHINA_MOBILE", "COMPLAINT");
        dates.set(
                "AP-2027-000001",
                DueDates.Kind.REVIEW,
                instant("2027-02-25T18:00+08:00"),
                DueDates.Reason.SUBMITTED,
                "system",
                new DueDates.Counted(instant(THURSDAY_BEFORE), 15));
        dates.set(
                "AP-2027-000001",
                DueDates.Kind.FOLLOW_UP,
                instant("2027-02-08T18:00+08:00"),
                DueDates.Reason.PROMISED,
                "liaison");
        report("AP-2027-000002");
        dates.set(
                "AP-2027-000002",
                DueDates.Kind.REVIEW,
                instant("2027-02-25T18:00+08:00"),
                DueDates.Reason.SUBMITTED,
                "system",
                new DueDates.Counted(instant(THURSDAY_BEFORE), 15));

        take(NOTICE);
        work();

        assertThat(onRecord("AP-2027-000001"))
                .containsExactly(
                        "REVIEW 2027-02-25 18:00 SUBMITTED",
                        "FOLLOW_UP 2027-02-08 18:00 PROMISED",
                        "REVIEW 2027-03-04 18:00 CALENDAR");
        assertThat(room.get(CaseSheet.class).find("AP-2027-000001", "reviewDueOn"))
                .contains("2027-03-04");
        assertThat(timeline("AP-2027-000001"))
                .contains("Answer of the carrier: 2027-02-25 18:00 → 2027-03-04 18:00 (Notice of a test)");
        assertThat(onRecord("AP-2027-000002"))
                .as("no answer is waited for any more")
                .containsExactly("REVIEW 2027-02-25 18:00 SUBMITTED");
    }

    @Test
    void aPortionThatIsInterruptedIsHandedOutOnce() {
        List<String> cases =
                Stream.of(1, 2, 3, 4, 5).map("AP-2027-00000%d"::formatted).toList();
        cases.forEach(this::report);
        long notice = take(NOTICE);
        JavaDelegate handingOut = room.get(HandOutCasesDelegate.class);
        instead.put("handOutCasesDelegate", execution -> {
            handingOut.execute(execution);
            if (cases.get(3).equals(execution.getVariable("lastCaseHandedOut"))) {
                instead.clear();
                throw new IllegalStateException("killed in the second portion of two");
            }
        });

        work();

        assertThat(cases).allMatch(this::isMoved);
        assertThat(moved(notice)).isEqualTo(15);
        assertThat(room.get(ProcessEngine.class)
                        .getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .activityId("Task_CountDatesAgain")
                        .list())
                .filteredOn(step -> step.getProcessDefinitionKey().equals("calendar-change"))
                .extracting(step -> room.get(ProcessEngine.class)
                        .getHistoryService()
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(step.getProcessInstanceId())
                        .variableValueEquals("calendarNotice", notice)
                        .count())
                .filteredOn(count -> count == 1)
                .hasSize(5);
    }

    // What happens

    void now(String moment) {
        now(moment, true);
    }

    void now(String moment, boolean inTheRoomToo) {
        ClockUtil.setCurrentTime(date(moment));
        if (inTheRoomToo) {
            room.now(instant(moment));
        }
    }

    void report(String number) {
        runtime.createProcessInstanceByKey("manager-report")
                .businessKey(number)
                .setVariables(Map.of("employeeId", "employee", "managerId", "manager", "severity", "MEDIUM"))
                .startBeforeActivity("Task_JudgeReport")
                .execute();
    }

    void review(String number, String carrier, String causes) {
        runtime.startProcessInstanceByKey(
                "carrier-review",
                number,
                Map.of("employeeId", "employee", "carrier", carrier, "causes", causes, "severity", "HIGH"));
        for (int jobs = 0; jobs < 2; jobs++) {
            management
                    .createJobQuery()
                    .activityId("Task_SubmitAppealToCarrier")
                    .list()
                    .forEach(job -> management.executeJob(job.getId()));
        }
    }

    void supplementAsked(String number) {
        runtime.createMessageCorrelation("supplementRequested")
                .processInstanceBusinessKey(number)
                .correlate();
    }

    long take(String notice) {
        room.get(CalendarNotices.class).take(2027, notice.getBytes(StandardCharsets.UTF_8), "owner");
        return room.jdbc()
                .sql("select max(id) from calendar_notice")
                .query(Long.class)
                .single();
    }

    void work() {
        work(50);
    }

    /** What the job executor would do for the recount, until nothing is left or everything has failed for good. */
    void work(int mostRounds) {
        for (int round = 0; round < mostRounds; round++) {
            if (round == 0) {
                timersOfTheRecount().forEach(this::execute);
                steps("Task_HandOutCases");
            }
            List<Job> jobs = Stream.of("Task_HandOutCases", "Task_CountDatesAgain")
                    .flatMap(step -> steps(step).stream())
                    .toList();
            if (jobs.isEmpty()) {
                return;
            }
            jobs.forEach(this::execute);
        }
    }

    List<Job> timersOfTheRecount() {
        return management.createJobQuery().activityId("Event_StepsUnderWayDone").list();
    }

    List<Job> steps(String step) {
        return management.createJobQuery().activityId(step).withRetriesLeft().list();
    }

    void execute(Job job) {
        try {
            management.executeJob(job.getId());
        } catch (IllegalStateException | OptimisticLockingException e) {
            // As the job executor: it is tried again while attempts are left.
        }
    }

    // What is seen

    RecountProgress.Left progress(long notice) {
        return room.get(RecountProgress.class).of(notice);
    }

    long moved(long notice) {
        return room.jdbc()
                .sql("select count(*) from moved_date where notice_id = :notice")
                .param("notice", notice)
                .query(Long.class)
                .single();
    }

    boolean isMoved(String number) {
        return shown(taskOf(number).getDueDate()).equals("2027-02-15 18:00");
    }

    Task task(String key) {
        return tasks.createTaskQuery().taskDefinitionKey(key).singleResult();
    }

    Task taskOf(String number) {
        return tasks.createTaskQuery().processInstanceBusinessKey(number).singleResult();
    }

    String due(String key) {
        return shown(task(key).getDueDate());
    }

    String timer(String activity) {
        return shown(management
                .createJobQuery()
                .activityId(activity)
                .timers()
                .singleResult()
                .getDuedate());
    }

    String timer(String number, String activity) {
        return shown(management
                .createJobQuery()
                .processInstanceId(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .processDefinitionKeyNotIn("calendar-change")
                        .singleResult()
                        .getId())
                .activityId(activity)
                .timers()
                .singleResult()
                .getDuedate());
    }

    List<String> timeline(String number) {
        return room.get(Timeline.class).entries(number).stream()
                .filter(entry -> entry.kind().equals("DATE_MOVED"))
                .map(entry -> String.valueOf(entry.detail()))
                .toList();
    }

    List<String> onRecord(String number) {
        return room.get(DueDates.class).of(number).stream()
                .map(entry -> entry.kind() + " " + shown(Date.from(entry.dueAt())) + " " + entry.reason())
                .toList();
    }

    static String shown(Date date) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
                .withZone(WorkingCalendar.ZONE)
                .format(date.toInstant());
    }

    static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    static Date date(String text) {
        return Date.from(instant(text));
    }

    // What is played

    static void registerStubs() {
        for (String diagram : List.of("manager-report", "carrier-review", "forwarded-complaint")) {
            try {
                Pattern.compile("\\$\\{(\\w+(?:Delegate|Listener))}")
                        .matcher(Files.readString(Path.of("processes", diagram + ".bpmn")))
                        .results()
                        .forEach(bean -> Mocks.register(bean.group(1), new Nothing()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Does nothing wherever a diagram calls it. */
    private static final class Nothing implements JavaDelegate, ExecutionListener, TaskListener {

        @Override
        public void execute(DelegateExecution execution) {
            // Nothing.
        }

        @Override
        public void notify(DelegateExecution execution) {
            // Nothing.
        }

        @Override
        public void notify(DelegateTask task) {
            // Nothing.
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Engine {

        @Bean
        ProcessEngineFactoryBean processEngine(
                DataSource dataSource, PlatformTransactionManager transactions, ApplicationContext context) {
            SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
            configuration.setProcessEngineName("recount");
            configuration.setApplicationContext(context);
            configuration.setDataSource(dataSource);
            configuration.setTransactionManager(transactions);
            configuration.setExpressionManager(new MockExpressionManager());
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

        @Bean
        TaskService taskService(ProcessEngine engine) {
            return engine.getTaskService();
        }

        @Bean
        ManagementService managementService(ProcessEngine engine) {
            return engine.getManagementService();
        }

        @Bean
        RepositoryService repositoryService(ProcessEngine engine) {
            return engine.getRepositoryService();
        }

        @Bean
        org.camunda.bpm.engine.DecisionService decisionService(ProcessEngine engine) {
            return engine.getDecisionService();
        }

        @Bean
        PreventionProperties preventionProperties() {
            return new PreventionProperties("0 0 6 * * ?", "0 30 6 * * ?");
        }

        @Bean
        RetentionProperties retentionProperties() {
            return new RetentionProperties("0 0 2 * * ?", 2, 2);
        }

        @Bean
        RecountProperties recountProperties() {
            return new RecountProperties(Duration.ofMinutes(2), 2);
        }
    }
}
