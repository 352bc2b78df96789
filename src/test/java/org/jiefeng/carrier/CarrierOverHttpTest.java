package org.jiefeng.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.app.FreePort;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.SealedPapers;
import org.jiefeng.calendar.WorkingCalendar;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The real client and the simulated carrier, over HTTP, every message held against docs/carrier-api.yaml. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:carrier-over-http;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false"
        })
@DirtiesContext
class CarrierOverHttpTest {

    private static final int PORT = FreePort.find();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final byte[] PICTURE = picture();

    private static int numbers;

    /** What the evidence room would have sealed. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Papers {

        @Bean
        @Primary
        SealedPapers papers() {
            return new SamplePapers();
        }
    }

    private final CarrierContract contract = new CarrierContract();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Autowired
    private Submissions submissions;

    @Autowired
    private Supplements supplements;

    @Autowired
    private CarrierGateway gateway;

    @Autowired
    private AppealService appeals;

    @Autowired
    private Accounts accounts;

    @Autowired
    private CaseSheet caseSheet;

    @Autowired
    private Incidents incidents;

    @Autowired
    private DueDates dueDates;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FormService forms;

    @Autowired
    private ManagementService management;

    @Autowired
    private HistoryService history;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> PORT);
    }

    private AppealKey prepared() {
        String number = sealedCase();
        AppealKey key = new AppealKey(number, 1);
        submissions.prepare(
                key,
                Carrier.CHINA_MOBILE,
                List.of("COMPLAINT"),
                5,
                new Guidance("www.10086.cn", null, null, null, "2026-11-24"));
        return key;
    }

    private String sealedCase() {
        String account = accounts.open(
                "employee",
                Carrier.CHINA_MOBILE,
                "1385555%04d".formatted(++numbers),
                "8986001234567%07d".formatted(numbers));
        String number = appeals.open(account, "employee", true).number();
        caseSheet.write(number, "accountMask", "138****0001");
        caseSheet.write(number, "carrierName", "China Mobile");
        caseSheet.write(number, "dossierManifest", CarrierDesk.manifest(1));
        return number;
    }

    @Test
    void appealGoesOutAndTheAnswersComeBack() throws Exception {
        AppealKey key = prepared();
        submissions.submit(key.appealNumber());
        String sent = stored("select body from simulator_appeal where appeal_key = :key", key);
        contract.check("Appeal", sent);
        contract.check("Status", get(key.toString()).body());
        contract.check(
                "FilesReceipt", get(key + "/files/" + SamplePapers.DIGEST).body());
        login("employee");

        play("supplement", Map.of("key", key.toString(), "materials", "recordings\nlicence", "dueOn", "2026-12-01"));
        await(() -> events(key) == 1);
        contract.check("Event", stored("select payload from carrier_event where appeal_number = :key", key));
        contract.check("Status", get(key.toString()).body());

        caseSheet.write(key.appealNumber(), "supplementManifest", CarrierDesk.manifest(1));
        supplements.send(key.appealNumber());
        contract.check("Supplement", stored("select body from simulator_supplement where appeal_key = :key", key));

        play(
                "conditions",
                Map.of(
                        "key", key.toString(),
                        "dailyCap", "50",
                        "hourlyCap", "",
                        "from", "09:30",
                        "to", "18:00",
                        "probationDays", "30",
                        "text", "条件"));
        await(() -> events(key) == 2);
        String decision = jdbc.sql(
                        "select payload from carrier_event where appeal_number = :number and kind = 'DECISION'")
                .param("number", key.appealNumber())
                .query(String.class)
                .single();
        contract.check("Event", decision);
        contract.check("Events", get(key + "/events").body());
        assertThat(gateway.answers(Carrier.CHINA_MOBILE, key.toString())).hasSize(2);
        assertThat(decision).contains("\"dailyCap\":50").contains("条件").doesNotContain("hourlyCap");
        contract.check("Status", get(key.toString()).body());
        await(() -> jdbc.sql("select count(*) from simulator_event where delivered_at is null")
                        .query(Long.class)
                        .single()
                == 0);
    }

    @Test
    void caseGoesThroughTheWholeReview() throws Exception {
        String number = sealedCase();
        ProcessInstance review = runtime.startProcessInstanceByKey(
                "carrier-review",
                number,
                Map.of(
                        "employeeId", "employee",
                        "carrier", "CHINA_MOBILE",
                        "causes", "COMPLAINT",
                        "severity", "HIGH",
                        "suspendedAt", new Date()));
        AppealKey key = new AppealKey(number, 1);
        assertThat(caseSheet.find(number, "carrierGuidance").orElseThrow()).contains("10086");

        runJobs(review);
        assertThat(runtime.getVariable(review.getId(), "submissionReference"))
                .isEqualTo(submissions.find(key).orElseThrow().reference());
        login("employee");
        play("supplement", Map.of("key", key.toString(), "materials", "recordings"));
        await(() -> tasks.createTaskQuery()
                        .processInstanceBusinessKey(number)
                        .taskDefinitionKey("Task_ProvideSupplement")
                        .count()
                == 1);
        play("rejection", Map.of("key", key.toString(), "code", "OTHER", "text", "Not convincing"));
        await(() -> runtime.createProcessInstanceQuery()
                        .processInstanceId(review.getId())
                        .count()
                == 0);

        assertThat(caseSheet.find(number, "decisionText").orElseThrow())
                .startsWith("Rejected on")
                .contains("Not convincing");
        assertThat(history.createHistoricVariableInstanceQuery()
                        .processInstanceId(review.getId())
                        .variableName("carrierOutcome")
                        .singleResult()
                        .getValue())
                .isEqualTo("REJECTED");
    }

    @Test
    void refusedCaseGoesThroughThePortalAndIsDecidedByTelephone() throws Exception {
        String number = sealedCase();
        login("liaison");
        play("setting", Map.of("decision", "CONDITIONAL", "refuseAppeals", "true"));
        ProcessInstance review = runtime.startProcessInstanceByKey(
                "carrier-review",
                number,
                Map.of(
                        "employeeId", "employee",
                        "carrier", "CHINA_MOBILE",
                        "causes", "COMPLAINT",
                        "severity", "HIGH",
                        "suspendedAt", Date.from(Instant.now().minusSeconds(86400))));
        runJobs(review);
        play("setting", Map.of("decision", "CONDITIONAL"));
        assertThat(caseSheet.find(number, "submissionRefusal").orElseThrow()).startsWith("INTERFACE_CLOSED");
        Task portal = tasks.createTaskQuery().processInstanceBusinessKey(number).singleResult();
        tasks.setAssignee(portal.getId(), "liaison");

        assertThatThrownBy(() -> forms.submitTaskForm(portal.getId(), Map.of("channelUsed", "PORTAL")))
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageContaining("Ticket number");
        forms.submitTaskForm(
                portal.getId(),
                Map.of(
                        "channelUsed", "PORTAL",
                        "ticketNumber", "T-4711",
                        "submittedAt",
                                LocalDateTime.now(WorkingCalendar.ZONE)
                                        .minusHours(1)
                                        .truncatedTo(ChronoUnit.MINUTES)
                                        .toString()));
        assertThat(runtime.getVariable(review.getId(), "submissionReference")).isEqualTo("T-4711");

        String today = LocalDate.now(WorkingCalendar.ZONE).toString();
        String path = "/carrier/appeals/" + number;
        submit(
                path,
                path + "/contacts",
                Map.of(
                        "contactChannel", "HOTLINE",
                        "contactedOn", today,
                        "contactAnswer", "CONDITIONAL",
                        "decidedOn", today,
                        "enteredDailyCap", "60",
                        "enteredTermsText", "Sixty calls a day",
                        "contactNote", "Desk 12 decided"));
        await(() -> runtime.createProcessInstanceQuery()
                        .processInstanceId(review.getId())
                        .count()
                == 0);
        assertThat(caseSheet.find(number, "carrierTerms")).contains("DAILY_CAP=60");
    }

    /** Three numbers of one action of a carrier without interface; a colleague is at the third. */
    @Test
    void numbersOfOneActionAreHandedInTogetherAndDecidedEachOnItsOwn() throws Exception {
        List<String> all = List.of(atThePortal(), atThePortal(), atThePortal());
        tasks.setAssignee(task(all.get(2), "Task_SubmitThroughPortal").getId(), "compliance");
        login("liaison");
        String home = "/carrier/incidents";
        assertThat(submit(home, home, "reference=two+words", all)).contains("notice bad");
        String foreign = sealedCase();
        assertThat(submit(home, home, "reference=CU-mixed", List.of(all.get(0), foreign)))
                .contains("Only open appeals of one carrier");
        assertThat(incidents.of(all.get(0))).isEmpty();
        String reference = "CU-" + all.get(0);
        submit(home, home, "reference=" + reference, all);
        String path = home + "/" + incidents.of(all.get(0)).orElseThrow().id();
        assertThat(page(home).body()).contains(reference);

        assertThat(submit(
                        path, path + "/submission", "channelUsed=PORTAL&ticketNumber=T&submittedAt=" + hourAgo(), all))
                .contains("notice bad")
                .contains("Ticket number: 3 to 64");
        String form = "channelUsed=PORTAL&ticketNumber=CU-77&receiptNumber=R-1&submittedAt=" + hourAgo();
        String page = submit(path, path + "/submission", form, all);

        assertThat(page)
                .contains(all.get(0) + ": handed in, ticket CU-77")
                .contains(all.get(1) + ": handed in, ticket CU-77")
                .contains(all.get(2) + ": A colleague is at it.");
        for (String number : all.subList(0, 2)) {
            assertThat(submissions.latest(number).orElseThrow())
                    .returns("CU-77", Submission::reference)
                    .returns("PORTAL", Submission::channel);
            assertThat(variable(number, "submissionReference")).isEqualTo("CU-77");
            assertThat(jdbc.sql("select submitted_by from submission where appeal_number = :number")
                            .param("number", number)
                            .query(String.class)
                            .single())
                    .isEqualTo("liaison");
            assertThat(dueDates.latest(number, DueDates.Kind.REVIEW)).isPresent();
        }
        assertThat(submissions.latest(all.get(2)).orElseThrow().state()).isEqualTo(Submission.State.PREPARED);

        assertThat(submit(path, path + "/submission", form, all.subList(0, 2)))
                .contains(all.get(0) + ": was handed in under ticket CU-77 already");
        assertThat(times(all.get(0), "APPEAL_SUBMITTED_BY_HAND")).isEqualTo(1);

        String promised = LocalDate.now(WorkingCalendar.ZONE).plusDays(7).toString();
        String said = "contactChannel=HOTLINE&contactedOn=" + LocalDate.now(WorkingCalendar.ZONE)
                + "&contactAnswer=PROMISED_DATE&contactNote=All+of+them+next+week&promisedOn=" + promised
                + "&batch=" + UUID.randomUUID();
        submit(path, path + "/contact", said, all.subList(0, 2));
        assertThat(submit(path, path + "/contact", said, all.subList(0, 2)))
                .contains(all.get(1) + ": contact was recorded already");
        for (String number : all.subList(0, 2)) {
            assertThat(times(number, "CARRIER_CONTACTED")).isEqualTo(1);
            assertThat(dueDates.latest(number, DueDates.Kind.FOLLOW_UP)).isPresent();
        }
        assertThat(submit(path, path + "/contact", said.replace("PROMISED_DATE", "REJECTED"), all.subList(0, 2)))
                .contains("Is written down for each number on its own");

        decided(all.get(0), "REJECTED");
        assertThat(caseSheet.find(all.get(0), "decisionText").orElseThrow()).startsWith("Rejected");
        assertThat(caseSheet.find(all.get(1), "decisionText")).isEmpty();
        decided(all.get(1), "REINSTATED");
        assertThat(caseSheet.find(all.get(1), "decisionText").orElseThrow()).startsWith("Reinstated");
        assertThat(task(all.get(2), "Task_SubmitThroughPortal").getAssignee()).isEqualTo("compliance");

        submit(path, path + "/removal", "", List.of(all.get(2)));
        assertThat(incidents.of(all.get(2))).isEmpty();
        login("employee");
        assertThat(page(path).statusCode()).isEqualTo(403);
    }

