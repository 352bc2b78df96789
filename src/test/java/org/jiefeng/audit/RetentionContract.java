package org.jiefeng.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.mock.MockExpressionManager;
import org.camunda.bpm.engine.test.mock.Mocks;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jiefeng.TestRoom;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.process.CaseMessenger;
import org.jiefeng.process.RetentionProperties;
import org.junit.jupiter.api.AfterAll;
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
 * The clock moved past what is kept: the real diagram and decision, all tables of ours and the engine's, every one of them
 * filled; the jobs passed by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RetentionContract {

    static final OffsetDateTime NOW = OffsetDateTime.parse("2030-06-15T02:00:00+08:00");

    private TestRoom room;
    private FilledTables tables;
    private RuntimeService runtime;
    private TaskService tasks;
    private ManagementService management;
    private ProcessEngine engine;
    private AppealService appeals;
    private LegalHolds holds;
    private int people;

    abstract TestRoom open();

    final void register(AnnotationConfigApplicationContext context) {
        context.register(
                Engine.class,
                CaseMessenger.class,
                RetentionRules.class,
                CaseTrail.class,
                CaseStatistics.class,
                CaseRetention.class,
                RecordRetention.class,
                Deletions.class,
                HandOutExpiredCasesDelegate.class,
                DeleteExpiredCaseDelegate.class,
                DeleteExpiredRecordsDelegate.class);
    }

    @BeforeAll
    void start() throws Exception {
        ClockUtil.setCurrentTime(Date.from(NOW.minusYears(6).toInstant()));
        room = open();
        tables = new FilledTables(room.get(DataSource.class));
        engine = room.get(ProcessEngine.class);
        runtime = engine.getRuntimeService();
        tasks = engine.getTaskService();
        management = engine.getManagementService();
        appeals = room.get(AppealService.class);
        holds = room.get(LegalHolds.class);
        Mocks.register("deadlines", new NightlyRun());
        engine.getRepositoryService()
                .createDeployment()
                .addString("retention.bpmn", Files.readString(Path.of("processes/retention.bpmn")))
                .addString("retention.dmn", Files.readString(Path.of("processes/retention.dmn")))
                .addModelInstance(
                        "child.bpmn",
                        Bpmn.createExecutableProcess("child")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .userTask("Task_Child")
                                .camundaAssignee("somebody")
                                .endEvent()
                                .done())
                .addModelInstance(
                        "parent.bpmn",
                        Bpmn.createExecutableProcess("parent")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .userTask("Task_Parent")
                                .camundaAssignee("somebody")
                                .serviceTask("Task_Breaks")
                                .camundaAsyncBefore()
                                .camundaDelegateExpression("${breaksOnceDelegate}")
                                .businessRuleTask("Task_Decide")
                                .camundaDecisionRef("retention")
                                .camundaResultVariable("answer")
                                .camundaMapDecisionResult("singleResult")
                                .callActivity("Task_Call")
                                .calledElement("child")
                                .camundaInBusinessKey("#{execution.processBusinessKey}")
                                .endEvent()
                                .done())
                .deploy();
    }

    @AfterAll
    void stop() {
        room.close();
        ClockUtil.reset();
        Mocks.reset();
    }

    @BeforeEach
    void setUp() {
        Mocks.register("deadlines", new NightlyRun());
        for (Class<? extends JavaDelegate> delegate : List.of(
                HandOutExpiredCasesDelegate.class,
                DeleteExpiredCaseDelegate.class,
                DeleteExpiredRecordsDelegate.class)) {
            String name = delegate.getSimpleName();
            Mocks.register(Character.toLowerCase(name.charAt(0)) + name.substring(1), room.get(delegate));
        }
        at(NOW);
    }

    @Test
    void anExpiredCaseGoesWithEverythingAndTheOthersLoseNothing() {
        String expired = closed(NOW.minusYears(3).minusMinutes(1));
        String young = closed(NOW.minusYears(3).plusMinutes(1));
        String held = closed(NOW.minusYears(5));
        holds.set(held, LegalHolds.Ground.COMPLIANCE, "a claim is expected", "compliance");
        String open = appeal(NOW.minusYears(5));
        String underWay = closed(NOW.minusYears(5));
        String beside = runtime.startProcessInstanceByKey("child", underWay).getId();
        List<String> others = List.of(young, held, open, underWay);
        Stream.concat(Stream.of(expired), others.stream()).forEach(this::fill);
        Map<String, Set<String>> before = tables.rows();
        Map<String, Long> othersBefore = engineRows(others);
        Set<String> instances = instances(List.of(expired));
        assertThat(engineRows(instances)).as("the engine remembers a lot").hasSizeGreaterThan(8);

        night();

        assertThat(traces(expired)).as("what names the case").containsOnlyKeys("deletion");
        assertThat(engineRows(instances)).as("what the engine remembers of it").isEmpty();
        assertThat(engineRows(others)).isEqualTo(othersBefore);
        Map<String, Set<String>> after = tables.rows();
        others.forEach(number -> assertThat(traces(after, number)).isEqualTo(traces(before, number)));
        assertThat(deletions("case_number = '" + expired + "'")).hasSize(1);
        Map<String, Object> evidence =
                deletions("case_number = '" + expired + "'").get(0);
        assertThat(evidence)
                .containsEntry("kind", "CASE")
                .containsEntry("kept_for", "3 YEARS")
                .containsEntry("rule_version", 1)
                .containsEntry("histories_deleted", 2L)
                .containsEntry("files_deleted", 2L);
        assertThat(evidence.get("rows_deleted")).asInstanceOf(LONG).isGreaterThan(40);
        assertThat(statistics(before, after, "case_statistic"))
                .filteredOn(row -> row.contains("2027-06"))
                .singleElement()
                .asString()
                .contains("2027-06 | null | CHINA_MOBILE", "WITHDRAWN")
                .doesNotContain(expired);
        assertThat(statistics(before, after, "case_statistic_step").toString())
                .contains("Task_Call | 1 | 0", "Task_Child | 1 | 0", "Task_Parent | 1 | 720");

        night();
        assertThat(deletions("case_number = '" + expired + "'")).hasSize(1);

        holds.lift(held, LegalHolds.Ground.COMPLIANCE, "the claim was time-barred", "compliance");
        runtime.deleteProcessInstance(beside, "ended");
        night();
        assertThat(traces(held)).containsOnlyKeys("deletion");
        assertThat(traces(underWay)).containsOnlyKeys("deletion");
        assertThat(engineRows(List.of(held, underWay))).isEmpty();
        assertThat(traces(young)).isNotEmpty();
        assertThat(traces(open)).isNotEmpty();
    }

    @Test
    void identityCopiesAndRecordingsGoEarlierButNotFromAHeldCase() {
        OffsetDateTime days31 = NOW.minusDays(31);
        String expired = closed(days31);
        String young = closed(NOW.minusDays(29));
        String held = closed(days31);
        holds.set(held, LegalHolds.Ground.LITIGATION, null, "system");
        String open = appeal(NOW.minusDays(200));
        List<String> all = List.of(expired, young, held, open);
        for (String number : all) {
            file(number, "CARDHOLDER_ID", days31);
            file(number, "SAMPLE_RECORDINGS", NOW.minusDays(181));
            file(number, "UNEDITED_RECORDINGS", NOW.minusDays(179));
            file(number, "BUSINESS_LICENCE", NOW.minusDays(181));
        }

        night();

        assertThat(files(expired)).containsExactly("BUSINESS_LICENCE", "UNEDITED_RECORDINGS");
        assertThat(contents(expired)).as("bytes").isEqualTo(2);
        assertThat(files(young)).containsExactly("BUSINESS_LICENCE", "CARDHOLDER_ID", "UNEDITED_RECORDINGS");
        assertThat(files(held)).hasSize(4);
        assertThat(files(open)).hasSize(4);
        assertThat(contents(held)).isEqualTo(4);
        assertThat(deletions("case_number = '" + expired + "'"))
                .extracting(row -> row.get("kind") + " " + row.get("files_deleted") + " " + row.get("rows_deleted"))
                .containsExactlyInAnyOrder("IDENTITY 1 4", "RECORDING 1 4");
        assertThat(deletions("case_number = '" + young + "'"))
                .extracting(row -> row.get("kind"))
                .containsExactly("RECORDING");
        assertThat(deletions("case_number = '" + held + "'")).isEmpty();

        night();
        assertThat(deletions("case_number = '" + expired + "'")).hasSize(2);
    }

    @Test
    void aCaseThatCannotBeDeletedKeepsItsFilesStopsNoOtherAndGoesOnceItCan() {
        String person = person();
        String stuck = closed(person, NOW.minusYears(4));
        String other = closed(person, NOW.minusYears(4));
        fill(stuck);
        fill(other);
        // The very last statement fails, when files and history are deleted already: as a kill at that moment.
        room.jdbc()
                .sql("create table tomorrow (number varchar(20) references appeal (number))")
                .update();
        room.jdbc()
                .sql("insert into tomorrow values (:number)")
                .param("number", stuck)
                .update();
        Map<String, Set<String>> before = traces(stuck);
        Map<String, Long> engineBefore = engineRows(List.of(stuck));

        night();

        assertThat(traces(stuck)).isEqualTo(before);
        assertThat(engineRows(List.of(stuck))).isEqualTo(engineBefore);
        assertThat(traces(other)).containsOnlyKeys("deletion");
        assertThat(deletions("case_number = '" + stuck + "'")).isEmpty();

        room.jdbc().sql("drop table tomorrow").update();
        night();
        assertThat(jobs("Task_DeleteExpiredCase"))
                .as("not handed out a second time")
                .hasSize(1);
        management.setJobRetries(jobs("Task_DeleteExpiredCase").get(0).getId(), 1);
        work();

        assertThat(traces(stuck)).containsOnlyKeys("deletion");
        assertThat(engineRows(List.of(stuck))).isEmpty();
        assertThat(deletions("case_number = '" + stuck + "'")).hasSize(1);
        assertThat(count("case_statistic where department_id = 'of-" + person + "'"))
                .as("two of a department in a month are a crowd here")
                .isEqualTo(2);
    }

    @Test
    void aHoldThatIsSetAfterTheCaseWasHandedOutStillCounts() {
        String number = closed(NOW.minusYears(4));
        fill(number);
        jobs("StartEvent_RetentionRunDue").forEach(this::execute);
        jobs("Task_HandOutExpiredCases").forEach(this::execute);
        assertThat(jobs("Task_DeleteExpiredCase")).hasSize(1);
        holds.set(number, LegalHolds.Ground.COMPLIANCE, "just in time", "compliance");
        Map<String, Set<String>> before = traces(number);

        work();

        assertThat(traces(number)).isEqualTo(before);
        holds.lift(number, LegalHolds.Ground.COMPLIANCE, "test", "compliance");
    }

    @Test
    void recordsOfPeopleAndCallsGoByTheirOwnClocks() {
        String person = person();
        String kept = person();
        String open = appealOf(kept, NOW.minusYears(9));
        record Clock(String table, String column, OffsetDateTime expired, OffsetDateTime young, boolean ofPerson) {}
        List<Clock> clocks = List.of(
                new Clock(
                        "call_record",
                        "started_at",
                        NOW.minusMonths(12),
                        NOW.minusMonths(12).plusDays(1),
                        true),
                new Clock("reported_violation", "violated_on", NOW.minusMonths(12), NOW.minusMonths(11), true),
                new Clock(
                        "complaint",
                        "received_at",
                        NOW.minusYears(3),
                        NOW.minusYears(3).plusDays(1),
                        true),
                new Clock(
                        "consent_proof",
                        "valid_to",
                        NOW.minusYears(3),
                        NOW.minusYears(3).plusDays(1),
                        false),
                new Clock(
                        "consent_proof",
                        "withdrawn_at",
                        NOW.minusYears(3),
                        NOW.minusYears(3).plusDays(1),
                        false),
                new Clock(
                        "conduct_note",
                        "noted_at",
                        NOW.minusYears(3),
                        NOW.minusYears(3).plusDays(1),
                        true),
                new Clock(
                        "anomaly_report",
                        "answered_at",
                        NOW.minusYears(1),
                        NOW.minusYears(1).plusDays(1),
                        true),
                new Clock(
                        "absence",
                        "last_day",
                        NOW.minusYears(1),
                        NOW.minusYears(1).plusDays(1),
                        false),
                new Clock("notification", "sent_at", NOW.minusDays(90), NOW.minusDays(89), false),
                new Clock("carrier_event", "received_at", NOW.minusDays(180), NOW.minusDays(179), false),
                new Clock("notice", "received_at", NOW.minusDays(180), NOW.minusDays(179), false),
                new Clock(
                        "deletion",
                        "deleted_at",
                        NOW.minusYears(5),
                        NOW.minusYears(5).plusDays(1),
                        false));
        Map<String, Integer> expected = new TreeMap<>();
        for (Clock clock : clocks) {
            boolean day = clock.column().endsWith("_on") || clock.column().endsWith("_day");
            for (OffsetDateTime at : List.of(clock.expired(), clock.young())) {
                tables.insert(
                        clock.table(),
                        NOW,
                        row(clock.table(), person, clock.column(), day ? FilledTables.day(at) : at));
            }
            expected.merge(clock.table(), 1, Integer::sum);
            if (clock.ofPerson()) {
                tables.insert(
                        clock.table(),
                        NOW,
                        row(
                                clock.table(),
                                kept,
                                clock.column(),
                                day ? FilledTables.day(clock.expired()) : clock.expired()));
                expected.merge(clock.table(), 1, Integer::sum);
            }
        }
        long doNotCall = rows("do_not_call");
        tables.insert("do_not_call", NOW.minusYears(20), Map.of());
        Map<String, Long> before = new TreeMap<>();
        expected.keySet().forEach(table -> before.put(table, rows(table)));

        night();

        assertThat(rows("do_not_call")).as("a refusal is kept for ever").isEqualTo(doNotCall + 1);
        for (String table : expected.keySet()) {
            long gone =
                    clocks.stream().filter(clock -> clock.table().equals(table)).count();
            long evidence = table.equals("deletion") ? rows("deletion") - before.getOrDefault(table, 0L) + gone : 0;
            assertThat(rows(table)).as(table).isEqualTo(before.getOrDefault(table, 0L) - gone + evidence);
        }
        assertThat(deletions("case_number is null"))
                .extracting(row -> row.get("kind"))
                .contains(
                        "CALL_RECORD",
                        "COMPLAINT",
                        "CONSENT_PROOF",
                        "CONDUCT",
                        "ANOMALY",
                        "ABSENCE",
                        "NOTIFICATION",
                        "CARRIER_MESSAGE",
                        "DELETION");
        assertThat(appeals.find(open)).isPresent();
    }

    @Test
    void trainingPreventionAndPeopleWhoLeftGoWithAllTheirTables() {
        String gone = person();
        String here = person();
        Employees employees = room.get(Employees.class);
        employees.addDepartment("of-leavers", "Telesales", "manager", "deputy");
        for (String person : List.of(gone, here)) {
            employees.add(person, "Li Na", "of-leavers", "110101199001010007");
            OffsetDateTime issued = person.equals(gone) ? NOW.minusYears(4) : NOW.minusYears(2);
            Map<String, Object> enrolment =
                    tables.insert("enrolment", issued, Map.of("employee_id", person, "business_key", "CR-" + person));
            Map<String, Object> of = Map.of("enrolment_id", enrolment.get("id"), "employee_id", person);
            tables.insert("certificate", issued, of);
            tables.insert("drill_sheet", issued, of);
            tables.insert(
                    "drill_score",
                    issued,
                    Map.of("drill_id", tables.insert("drill", issued, of).get("id")));
            tables.insert(
                    "exam_question",
                    issued,
                    Map.of("paper_id", tables.insert("exam_paper", issued, of).get("id")));
            String risk = "RK-" + person;
            tables.insert("risk_case", issued, Map.of("number", risk, "employee_id", person));
            tables.insert("calling_stop", issued, Map.of("risk_case", risk, "employee_id", person));
            tables.insert("case_sheet", NOW, Map.of("appeal_number", risk));
            ended("parent", risk, issued.minusDays(1), issued);
            room.jdbc()
                    .sql("update employee set left_on = :day where user_id = :person")
                    .param("day", FilledTables.day(issued))
                    .param("person", person)
                    .update();
        }
        String cards = "select count(*) from card c join account a on a.card_id = c.id where a.employee_id = :person";
        String account =
                room.get(Accounts.class).open(gone, Carrier.CHINA_MOBILE, "13999999999", "89860012345679999999");
        room.jdbc()
                .sql("update account set open_card_id = null where id = :id")
                .param("id", account)
                .update();
        assertThat(room.jdbc()
                        .sql(cards)
                        .param("person", gone)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);

        night();
        night();

        Map<String, Set<String>> rows = tables.rows();
        assertThat(traces(rows, gone)).containsOnlyKeys("deletion");
        assertThat(traces(rows, here).keySet())
                .contains("enrolment", "certificate", "risk_case", "calling_stop", "case_sheet", "employee");
        assertThat(engineRows(List.of("RK-" + gone))).isEmpty();
        assertThat(engineRows(List.of("RK-" + here))).isNotEmpty();
        assertThat(deletions("case_number = 'RK-" + gone + "'")).hasSize(1);
        assertThat(room.jdbc()
                        .sql("select count(*) from card where id not in (select card_id from account)")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatTheEngineRemembersOfItselfGoesToo() {
        ended("child", "AN-7", NOW.minusYears(1).minusDays(2), NOW.minusYears(1).minusDays(1));
        ended("child", "AN-8", NOW.minusYears(1), NOW.minusYears(1).plusDays(1));
        tables.insert("case_sheet", NOW, Map.of("appeal_number", "AN-7"));
        at(NOW.minusYears(1).minusDays(1));
        decide();
        at(NOW.minusYears(1).plusDays(1));
        decide();
        at(NOW.minusYears(4));
        engine.getIdentityService().setAuthenticatedUserId("admin");
        engine.getIdentityService().saveUser(engine.getIdentityService().newUser("somebody" + people));
        engine.getIdentityService().clearAuthentication();
        at(NOW);
        assertThat(count("act_hi_op_log where proc_inst_id_ is null")).isPositive();

        night();

        assertThat(engineRows(List.of("AN-7"))).isEmpty();
        assertThat(engineRows(List.of("AN-8"))).isNotEmpty();
        assertThat(traces("AN-7")).isEmpty();
        for (String table : List.of("act_hi_dec_in", "act_hi_dec_out")) {
            assertThat(count(table + " where dec_inst_id_ not in (select id_ from act_hi_decinst)"))
                    .as(table)
                    .isZero();
        }
        assertThat(count("act_hi_decinst where proc_inst_id_ is null and eval_time_ < timestamp '2029-06-15 00:00:00'"))
                .isZero();
        assertThat(count("act_hi_decinst where proc_inst_id_ is null")).isPositive();
        assertThat(count("act_hi_op_log where proc_inst_id_ is null")).isZero();
        assertThat(deletions("kind in ('DECISION_LOG', 'OPERATION_LOG', 'ANOMALY')"))
                .isNotEmpty();
    }

    // What happens

    private void at(OffsetDateTime moment) {
        ClockUtil.setCurrentTime(Date.from(moment.toInstant()));
        room.now(moment.toInstant());
    }

    private String person() {
        people++;
        return "person" + people;
    }

    private String appeal(OffsetDateTime opened) {
        return appealOf(person(), opened);
    }

    private String appealOf(String person, OffsetDateTime opened) {
        at(opened);
        String number = room.openAppeal(person);
        at(NOW);
        return number;
    }

    private String closed(OffsetDateTime when) {
        return closed(person(), when);
    }

    private String closed(String person, OffsetDateTime when) {
        String number = appealOf(person, when.minusDays(40));
        at(when);
        appeals.close(number, Outcome.WITHDRAWN);
        at(NOW);
        ended("parent", number, when.minusDays(30), when);
        return number;
    }

    /** Everything a case may have, written yesterday. */
    private void fill(String number) {
        tables.fill(number, appeals.get(number).employeeId(), NOW.minusDays(1));
    }

    /** A process under this number, with a failed job, a decision, a called process, comments and people's doings. */
    private void ended(String process, String key, OffsetDateTime started, OffsetDateTime finished) {
        at(started);
        engine.getIdentityService().setAuthenticatedUserId("somebody");
        String instance = runtime.startProcessInstanceByKey(
                        process, key, Map.of("dataKind", "CASE", "bytes", new byte[] {1}))
                .getId();
        Task task = tasks.createTaskQuery().processInstanceId(instance).singleResult();
        tasks.createComment(task.getId(), instance, "a comment");
        tasks.createAttachment("text", task.getId(), instance, "name", "what it is", "content");
        tasks.setAssignee(task.getId(), "somebody else");
        at(finished);
        Mocks.register("breaksOnceDelegate", (JavaDelegate) execution -> {
            throw new IllegalStateException("broken");
        });
        tasks.complete(task.getId());
        for (Job job : management.createJobQuery().processInstanceId(instance).list()) {
            management.setJobRetries(job.getId(), 1);
            execute(job);
            Mocks.register("breaksOnceDelegate", (JavaDelegate) execution -> {});
            management.setJobRetries(job.getId(), 1);
            execute(job);
        }
        tasks.createTaskQuery().processInstanceBusinessKey(key).list().forEach(one -> tasks.complete(one.getId()));
        engine.getIdentityService().clearAuthentication();
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(key)
                        .count())
                .isZero();
        at(NOW);
    }

    private void decide() {
        room.get(DecisionService.class)
                .evaluateDecisionTableByKey("retention", Map.of("dataKind", "CASE"))
                .getSingleResult();
    }

    private void file(String number, String code, OffsetDateTime at) {
        List<Long> rounds = room.jdbc()
                .sql("select id from evidence_round where appeal_number = :number")
                .param("number", number)
                .query(Long.class)
                .list();
        Map<String, Object> of = new HashMap<>(Map.of("appeal_number", number, "code", code, "sha256", code));
        of.put(
                "round_id",
                rounds.isEmpty() ? tables.insert("evidence_round", at, of).get("id") : rounds.get(0));
        if (rounds.isEmpty()) {
            tables.insert("dossier", at, of);
        }
        tables.insert("evidence_content", at, of);
        tables.insert("evidence_piece", at, of);
        of.put("file_id", tables.insert("evidence_file", at, of).get("id"));
        tables.insert("dossier_file", at, of);
    }

    /** Of nobody's appeal, and ended by nothing but what the test says. */
    private static Map<String, Object> row(String table, String person, String column, Object value) {
        Map<String, Object> row = new HashMap<>();
        row.put("employee_id", person);
        row.put("valid_to", null);
        row.put("withdrawn_at", null);
        if (table.equals("notice")) {
            row.put("appeal_number", null);
        }
        row.put(column, value);
        return row;
    }

    /** One run, from its timer to its end. */
    private void night() {
        jobs("StartEvent_RetentionRunDue").forEach(this::execute);
        work();
    }

    private void work() {
        for (int round = 0; round < 50; round++) {
            List<Job> jobs = Stream.of(
                            "Task_HandOutExpiredCases", "Task_DeleteExpiredCase", "Task_DeleteExpiredRecords")
                    .flatMap(step -> jobs(step).stream())
                    .filter(job -> job.getRetries() > 0)
                    .toList();
            if (jobs.isEmpty()) {
                return;
            }
            for (Job job : jobs) {
                // One attempt is enough to see that it fails.
                management.setJobRetries(job.getId(), 1);
                execute(job);
            }
        }
        throw new AssertionError("It does not come to an end");
    }

    private List<Job> jobs(String step) {
        return management.createJobQuery().activityId(step).list();
    }

    private void execute(Job job) {
        try {
            management.executeJob(job.getId());
        } catch (RuntimeException e) {
            // As the job executor: it is tried again while attempts are left.
        }
    }

    // What is seen

    private Map<String, Set<String>> traces(String text) {
        return traces(tables.rows(), text);
    }

    /** Rows that name a case or a person, by table. */
    private static Map<String, Set<String>> traces(Map<String, Set<String>> rows, String text) {
        Map<String, Set<String>> found = new TreeMap<>();
        rows.forEach((table, those) -> {
            Set<String> matching = new TreeSet<>();
            those.stream()
                    .filter(row -> row.matches("(?s).*\\b" + text + "\\b.*"))
                    .forEach(matching::add);
            if (!matching.isEmpty()) {
                found.put(table, matching);
            }
        });
        return found;
    }

    private static Set<String> statistics(
            Map<String, Set<String>> before, Map<String, Set<String>> after, String table) {
        Set<String> added = new TreeSet<>(after.getOrDefault(table, Set.of()));
        added.removeAll(before.getOrDefault(table, Set.of()));
        return added;
    }

    private Set<String> instances(List<String> numbers) {
        return new TreeSet<>(room.jdbc()
                .sql("select proc_inst_id_ from act_hi_procinst where business_key_ in (:numbers)")
                .param("numbers", numbers)
                .query(String.class)
                .list());
    }

    private Map<String, Long> engineRows(List<String> numbers) {
        return engineRows(instances(numbers));
    }

    /** Rows of the engine's history, files and rights for these process instances, by table. */
    private Map<String, Long> engineRows(Set<String> instances) {
        Map<String, Long> found = new TreeMap<>();
        if (instances.isEmpty()) {
            return found;
        }
        for (String table : tables.all()) {
            if (!table.startsWith("act_hi_")
                    && !Set.of("act_ge_bytearray", "act_ru_authorization").contains(table)) {
                continue;
            }
            for (String column : List.of("proc_inst_id_", "process_instance_id_", "root_proc_inst_id_")) {
                if (tables.has(table, column)) {
                    long rows = room.jdbc()
                            .sql("select count(*) from %s where %s in (:ids)".formatted(table, column))
                            .param("ids", instances)
                            .query(Long.class)
                            .single();
                    if (rows > 0) {
                        found.merge(table, rows, Math::max);
                    }
                }
            }
        }
        return found;
    }

    private List<Map<String, Object>> deletions(String where) {
        return room.jdbc().sql("select * from deletion where " + where).query().listOfRows();
    }

    private List<String> files(String number) {
        return room.jdbc()
                .sql("select code from evidence_file where appeal_number = :number order by code")
                .param("number", number)
                .query(String.class)
                .list();
    }

    private long contents(String number) {
        return room.jdbc()
                .sql("select count(*) from evidence_piece where appeal_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
    }

    private long rows(String table) {
        return count(table);
    }

    private long count(String from) {
        return room.jdbc().sql("select count(*) from " + from).query(Long.class).single();
    }

    /** When the run is due; the diagram asks when it is deployed. */
    public static final class NightlyRun {
        public String retentionRun() {
            return "0 0 2 * * ?";
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Engine {

        @Bean
        ProcessEngineFactoryBean processEngine(
                DataSource dataSource, PlatformTransactionManager transactions, ApplicationContext context) {
            SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
            configuration.setProcessEngineName("retention");
            configuration.setApplicationContext(context);
            configuration.setDataSource(dataSource);
            configuration.setTransactionManager(transactions);
            configuration.setExpressionManager(new MockExpressionManager());
            configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
            configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
            configuration.setJobExecutorActivate(false);
            configuration.setMetricsEnabled(false);
            configuration.setEnableHistoricInstancePermissions(true);
            ProcessEngineFactoryBean factory = new ProcessEngineFactoryBean();
            factory.setProcessEngineConfiguration(configuration);
            return factory;
        }

        @Bean
        RuntimeService runtimeService(ProcessEngine engine) {
            return engine.getRuntimeService();
        }

        @Bean
        HistoryService historyService(ProcessEngine engine) {
            return engine.getHistoryService();
        }

        @Bean
        RepositoryService repositoryService(ProcessEngine engine) {
            return engine.getRepositoryService();
        }

        @Bean
        DecisionService decisionService(ProcessEngine engine) {
            return engine.getDecisionService();
        }

        /** Small, so that it takes more than one portion; two of a department are a crowd. */
        @Bean
        RetentionProperties retentionProperties() {
            return new RetentionProperties("0 0 2 * * ?", 2, 2);
        }
    }
}
