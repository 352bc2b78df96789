package org.jiefeng.suspension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.jiefeng.account.Account;
import org.jiefeng.account.Account.Status;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.Fault;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** A notice from outside or from the start form becomes a case once and only once, on every database. */
@SpringBootTest(
        properties = {"camunda.bpm.job-execution.enabled=false", "spring.datasource.hikari.maximum-pool-size=20"})
@AutoConfigureMockMvc
// Closed with its class: at the end of the run its database may be gone before it is, and waiting for it costs half a
// minute.
@DirtiesContext
abstract class SuspensionIntakeContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final RequestPostProcessor FEED = httpBasic("notice-feed", "Jiefeng-Demo-1");

    @Autowired
    private MockMvc http;

    @Autowired
    private Employees employees;

    @Autowired
    private Accounts accounts;

    @Autowired
    private AppealService appeals;

    @Autowired
    private CaseSheet sheet;

    @Autowired
    private Timeline timeline;

    @Autowired
    private DueDates dueDates;

    @Autowired
    private Incidents incidents;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private FormService forms;

    @Autowired
    private RepositoryService models;

    @Autowired
    private IdentityService identity;

    private String caller = "";
    private String mobile = "";
    private String account = "";

    @BeforeEach
    void somebodyWithAnAccount() {
        int n = NUMBERS.incrementAndGet();
        caller = "caller" + n;
        mobile = "1580000%04d".formatted(n);
        employees.add(caller, "Wang Canary " + n, "sales-1", "110101199001010007");
        account = accounts.open(caller, Carrier.CHINA_MOBILE, mobile, "89860012345678901238");
    }

    private Map<String, Object> notice(Object... changes) {
        Map<String, Object> notice = new HashMap<>(Map.of(
                "noticeId", "N-" + UUID.randomUUID(),
                "carrier", "CHINA_MOBILE",
                "source", "CARRIER",
                "mobile", mobile,
                "state", "SUSPENDED",
                "restrictionType", "OUTBOUND_BARRED",
                "causes", List.of("HIGH_FREQUENCY"),
                "suspendedAt", "2026-11-20T09:30:00+08:00",
                "noticeText", "Too many calls within an hour.",
                "statedReason", "High-frequency dialling"));
        notice.put("remedyChannel", "10086");
        notice.put("requiredMaterials", "Licence and call list");
        for (int i = 0; i < changes.length; i += 2) {
            notice.put((String) changes[i], changes[i + 1]);
        }
        return notice;
    }

    private static RequestPostProcessor person(String id, String group) {
        return request -> csrf().postProcessRequest(
                        user(id).authorities(new SimpleGrantedAuthority(group)).postProcessRequest(request));
    }

    private ResultActions report(Map<String, Object> notice, RequestPostProcessor sender) throws Exception {
        return http.perform(post("/api/suspensions")
                .with(sender)
                .contentType(MediaType.APPLICATION_JSON)
                .content(JSON.writeValueAsString(notice)));
    }

    private String opened(Map<String, Object> notice) throws Exception {
        return number(report(notice, FEED).andExpect(status().isCreated()));
    }

    private static String number(ResultActions answer) throws Exception {
        return JsonPath.read(answer.andReturn().getResponse().getContentAsString(UTF_8), "$.appealNumber");
    }

    private Task open(String number, String key) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey(key)
                .singleResult();
    }

    private List<String> kinds(String number) {
        return timeline.entries(number).stream().map(Timeline.Entry::kind).toList();
    }

    @Test
    void aNoticeOpensACaseThatWaitsForTheEmployeesReport() throws Exception {
        String number = number(report(notice(), FEED)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.attached").value(false))
                .andExpect(jsonPath("$.warnings").isEmpty()));

        assertThat(number).matches("AP-\\d{4}-\\d{6}");
        assertThat(open(number, "Task_ReportToManager").getAssignee()).isEqualTo(caller);
        assertThat(accounts.get(account))
                .extracting(Account::status, Account::restrictionType, Account::callingOpen)
                .containsExactly(Status.SUSPENDED, "OUTBOUND_BARRED", false);
        assertThat(sheet.texts(number))
                .containsEntry("appealNumber", number)
                .containsEntry("accountMask", "158****" + mobile.substring(7))
                .containsEntry("carrierName", "China Mobile")
                .containsEntry("suspendedOn", "2026-11-20 09:30")
                .containsKeys(
                        "employeeName",
                        "causeNames",
                        "noticeText",
                        "noticeSource",
                        "restrictionName",
                        "repeatCountText",
                        "statedReason",
                        "remedyChannel",
                        "requiredMaterials")
                .doesNotContainKeys("noticeGaps", "laterNotices");
        assertThat(kinds(number)).containsExactly("REGISTERED", "STAGE_REPORTING");
    }

    @Test
    void numbersOfOneActionAreGatheredByTheirNotices() throws Exception {
        String other = "1590000%04d".formatted(NUMBERS.incrementAndGet());
        accounts.open(caller, Carrier.CHINA_MOBILE, other, "89860012345678901238");
        String reference = "CM-" + UUID.randomUUID();

        String one = opened(notice("incidentReference", reference));
        String two = opened(notice("incidentReference", reference, "mobile", other));

        Incidents.Incident incident = incidents.of(one).orElseThrow();
        assertThat(incident.reference()).isEqualTo(reference);
        assertThat(incident.carrier()).isEqualTo("CHINA_MOBILE");
        assertThat(incidents.appeals(incident.id())).containsExactlyInAnyOrder(one, two);
        assertThat(kinds(two)).contains("INCIDENT_JOINED");
    }

    /** The second notice comes to the open appeal: its complaint is answered all the same. */
    @Test
    void complaintsPassedOnBy12321AreAnsweredBesideTheAppealEachByItsOwnDay() throws Exception {
        String number = opened(
                notice("causes", List.of("COMPLAINT"), "forwardedOn", "2026-11-18", "forwardedReference", "12321-77"));
        report(notice("causes", List.of("COMPLAINT"), "forwardedOn", "2026-11-20"), FEED)
                .andExpect(status().isOk());
        report(notice("causes", List.of("COMPLAINT")), FEED).andExpect(status().isOk());

        List<Job> started = jobs
                .createJobQuery()
                .activityId("Task_FindResponsibleManager")
                .processDefinitionKey("forwarded-complaint")
                .list()
                .stream()
                .filter(job -> number.equals(runtime.createProcessInstanceQuery()
                        .processInstanceId(job.getProcessInstanceId())
                        .singleResult()
                        .getBusinessKey()))
                .toList();
        assertThat(started).hasSize(2);
        started.forEach(job -> jobs.executeJob(job.getId()));
        List<Task> answers = tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey("Task_AnswerForwardedComplaint")
                .orderByDueDate()
                .asc()
                .list();
        assertThat(answers)
                .extracting(task -> task.getDueDate().toInstant().toString())
                .containsExactly("2026-12-09T10:00:00Z", "2026-12-11T10:00:00Z");
        assertThat(dueDates.of(number))
                .extracting(DueDates.Entry::kind, DueDates.Entry::reason)
                .containsExactly(
                        tuple(DueDates.Kind.FORWARDED_COMPLAINT, DueDates.Reason.FORWARDED),
                        tuple(DueDates.Kind.FORWARDED_COMPLAINT, DueDates.Reason.FORWARDED));
        assertThat(sheet.answers(answers.get(0).getId()))
                .containsEntry("forwardedOn", "2026-11-18")
                .containsEntry("forwardAnswerDueOn", "2026-12-09");

        String task = answers.get(0).getId();
        tasks.claim(task, "liaison");
        assertThatThrownBy(() -> forms.submitTaskForm(task, forwardAnswer("2026-11-17")))
                .rootCause()
                .isInstanceOf(InvalidInputException.class);
        forms.submitTaskForm(task, forwardAnswer("2026-11-20"));

        assertThat(kinds(number)).contains("FORWARDED_ANSWERED").doesNotContain("FORWARDED_ANSWERED_LATE");
    }

    private static Map<String, Object> forwardAnswer(String day) {
        return Map.of(
                "forwardAnsweredOn", day,
                "forwardAnswerChannel", "PLATFORM",
                "forwardAnswerText", "The customer was taken off the list and told so");
    }

    @Test
    void theProcessKnowsCodesAndReferencesOnly() throws Exception {
        String number = opened(notice("iccid", "89860012345678901238", "idNumber", "110101199001010007"));

        var instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .processDefinitionKey("account-appeal")
                .singleResult();
        assertThat(runtime.getVariables(instance.getId()))
                .containsEntry("employeeId", caller)
                .containsEntry("accountId", account)
                .containsEntry("carrier", "CHINA_MOBILE")
                .containsEntry("source", "CARRIER")
                .containsEntry("accountState", "SUSPENDED")
                .containsEntry("causes", "HIGH_FREQUENCY")
                .containsEntry("openAppeal", "NONE")
                .containsEntry("repeatCount", 0L)
                .containsEntry("noticeComplete", true)
                .containsEntry("severity", "MEDIUM");
        for (String table : List.of("act_hi_varinst", "act_hi_detail", "act_ru_variable")) {
            assertThat(jdbc.sql("select * from " + table).query().listOfRows().toString())
                    .as(table)
                    .doesNotContain(mobile, "Canary", "110101199001010007", "89860012345678901238", "Too many calls");
        }
        assertThat(jdbc.sql("select * from notice").query().listOfRows().toString())
                .doesNotContain(mobile, "110101199001010007", "89860012345678901238");
    }

    @Test
    void theSameNoticeAgainIsTheSameCase() throws Exception {
        Map<String, Object> notice = notice();
        String number = opened(notice);

        notice.put("mobile", "+86 " + mobile);
        for (int i = 0; i < 3; i++) {
            assertThat(number(report(notice, FEED)
                            .andExpect(status().isOk())
                            .andExpect(jsonPath("$.attached").value(false))))
                    .isEqualTo(number);
        }
        assertThat(appeals.ofEmployee(caller)).hasSize(1);
    }

    @Test
    void theSameNumberWithOtherContentIsRefused() throws Exception {
        Map<String, Object> notice = notice();
        opened(notice);

        notice.put("iccid", "89860012345678901238");
        report(notice, FEED)
                .andExpect(status().isConflict())
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(content().string(not(containsString(mobile))));
    }

    @Test
    void twoCarriersMayUseTheSameNoticeNumber() throws Exception {
        accounts.open(caller, Carrier.CHINA_UNICOM, "1860000" + mobile.substring(7), "89860112345678900031");
        Map<String, Object> notice = notice();
        String first = opened(notice);

        notice.put("carrier", "CHINA_UNICOM");
        notice.put("mobile", "1860000" + mobile.substring(7));

        assertThat(opened(notice)).isNotEqualTo(first);
    }

    @Test
    void aFurtherNoticeBelongsToTheOpenCase() throws Exception {
        String number = opened(notice("state", "UNDER_REVIEW"));
        assertThat(accounts.get(account).status()).isEqualTo(Status.UNDER_REVIEW);
        Map<String, Object> further = notice("causes", List.of("COMPLAINT"), "restrictionType", "SHUT_DOWN");

        for (int i = 0; i < 2; i++) {
            assertThat(number(report(further, FEED)
                            .andExpect(status().isOk())
                            .andExpect(jsonPath("$.attached").value(true))))
                    .isEqualTo(number);
        }

        assertThat(accounts.get(account))
                .extracting(Account::status, Account::restrictionType)
                .containsExactly(Status.SUSPENDED, "SHUT_DOWN");
        assertThat(sheet.find(number, "laterNotices").orElseThrow()).contains("customer complaints");
        assertThat(kinds(number)).containsOnlyOnce("NOTICE_ATTACHED");
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .processDefinitionKey("account-appeal")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aMilderFurtherNoticeLoosensNothing() throws Exception {
        opened(notice("restrictionType", "SHUT_DOWN"));

        report(notice("state", "UNDER_REVIEW"), FEED).andExpect(status().isOk());

        assertThat(accounts.get(account))
                .extracting(Account::status, Account::restrictionType, Account::callingOpen)
                .containsExactly(Status.SUSPENDED, "SHUT_DOWN", false);
    }

    @Test
    void anyNumberOfFurtherNoticesFindsRoom() throws Exception {
        String number = opened(notice());

        for (int i = 0; i < 25; i++) {
            report(notice("noticeText", "通知😀".repeat(1000)), FEED).andExpect(status().isOk());
        }

        assertThat(sheet.find(number, "laterNotices").orElseThrow().length()).isBetween(4000, CaseSheet.MAX_LENGTH);
    }

    @Test
    void aNoticeDuringProbationOpensANewCase() throws Exception {
        String first = opened(notice());
        appeals.settleFault(first, Fault.EMPLOYEE);
        appeals.enterStage(first, Stage.PROBATION);
        accounts.openCalling(account, Status.PROBATION);

        String second = opened(notice());

        assertThat(second).isNotEqualTo(first);
        assertThat(accounts.get(account).callingOpen()).isFalse();
        assertThat(runtime.createVariableInstanceQuery()
                        .variableName("openAppeal")
                        .variableValueEquals("openAppeal", "PROBATION")
                        .count())
                .isPositive();
        assertThat(sheet.find(second, "repeatCountText").orElseThrow()).startsWith("1 ");
    }

    @Test
    void onlyCountableUpheldSuspensionsMakeARepeat() throws Exception {
        for (String cause : List.of("ARREARS", "EXPIRED_DOCUMENTS", "CARRIER_POLICY")) {
            appeals.close(opened(notice("causes", List.of(cause))), Outcome.REINSTATED);
        }
        String lifted = opened(notice());
        appeals.settleFault(lifted, Fault.EMPLOYEE);
        appeals.overturn(lifted);
        appeals.close(lifted, Outcome.LIFTED);
        String byTheList = opened(notice());
        appeals.settleFault(byTheList, Fault.LEAD_LIST);
        appeals.close(byTheList, Outcome.REINSTATED);
        String notSettled = opened(notice());
        appeals.close(notSettled, Outcome.REINSTATED);
        String counted = opened(notice());
        appeals.settleFault(counted, Fault.EMPLOYEE);
        appeals.close(counted, Outcome.REINSTATED);

        String number = opened(notice());

        assertThat(sheet.find(number, "repeatCountText").orElseThrow())
                .startsWith("1 ")
                .contains(
                        counted + " counts",
                        notSettled + " does not count: it is not settled",
                        byTheList + " does not count: it was not the employee’s fault",
                        lifted + " does not count: the suspension was wrong",
                        "does not count: its cause is nobody’s fault by rule");
    }

    @Test
    void anAccountNobodyUsesIsUnknown() throws Exception {
        report(notice("mobile", "13911112222"), FEED).andExpect(status().isNotFound());
        report(notice("carrier", "CHINA_UNICOM"), FEED).andExpect(status().isNotFound());
        accounts.close(account);
        report(notice(), FEED).andExpect(status().isNotFound());
    }

    @Test
    void aForeignCardOrUserIsPointedOut() throws Exception {
        report(notice("iccid", "8986001234567890123", "idNumber", "11010519491231002X"), FEED)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.warnings[*].field").value(org.hamcrest.Matchers.hasItems("iccid", "idNumber")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                  | ",
                "[]                                 | ",
                "''                                 | ",
                "null                               | ",
                "{\"causes\": \"COMPLAINT\"}        | causes",
                "{\"causes\": [{\"a\": 1}]}         | causes[0]",
                "{\"mobile\": {\"number\": \"138\"}}| mobile"
            })
    void aBodyThatCannotBeReadIsAProblemThatNamesItsField(String body, String field) throws Exception {
        ResultActions answer = http.perform(post("/api/suspensions")
                        .with(FEED)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON));
        if (field != null) {
            answer.andExpect(jsonPath("$.errors[0].field").value(field));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "liaison,    liaisons,       201",
        "compliance, compliance,     201",
        "manager,    managers,       201",
        "deputy,     managers,       201",
        "stranger,   managers,       404",
        "employee,   employees,      403",
        "trainer,    trainers,       403",
        "auditor,    auditors,       403",
        "owner,      process-owners, 403",
        "admin,      camunda-admin,  403"
    })
    void whoMayReport(String name, String group, int expected) throws Exception {
        report(notice(), person(name, group)).andExpect(status().is(expected));
    }

    @Test
    void nobodyWithoutLoginOrTokenReports() throws Exception {
        report(notice(), request -> request).andExpect(status().isForbidden());
        report(notice(), csrf()).andExpect(status().isUnauthorized());
        report(notice(), user("liaison").authorities(new SimpleGrantedAuthority("liaisons")))
                .andExpect(status().isForbidden());
        report(notice(), httpBasic("notice-feed", "wrong")).andExpect(status().isUnauthorized());
    }

    @Test
    void onlyManagersAndComplianceSuspendInTheCompanysName() throws Exception {
        Map<String, Object> internal = notice("source", "INTERNAL");
        internal.remove("remedyChannel");

        report(internal, FEED).andExpect(status().isForbidden());
        report(internal, person("liaison", "liaisons")).andExpect(status().isForbidden());
        String number = number(report(internal, person("manager", "managers")).andExpect(status().isCreated()));

        assertThat(sheet.texts(number)).doesNotContainKey("noticeGaps");
        assertThat(runtime.createVariableInstanceQuery()
                        .processInstanceIdIn(runtime.createProcessInstanceQuery()
                                .processInstanceBusinessKey(number)
                                .processDefinitionKey("account-appeal")
                                .singleResult()
                                .getId())
                        .variableName("noticeComplete")
                        .singleResult()
                        .getValue())
                .isEqualTo(true);
    }

    @Test
    void whatTheCarrierDidNotStateIsDemanded() throws Exception {
        Map<String, Object> bare = notice();
        bare.keySet().removeAll(List.of("statedReason", "requiredMaterials"));

        String number = opened(bare);

        assertThat(sheet.find(number, "noticeGaps").orElseThrow())
                .contains("reason", "materials")
                .doesNotContain("channel");
    }

    @Test
    void parallelDuplicatesBecomeOneCase() throws Exception {
        for (int round = 0; round < 3; round++) {
            somebodyWithAnAccount();
            Map<String, Object> notice = notice();

            List<MockHttpServletResponse> answers = atOnce(8, i -> notice);

            assertThat(answers).extracting(MockHttpServletResponse::getStatus).containsOnlyOnce(201);
            assertThat(answers)
                    .extracting(MockHttpServletResponse::getStatus)
                    .allMatch(code -> code == 200 || code == 201);
            assertThat(numbers(answers)).hasSize(1);
            assertThat(appeals.ofEmployee(caller)).hasSize(1);
            assertThat(tasks.createTaskQuery().taskAssignee(caller).count()).isEqualTo(1);
        }
    }

    @Test
    void parallelNoticesForOneAccountBecomeOneCaseWithAllOfThem() throws Exception {
        for (int round = 0; round < 3; round++) {
            somebodyWithAnAccount();

            List<MockHttpServletResponse> answers = atOnce(4, i -> notice("noticeText", "Number " + i));

            assertThat(answers)
                    .extracting(MockHttpServletResponse::getStatus)
                    .containsExactlyInAnyOrder(201, 200, 200, 200);
            String number = numbers(answers).get(0);
            assertThat(numbers(answers)).hasSize(1);
            assertThat(jdbc.sql("select count(*) from notice where appeal_number = :number")
                            .param("number", number)
                            .query(Long.class)
                            .single())
                    .isEqualTo(4);
        }
    }

    private List<MockHttpServletResponse> atOnce(
            int senders, java.util.function.IntFunction<Map<String, Object>> notice) throws Exception {
        CyclicBarrier together = new CyclicBarrier(senders);
        ExecutorService pool = Executors.newFixedThreadPool(senders);
        try {
            List<Callable<MockHttpServletResponse>> calls = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                Map<String, Object> one = notice.apply(i);
                calls.add(() -> {
                    together.await();
                    return report(one, FEED).andReturn().getResponse();
                });
            }
            List<MockHttpServletResponse> answers = new ArrayList<>();
            for (Future<MockHttpServletResponse> call : pool.invokeAll(calls)) {
                answers.add(call.get());
            }
            return answers;
        } finally {
            pool.shutdown();
        }
    }

    private static List<String> numbers(List<MockHttpServletResponse> answers) {
        return answers.stream()
                .map(answer -> {
                    try {
                        return JsonPath.<String>read(answer.getContentAsString(UTF_8), "$.appealNumber");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .distinct()
                .toList();
    }

    // The start form

    private ResultActions draft(String accountId, Map<String, Object> typed, RequestPostProcessor sender)
            throws Exception {
        typed.keySet().removeAll(List.of("carrier", "mobile"));
        return http.perform(post("/api/suspensions/drafts")
                .param("account", accountId)
                .with(sender)
                .contentType(MediaType.APPLICATION_JSON)
                .content(JSON.writeValueAsString(typed)));
    }

    private String drafted(Map<String, Object> typed, RequestPostProcessor sender) throws Exception {
        return JsonPath.read(
                draft(account, typed, sender)
                        .andExpect(status().isCreated())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(UTF_8),
                "$.noticeReference");
    }

    private String start(String reference, String starter) {
        String definition = models.createProcessDefinitionQuery()
                .processDefinitionKey("account-appeal")
                .latestVersion()
                .singleResult()
                .getId();
        identity.setAuthentication(starter, List.of("employees"));
        try {
            return forms.submitStartForm(definition, Map.of("noticeReference", reference))
                    .getBusinessKey();
        } finally {
            identity.clearAuthentication();
        }
    }

    @Test
    void anEmployeeReportsTheOwnAccountInTheStartForm() throws Exception {
        Map<String, Object> typed = notice("noticeId", "");
        String reference = drafted(typed, person(caller, "employees"));
        assertThat(appeals.ofEmployee(caller)).isEmpty();

        start(reference, caller);

        String number = appeals.ofEmployee(caller).get(0).number();
        assertThat(open(number, "Task_ReportToManager").getAssignee()).isEqualTo(caller);
        assertThat(accounts.get(account).callingOpen()).isFalse();
    }

    @Test
    void aReferenceIsGoodForItsWriterAndForOneCase() throws Exception {
        String reference = drafted(notice(), person(caller, "employees"));

        assertThatThrownBy(() -> start(reference, "employee2")).isInstanceOf(NotFoundException.class);
        assertThat(appeals.ofEmployee(caller)).isEmpty();
        start(reference, caller);
        appeals.close(appeals.ofEmployee(caller).get(0).number(), Outcome.REINSTATED);

        assertThatThrownBy(() -> start(reference, caller)).hasMessageContaining("registered already");
        for (String guess : List.of("999999999", "-1", "1_1", "99999999999999999999", "x")) {
            assertThatThrownBy(() -> start(guess, caller)).isInstanceOf(NotFoundException.class);
        }
        assertThat(appeals.ofEmployee(caller)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "manager,   managers,   201",
        "liaison,   liaisons,   201",
        "stranger,  managers,   404",
        "employee2, employees,  404",
        "trainer,   trainers,   403",
        "auditor,   auditors,   403"
    })
    void whoMayTypeANoticeForSomebodyElsesAccount(String name, String group, int expected) throws Exception {
        draft(account, notice(), person(name, group)).andExpect(status().is(expected));
    }

    @Test
    void theFormHearsOfEveryWrongFieldToo() throws Exception {
        Map<String, Object> typed = notice("causes", List.of(), "suspendedAt", "2099-01-01T00:00:00");

        draft(account, typed, person(caller, "employees"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[*].field")
                        .value(org.hamcrest.Matchers.containsInAnyOrder("causes", "suspendedAt")));
        draft(account, notice("source", "INTERNAL"), person(caller, "employees"))
                .andExpect(status().isForbidden());
        draft("AC-none", notice(), person(caller, "employees")).andExpect(status().isNotFound());
    }

    @Test
    void aDraftThatWasNeverStartedDoesNotKeepTheCarriersNoticeOut() throws Exception {
        Map<String, Object> notice = notice();
        drafted(
                new HashMap<>(Map.of(
                        "noticeId", notice.get("noticeId"),
                        "source", "CARRIER",
                        "state", "SUSPENDED",
                        "restrictionType", "LOCKED",
                        "causes", List.of("ARREARS"),
                        "suspendedAt", "2026-11-01T00:00:00")),
                person(caller, "employees"));

        String number = opened(notice);

        assertThat(sheet.find(number, "causeNames")).contains("high-frequency calling");
    }

    @Test
    void theFormListsTheAccountsOneMayReportWithMaskedNumbers() throws Exception {
        http.perform(get("/api/suspensions/accounts").with(person(caller, "employees")))
                .andExpect(jsonPath("$.length()").value(1))
                .andExpect(jsonPath("$[0].accountId").value(account))
                .andExpect(content().string(not(containsString(mobile))));
        http.perform(get("/api/suspensions/accounts").with(person("manager", "managers")))
                .andExpect(content().string(containsString(account)));
        http.perform(get("/api/suspensions/accounts").with(person("stranger", "managers")))
                .andExpect(content().json("[]"));
    }

    // Samples

    @Test
    void everySampleOfADemoAccountIsTakenAndEveryBadOneRefusedForItsFields() throws Exception {
        for (var sample : NoticeValidationTest.goodSamples().toList()) {
            JsonNode notice = JSON.readTree(sample.toFile());
            boolean internal = notice.path("source").asText().equals("INTERNAL");
            http.perform(post("/api/suspensions")
                            .with(internal ? person("compliance", "compliance") : FEED)
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(notice.toString()))
                    .andExpect(status().is2xxSuccessful())
                    .andExpect(jsonPath("$.warnings").isEmpty());
        }
        for (var sample : NoticeValidationTest.badSamples().toList()) {
            JsonNode bad = JSON.readTree(sample.toFile());
            List<String> fields = new ArrayList<>();
            bad.path("expectedFields").forEach(field -> fields.add(field.asText()));
            http.perform(post("/api/suspensions")
                            .with(person("compliance", "compliance"))
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(bad.path("notice").toString()))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.errors[*].field")
                            .value(org.hamcrest.Matchers.containsInAnyOrder(fields.toArray())));
        }
    }

    // Report to the manager

    @Test
    void aJudgementNobodyMakesPassesToTheDeputy() throws Exception {
        String number = opened(notice());
        tasks.complete(open(number, "Task_ReportToManager").getId());
        assertThat(open(number, "Task_JudgeReport").getAssignee()).isEqualTo("manager");

        pass(number, "BoundaryEvent_JudgementDueSoon");
        pass(number, "BoundaryEvent_JudgementOverdue");

        assertThat(open(number, "Task_JudgeReport").getAssignee()).isEqualTo("deputy");
        assertThat(kinds(number)).containsSubsequence("MANAGER_REMINDED", "JUDGEMENT_ESCALATED");
    }

    private void pass(String number, String timer) {
        String instance = tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey("Task_JudgeReport")
                .singleResult()
                .getProcessInstanceId();
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(instance)
                .activityId(timer)
                .singleResult()
                .getId());
    }

    // Progress and withdrawal

    @ParameterizedTest
    @CsvSource({
        "manager,    managers,       200",
        "deputy,     managers,       200",
        "compliance, compliance,     200",
        "liaison,    liaisons,       200",
        "auditor,    auditors,       200",
        "stranger,   managers,       404",
        "employee2,  employees,      404",
        "trainer,    trainers,       404",
        "owner,      process-owners, 404",
        "admin,      camunda-admin,  404"
    })
    void onlyThePeopleOfACaseFollowIt(String name, String group, int expected) throws Exception {
        String number = opened(notice());

        http.perform(get("/api/appeals/{number}", number).with(person(caller, "employees")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.stage").value("REPORTING"))
                .andExpect(jsonPath("$.mayWithdraw").value(true))
                .andExpect(jsonPath("$.timeline[0].what").value("Appeal opened"));
        http.perform(get("/api/appeals/{number}", number).with(person(name, group)))
                .andExpect(status().is(expected));
        http.perform(get("/appeals/{number}", number).with(person(name, group))).andExpect(status().is(expected));
        http.perform(get("/appeals").with(person(name, group)))
                .andExpect(status().isOk())
                .andExpect(content().string(expected == 200 ? containsString(number) : not(containsString(number))));
    }

    @Test
    void thePageOffersTheWithdrawalToTheApplicantOnly() throws Exception {
        String number = opened(notice());

        http.perform(get("/appeals/{number}", number).with(person(caller, "employees")))
                .andExpect(content().string(containsString("/appeals/" + number + "/withdrawal")));
        http.perform(get("/appeals/{number}", number).with(person("manager", "managers")))
                .andExpect(content().string(not(containsString("/withdrawal"))));
    }

    @Test
    void theApplicantTakesTheAppealBack() throws Exception {
        String number = opened(notice());
        http.perform(post("/api/appeals/{number}/withdrawal", number).with(person("manager", "managers")))
                .andExpect(status().isNotFound());

        http.perform(post("/api/appeals/{number}/withdrawal", number).with(person(caller, "employees")))
                .andExpect(status().isNoContent());

        assertThat(appeals.get(number).outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .processDefinitionKey("account-appeal")
                        .count())
                .isZero();
        assertThat(accounts.get(account).callingOpen()).isFalse();
        http.perform(post("/api/appeals/{number}/withdrawal", number).with(person(caller, "employees")))
                .andExpect(status().isConflict());
        assertThat(opened(notice())).isNotEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"RELEASED", "PROBATION", "ALTERNATIVES"})
    void aDecidedAppealIsNotTakenBack(Stage stage) throws Exception {
        String number = opened(notice());
        appeals.enterStage(number, stage);

        http.perform(post("/api/appeals/{number}/withdrawal", number).with(person(caller, "employees")))
                .andExpect(status().isConflict());
    }

    @Test
    void aLiftedSuspensionReopensTheAccountAtOnceAndNeverCounts() throws Exception {
        String number = opened(notice());
        appeals.settleFault(number, Fault.EMPLOYEE);
        assertThat(appeals.countRepeats(caller, 12, "none")).isOne();

        runtime.createMessageCorrelation("suspensionLifted")
                .processInstanceBusinessKey(number)
                .correlate();

        assertThat(accounts.get(account))
                .extracting(Account::status, Account::restrictionType, Account::callingOpen)
                .containsExactly(Status.ACTIVE, null, true);
        assertThat(appeals.get(number).overturned()).isTrue();
        assertThat(appeals.get(number).outcome()).isEqualTo(Outcome.LIFTED);
        assertThat(appeals.countRepeats(caller, 12, "none")).isZero();
    }
}