    /** What an interface gets: a submission for each number under its own key, with what they have in common. */
    @Test
    void interfaceIsToldTheIncident() throws Exception {
        String number = sealedCase();
        incidents.join(number, "CHINA_MOBILE", "批次-" + number, "liaison");
        AppealKey key = new AppealKey(number, 1);
        submissions.prepare(
                key,
                Carrier.CHINA_MOBILE,
                List.of("COMPLAINT"),
                5,
                new Guidance("www.10086.cn", null, null, null, "2026-11-24"));

        submissions.submit(number);

        String sent = stored("select body from simulator_appeal where appeal_key = :key", key);
        contract.check("Appeal", sent);
        assertThat(sent).contains("\"incident\":\"批次-" + number + "\"");
        login("liaison");
        assertThat(page("/simulator").body()).contains("批次-" + number);
    }

    private String atThePortal() {
        String account = accounts.open(
                "employee",
                Carrier.CHINA_UNICOM,
                "1315555%04d".formatted(++numbers),
                "8986011234567%07d".formatted(numbers));
        String number = appeals.open(account, "employee", true).number();
        caseSheet.write(number, "carrierName", "China Unicom");
        caseSheet.write(number, "dossierManifest", CarrierDesk.manifest(1));
        runtime.startProcessInstanceByKey(
                "carrier-review",
                number,
                Map.of(
                        "employeeId", "employee",
                        "carrier", "CHINA_UNICOM",
                        "causes", "COMPLAINT",
                        "severity", "HIGH",
                        "suspendedAt", Date.from(Instant.now().minusSeconds(86400))));
        return number;
    }

    private Task task(String number, String key) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey(key)
                .singleResult();
    }

    private Object variable(String number, String name) {
        return history.createHistoricVariableInstanceQuery()
                .processInstanceIdIn(history.createHistoricProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .singleResult()
                        .getId())
                .variableName(name)
                .singleResult()
                .getValue();
    }

    private long times(String number, String kind) {
        return jdbc.sql("select count(*) from timeline where appeal_number = :number and kind = :kind")
                .param("number", number)
                .param("kind", kind)
                .query(Long.class)
                .single();
    }

    private static String hourAgo() {
        return encoded(LocalDateTime.now(WorkingCalendar.ZONE)
                .minusHours(1)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString());
    }

    private void decided(String number, String answer) throws Exception {
        String today = LocalDate.now(WorkingCalendar.ZONE).toString();
        String path = "/carrier/appeals/" + number;
        submit(
                path,
                path + "/contacts",
                Map.of(
                        "contactChannel",
                        "HOTLINE",
                        "contactedOn",
                        today,
                        "contactAnswer",
                        answer,
                        "decidedOn",
                        today,
                        "rejectionReasonCode",
                        "OTHER",
                        "contactNote",
                        "Decided for this number"));
        await(() -> runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .count()
                == 0);
    }

    /** As {@link #submit(String, String, Map)}, with several appeals ticked. */
    private String submit(String pagePath, String action, String fields, List<String> ticked) throws Exception {
        Matcher token = TOKEN.matcher(page(pagePath).body());
        assertThat(token.find()).as("form on " + pagePath).isTrue();
        String body = "_csrf=" + encoded(token.group(1)) + "&" + fields
                + ticked.stream().map(number -> "&number=" + number).collect(Collectors.joining());
        HttpResponse<String> answer = http.send(
                request(action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 302
                ? page(URI.create(answer.headers().firstValue("Location").orElseThrow())
                                .getPath())
                        .body()
                : answer.body();
    }

    private void runJobs(ProcessInstance review) {
        for (int i = 0; i < 2; i++) {
            management
                    .createJobQuery()
                    .processInstanceId(review.getId())
                    .messages()
                    .list()
                    .forEach(job -> management.executeJob(job.getId()));
        }
    }

    @Test
    void sameKeyGetsTheFirstAnswerAndAnotherBodyIsRefused() throws Exception {
        AppealKey key = prepared();
        String body = submissions.find(key).orElseThrow().body();

        HttpResponse<String> first = post(key.toString(), body);
        HttpResponse<String> second = post(key.toString(), body);
        HttpResponse<String> other = post(key.toString(), body.replace("COMPLAINT", "ARREARS"));

        contract.check("Receipt", first.body());
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
        contract.check("Refusal", other.body());
        assertThat(gateway.find(Carrier.CHINA_MOBILE, key.toString())).isPresent();
        assertThat(gateway.find(Carrier.MVNO, key.toString())).isEmpty();
    }

    @Test
    void carrierThatTakesNothingOnIsARefusal() throws Exception {
        AppealKey key = prepared();
        login("liaison");
        play("setting", Map.of("decision", "CONDITIONAL", "refuseAppeals", "true"));

        assertThatThrownBy(() -> submissions.submit(key.appealNumber()))
                .isInstanceOfSatisfying(
                        SubmissionRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo("INTERFACE_CLOSED"));

        HttpResponse<String> refusal =
                post(key.toString(), submissions.find(key).orElseThrow().body());
        assertThat(refusal.statusCode()).isEqualTo(422);
        contract.check("Refusal", refusal.body());
        play("setting", Map.of("decision", "CONDITIONAL"));
        assertThat(submissions.submit(key.appealNumber())).isNotBlank();
    }

    @Test
    void carrierThatTakesNoFilesHasTheAppealNevertheless() throws Exception {
        AppealKey key = prepared();
        login("liaison");
        play("setting", Map.of("decision", "CONDITIONAL", "refuseFiles", "true"));

        submissions.submit(key.appealNumber());
        play("setting", Map.of("decision", "CONDITIONAL"));

        assertThat(page("/carrier/matters").body())
                .contains("Files the interface refuses")
                .contains(key.appealNumber());
        String id = jdbc.sql("select id from carrier_matter where appeal_number = :number")
                .param("number", key.appealNumber())
                .query(String.class)
                .single();
        String refused = submit("/carrier/matters", "/carrier/matters/" + id, Map.of("settlement", "DONE", "note", ""));
        assertThat(refused).contains("5 to 4000 characters").contains("matter-" + id);
        String done = submit(
                "/carrier/matters",
                "/carrier/matters/" + id,
                Map.of("settlement", "DONE", "note", "Brought to the hall"));
        assertThat(done).doesNotContain("matter-" + id);
    }

    /** Files on their way that are not what was sealed are worth nothing; they are never taken for the right ones. */
    @Test
    void filesThatDifferAreNotTaken() throws Exception {
        AppealKey key = prepared();
        submissions.submit(key.appealNumber());
        String other = Digest.of("another manifest");

        assertThatThrownBy(() -> gateway.handOver(
                        Carrier.CHINA_MOBILE,
                        key.toString(),
                        other,
                        out -> new SamplePapers().writeZip(key.appealNumber(), SamplePapers.DIGEST, out)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("files differ");
        assertThat(get(key + "/files/" + other).statusCode()).isEqualTo(404);
    }

    @Test
    void filesThatCannotBeReadHereAreNotTheCarriersFault() {
        AppealKey key = prepared();
        submissions.submit(key.appealNumber());

        for (int i = 0; i < 15; i++) {
            assertThatThrownBy(() -> gateway.handOver(
                            Carrier.CHINA_MOBILE,
                            key.toString(),
                            Digest.of("lost"),
                            out -> new SamplePapers().writeZip(key.appealNumber(), Digest.of("lost"), out)))
                    .hasMessageContaining("could not be read");
        }
        assertThat(gateway.find(Carrier.CHINA_MOBILE, key.toString())).isPresent();
    }

    @Test
    void wrongApiKeyGetsNothing() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/simulator/carrier/appeals/AP-2026-000001:1")
                        .header("Authorization", "Bearer demo-api-key")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void contractTellsRightFromWrong() {
        assertThat(contract.faults("Event", "{}")).isNotEmpty();
        assertThat(contract.faults("Event", """
                        {"eventId":"e-1","type":"DECISION","appealKey":"AP-2026-000001:1",
                        "occurredAt":"2026-11-24T00:00:00Z"}""")).isNotEmpty();
        assertThat(contract.faults("Receipt", "{\"carrierCaseId\":\"x\"}")).isNotEmpty();
    }

    @Test
    void simulatedCarrierSuspendsAnAccountByItsNotice() throws Exception {
        login("employee");

        String page = play(
                "suspension",
                Map.of("mobile", "15000000010", "causes", "COMPLAINT", "restriction", "FROZEN", "noticeText", ""));

        assertThat(page).containsPattern("/appeals/AP-\\d{4}-\\d{6}");
    }

    @Test
    void liaisonWritesDownWhatTheCarrierSaid() throws Exception {
        AppealKey key = prepared();
        submissions.submit(key.appealNumber());
        login("liaison");
        String path = "/carrier/appeals/" + key.appealNumber();

        String page = submit(
                path,
                path + "/contacts",
                Map.of(
                        "contactChannel", "HOTLINE",
                        "contactedOn", "2026-01-01",
                        "contactAnswer", "NO_NEWS",
                        "contactNote", "Desk 12 has it <b>in review</b>"));

        assertThat(page).contains("Desk 12 has it &lt;b&gt;in review");
        assertThat(page)
                .contains(caseSheet.find(key.appealNumber(), "accountMask").orElseThrow());
        page = submit(path, path + "/contacts", Map.of("contactAnswer", "REJECTED", "contactNote", "kept text"));
        assertThat(page).contains("kept text").contains("notice bad");
    }

    @Test
    void receiptIsAttachedShownAndFetchedByTheApplicant() throws Exception {
        AppealKey key = prepared();
        String path = "/carrier/appeals/" + key.appealNumber();
        login("liaison");

        assertThat(attach(path, "receipt.png", "<html>".getBytes(StandardCharsets.UTF_8)))
                .contains("notice bad")
                .contains("receipt.png was not taken");
        String page = attach(path, "回执.png", PICTURE);

        assertThat(page).contains("回执.png").contains(key.toString()).contains("SHA-256");
        String link = jdbc.sql("select id from receipt_file where appeal_number = :number")
                .param("number", key.appealNumber())
                .query(String.class)
                .single();
        String href = "/api/appeals/" + key.appealNumber() + "/receipts/" + link;
        assertThat(page).contains(href);
        assertThat(caseSheet.find(key.appealNumber(), "receiptsText").orElseThrow())
                .contains("](" + href + ")")
                .doesNotContain("回执.png");
        login("employee");
        assertThat(page("/appeals/" + key.appealNumber()).body()).contains(href);
        HttpResponse<byte[]> fetched = http.send(request(href).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(fetched.body()).isEqualTo(PICTURE);
        login("employee2");
        assertThat(page(href).statusCode()).isEqualTo(404);
    }

    @Test
    void carrierWithAnInterfaceGivesNoReceiptsToAttach() throws Exception {
        AppealKey key = prepared();
        submissions.submit(key.appealNumber());
        login("liaison");
        String path = "/carrier/appeals/" + key.appealNumber();

        assertThat(page(path).body()).doesNotContain("id=\"receipt\"");
        assertThat(attach(path, "receipt.png", PICTURE)).contains("Nothing of this case was handed in by hand");
    }

    private static byte[] picture() {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the page's own form does. */
    private String attach(String path, String name, byte[] content) throws Exception {
        Matcher token = TOKEN.matcher(page(path).body());
        assertThat(token.find()).isTrue();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token.group(1)
                        + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = http.send(
                request(path + "/receipts")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 302 ? page(path).body() : answer.body();
    }

    @Test
    void numbersInFullAreShownOnceAndForAPurpose() throws Exception {
        AppealKey key = prepared();
        login("liaison");
        String path = "/carrier/appeals/" + key.appealNumber();

        String page = submit(path, path + "/numbers", Map.of("purpose", "PORTAL_SUBMISSION"));

        assertThat(page).containsPattern("<code>1\\d{10}</code>").containsPattern("<code>\\d{17}[\\dX]</code>");
        assertThat(page(path).body())
                .doesNotContainPattern("<code>1\\d{10}</code>")
                .contains("Entry in a carrier portal");
    }

    @Test
    void pageForCarriersIsNotForEmployees() throws Exception {
        AppealKey key = prepared();
        login("employee");

        assertThat(page("/carrier/appeals/" + key.appealNumber()).statusCode()).isEqualTo(403);
    }

    private void login(String user) throws Exception {
        submit("/login", "/login", Map.of("username", user, "password", "Jiefeng-Demo-1"));
    }

    private String play(String action, Map<String, String> fields) throws Exception {
        return submit("/simulator", "/simulator/" + action, fields);
    }

    /** Submits a form of a page as a browser would and returns the page that follows. */
    private String submit(String pagePath, String action, Map<String, String> fields) throws Exception {
        Matcher token = TOKEN.matcher(page(pagePath).body());
        assertThat(token.find()).as("form on " + pagePath).isTrue();
        String body = "_csrf=" + encoded(token.group(1))
                + fields.entrySet().stream()
                        .map(field -> "&" + field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining());
        HttpResponse<String> answer = http.send(
                request(action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 302) {
            URI next = URI.create(answer.headers().firstValue("Location").orElseThrow());
            return next.getPath().startsWith("/camunda")
                    ? ""
                    : page(next.getPath()).body();
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> page(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(String key, String body) throws Exception {
        return http.send(
                request("/simulator/carrier/appeals")
                        .header("Authorization", "Bearer demo-api-key-china-mobile-0001")
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String key) throws Exception {
        return http.send(
                request("/simulator/carrier/appeals/" + key)
                        .header("Authorization", "Bearer demo-api-key-china-mobile-0001")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
                .timeout(Duration.ofSeconds(20));
    }

    private String stored(String sql, AppealKey key) {
        return jdbc.sql(sql)
                .param("key", sql.contains("appeal_number") ? key.appealNumber() : key.toString())
                .query(String.class)
                .single();
    }

    private long events(AppealKey key) {
        return jdbc.sql("select count(*) from carrier_event where appeal_number = :number")
                .param("number", key.appealNumber())
                .query(Long.class)
                .single();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
    }
}
