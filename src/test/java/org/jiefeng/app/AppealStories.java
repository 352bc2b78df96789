package org.jiefeng.app;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jiefeng.account.Absences;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Employees;
import org.jiefeng.account.Vault;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.suspension.Cause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole application, told as stories: people act through the doors they have, and what became of it is read from the
 * tables. Every way an appeal can end is here, on every database we support.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        // The tests do the executor's work themselves, see Case.work().
        properties = "camunda.bpm.job-execution.enabled=false")
@ActiveProfiles("demo")
// Closed with its class: its scheduled work must not go on beside the next one's, nor its files be deleted under it.
@DirtiesContext
abstract class AppealStories {

    /** A working day; the stories begin on the same day whenever they are told. */
    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2026-11-24T09:00:00+08:00");

    /** In everything people write, so that the engine's tables can be searched for it. */
    private static final String CANARY = "canary";

    private static final Path NOTICES = Path.of("samples/notices");

    private static final List<String> SECRETS = new CopyOnWriteArrayList<>();

    private static final Logger ROOT_LOGGER = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();

    private static final int MAIL_PORT = FreePort.find();

    private static JdbcClient database;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private static final ObjectMapper JSON = new ObjectMapper();

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry properties) {
        int port = FreePort.find();
        properties.add("server.port", () -> port);
        // There is no mail server while the stories go on: nobody waits for it.
        properties.add("jiefeng.notification.mail.host", () -> "127.0.0.1");
        properties.add("jiefeng.notification.mail.port", () -> MAIL_PORT);
        properties.add("jiefeng.notification.mail.from", () -> "jiefeng@example.com");
        properties.add("jiefeng.notification.mail.protection", () -> "NONE");
    }

    @Value("${server.port}")
    int port;

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Employees employees;

    @Autowired
    Absences absences;

    @Autowired
    Accounts accounts;

    @Autowired
    IdentityService identity;

    @Autowired
    Vault vault;

    private Person noticeFeed;
    private Person manager;
    private Person deputy;
    private Person compliance;
    private Person liaison;
    private Person trainer;

    private CarrierDesk carrier;

    @BeforeEach
    void morning() {
        database = jdbc;
        if (!ROOT_LOGGER.isAttached(LOGGED)) {
            LOGGED.start();
            ROOT_LOGGER.addAppender(LOGGED);
        }
        ClockUtil.offset(Date.from(MORNING.toInstant()).getTime() - System.currentTimeMillis());
        noticeFeed = person("notice-feed");
        manager = person("manager");
        deputy = person("deputy");
        compliance = person("compliance");
        liaison = person("liaison");
        trainer = person("trainer");
    }

    @AfterEach
    void variablesAreDeclared() {
        ClockUtil.reset();
        Set<String> declared = new TreeSet<>(AppealVariables.all().keySet());
        // The business key, on tasks, for the task lists.
        declared.add("appealNumber");
        assertThat(jdbc.sql("select distinct NAME_ from ACT_HI_VARINST")
                        .query(String.class)
                        .list())
                .allSatisfy(name -> assertThat(declared).contains(name));
    }

    /** After all of them, because it reads every text the engine and the log have. */
    @AfterAll
    static void nothingPersonalIsWhereItDoesNotBelong() {
        ROOT_LOGGER.detachAppender(LOGGED);
        List<String[]> columns = engineTexts();
        assertThat(columns)
                .extracting(column -> (column[0] + "." + column[1]).toUpperCase(Locale.ROOT))
                .contains("ACT_HI_VARINST.TEXT_", "ACT_RU_INCIDENT.INCIDENT_MSG_", "ACT_HI_OP_LOG.NEW_VALUE_");
        for (String[] column : columns) {
            assertNothingPersonal(
                    column[0] + "." + column[1],
                    database.sql("select distinct %2$s from %1$s where %2$s is not null"
                                    .formatted(column[0], column[1]))
                            .query(String.class)
                            .list());
        }
        List<String> told = database.sql(
                        "select concat(news, ' ', subject, ' ', body, ' ', recipient) from notification")
                .query(String.class)
                .list();
        for (String news : List.of("NEW_TASK", "DECISION_ARRIVED", "SUPPLEMENT_ASKED")) {
            assertThat(told).as(news).anyMatch(text -> text.startsWith(news));
        }
        assertNothingPersonal("what people were told", told);
        assertNothingPersonal("mails", mailsOfAllStories());
        assertThat(LOGGED.list).isNotEmpty();
        assertNothingPersonal(
                "log",
                LOGGED.list.stream()
                        .map(event ->
                                event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .toList());
        assertThat(Answer.errors()).isNotEmpty();
        assertNothingPersonal("answers to what was refused", Answer.errors());
    }

    /** Every column of the engine's tables that can hold a text; comments and deployed files are not written by cases. */
    private static List<String[]> engineTexts() {
        return database.sql("""
                        select table_name, column_name from information_schema.columns
                        where lower(table_name) like 'act=_%' escape '='
                          and lower(data_type) in ('character varying', 'text', 'character large object')
                          and lower(table_name) not like 'act=_id=_%' escape '='
                        """)
                .query((row, n) -> new String[] {row.getString(1), row.getString(2)})
                .list();
    }

    /** The mail server is back: what it missed arrives, in the application's own time. */
    private static List<String> mailsOfAllStories() {
        GreenMail mails = new GreenMail(new ServerSetup(MAIL_PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        try {
            // The stories' clocks went to and fro; what was tried at any of their times is due now.
            database.sql("""
                            update notification set state = 'WAITING', created_at = :now, next_try_at = :past
                            where state in ('WAITING', 'FAILED')
                            """)
                    .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                    .param("past", OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
                    .update();
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (waiting() > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
            assertThat(waiting()).as("not sent").isZero();
            List<String> texts = new ArrayList<>();
            for (MimeMessage mail : mails.getReceivedMessages()) {
                texts.add(mail.getSubject() + "\n" + mail.getContent());
            }
            assertThat(texts)
                    .anyMatch(text -> text.startsWith("The carrier has decided: AP-"))
                    .anyMatch(text -> text.startsWith("The carrier asks for more material: AP-"));
            return texts;
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        } finally {
            mails.stop();
        }
    }

    private static long waiting() {
        return database.sql("select count(*) from notification where state = 'WAITING'")
                .query(Long.class)
                .single();
    }

    private static void assertNothingPersonal(String where, List<String> texts) {
        assertThat(texts)
                .as(where)
                .noneMatch(text -> text.contains(CANARY))
                .noneMatch(text -> SECRETS.stream().anyMatch(text::contains));
    }

    // ---- who and what

    private CarrierDesk carrier() {
        if (carrier == null) {
            carrier = new CarrierDesk(URI.create("http://127.0.0.1:" + port), "liaison");
        }
        return carrier;
    }

    private Person person(String id) {
        return new Person(id, URI.create("http://127.0.0.1:" + port));
    }

    /** A new employee of telesales 1, so that no story counts as another one's repeat. */
    private Person employee(String... furtherGroups) {
        String id = "seller" + COUNTER.incrementAndGet();
        User user = identity.newUser(id);
        user.setFirstName("Seller");
        user.setLastName(id);
        user.setEmail(id + "@example.com");
        user.setPassword(Person.PASSWORD);
        identity.saveUser(user);
        identity.createMembership(id, "employees");
        for (String group : furtherGroups) {
            identity.createMembership(id, group);
        }
        String idNumber = "11010119900101%04d".formatted(COUNTER.get());
        SECRETS.add(idNumber);
        employees.add(id, "Seller " + id, "sales-1", idNumber);
        return person(id);
    }

    /** Found to be the employee's own fault, and accepted: from now on it counts. */
    private void atFault(Person employee, Case appeal) {
        appeal.work();
        manager.does(
                "Task_FindFault",
                appeal,
                Map.of("faultFinding", "EMPLOYEE", "faultReason", words("Nobody else chose the numbers")));
        employee.does("Task_AnswerFinding", appeal, Map.of("findingAnswer", "ACCEPT"));
    }

    /** A card in somebody's hands. */
    private record Card(String accountId, Carrier carrier, String mobile) {}

    private Card card(Person holder, Carrier carrier) {
        String prefix = Map.of(
                        Carrier.CHINA_MOBILE, "138",
                        Carrier.CHINA_UNICOM, "130",
                        Carrier.CHINA_TELECOM, "133",
                        Carrier.CHINA_BROADNET, "192",
                        Carrier.MVNO, "170")
                .get(carrier);
        String mobile = prefix + "9%07d".formatted(COUNTER.incrementAndGet());
        SECRETS.add(mobile);
        String account = accounts.open(holder.id(), carrier, mobile, "898600123456%08d".formatted(COUNTER.get()));
        return new Card(account, carrier, mobile);
    }

    private static String words(String text) {
        return text + " (" + CANARY + ", said by nobody but the test of the whole application)";
    }

    // ---- notices

    private Map<String, Object> notice(Card card, String... causes) {
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("noticeId", "N-STORY-" + COUNTER.incrementAndGet());
        notice.put("carrier", card.carrier().name());
        notice.put("source", "CARRIER");
        notice.put("mobile", card.mobile());
        notice.put("state", "SUSPENDED");
        notice.put("restrictionType", "OUTBOUND_BARRED");
        notice.put("causes", List.of(causes));
        notice.put(
                "suspendedAt",
                now().minusHours(1).truncatedTo(ChronoUnit.SECONDS).toString());
        notice.put("noticeText", words("Suspended for unusual calls"));
        notice.put("statedReason", words("Unusual calls"));
        notice.put("remedyChannel", words("Hotline"));
        notice.put("requiredMaterials", words("Licence and statement"));
        return notice;
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.ofInstant(ClockUtil.getCurrentTime().toInstant(), MORNING.getOffset());
    }

    private Case reported(Map<String, Object> notice) {
        // In the company's name only a person suspends.
        Person sender = "INTERNAL".equals(notice.get("source")) ? compliance : noticeFeed;
        Answer answer = sender.post("/api/suspensions", notice).is(201);
        return new Case(answer.json().path("appealNumber").asText(), engine, jdbc);
    }

    private Case suspended(Card card, String... causes) {
        return reported(notice(card, causes));
    }

    /** Time goes by, and whatever falls due in it happens. */
    private void later(Case appeal, Duration duration) {
        long offset = ClockUtil.getCurrentTime().getTime() - System.currentTimeMillis();
        ClockUtil.offset(offset + duration.toMillis());
        appeal.work();
    }

    // ---- steps that many stories share

    private void reports(Person employee, Case appeal) {
        employee.does(
                "Task_ReportToManager",
                appeal,
                Map.of(
                        "reportReason", words("I called the whole list in one go"),
                        "causeSource", "CARRIER_NOTICE",
                        "selfMeasures", words("I stopped calling")));
    }

    private void judges(Person manager, Case appeal, String judgement, String reasonCode) {
        manager.does(
                "Task_JudgeReport",
                appeal,
                Map.of(
                        "managerJudgement", judgement,
                        "judgementReasonCode", reasonCode,
                        "judgementReason", words("That is how I see it")));
    }

    private void supported(Person employee, Case appeal) {
        reports(employee, appeal);
        judges(manager, appeal, "SUPPORT", "EXPLANATION_PLAUSIBLE");
    }

    /** Brings a file for everything that nothing else settles. */
    private static void bringsEvidence(Person employee, Case appeal) {
        for (JsonNode item :
                employee.get(appeal.path() + "/evidence").ok().json().path("items")) {
            if (item.path("required").asBoolean() && !item.hasNonNull("settledBy")) {
                String code = item.path("code").asText();
                // What is asked for anew must not be the same file again.
                String text = code + " " + item.path("files").size();
                employee.upload(appeal.path() + "/evidence", code, code.toLowerCase() + ".pdf", pdf(text))
                        .is(201);
            }
        }
    }

    private static byte[] pdf(String text) {
        return ("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n% " + text + "\ntrailer << /Root 1 0 R >>\n%%EOF\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A second of silence. */
    private static byte[] wave() {
        ByteBuffer wave = ByteBuffer.allocate(44 + 8000).order(ByteOrder.LITTLE_ENDIAN);
        wave.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 8000);
        wave.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        wave.putShort((short) 1).putInt(8000).putInt(8000).putShort((short) 1).putShort((short) 8);
        wave.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(8000);
        return wave.array();
    }

    private static void writesApplication(Person employee, Case appeal) {
        LocalDate due = now().toLocalDate().plusDays(14);
        employee.put(
                        appeal.path() + "/application",
                        Map.of(
                                "problem", words("Too many calls"),
                                "rootCause", words("No pause between calls"),
                                "doneNow", words("Stopped at once"),
                                "prevention", words("The dialler pauses now"),
                                "consent", true,
                                "declaration", true,
                                "measures",
                                        List.of(Map.of(
                                                "kind", "CALLING_RHYTHM",
                                                "description", words("A pause of five minutes"),
                                                "owner", "the dialler's owner",
                                                "dueOn", due.toString(),
                                                "howMeasured", words("Calls per hour")))))
                .ok();
    }

    private void applies(Person employee, Case appeal) {
        bringsEvidence(employee, appeal);
        writesApplication(employee, appeal);
        employee.does("Task_PrepareApplication", appeal, Map.of());
    }

    private void reviews(Person reviewer, Case appeal, String decision, String reasonCode) {
        reviewer.does(
                "Task_ReviewApplication",
                appeal,
                Map.of(
                        "companyDecision",
                        decision,
                        "reviewReasonCode",
                        reasonCode,
                        "reviewReason",
                        words("That is what we make of it"),
                        "carrierAppealOverride",
                        false));
    }

    private void approved(Person employee, Case appeal) {
        supported(employee, appeal);
        applies(employee, appeal);
        reviews(manager, appeal, "APPROVE", "");
    }

    private boolean callingOpen(Card card) {
        return accounts.get(card.accountId()).callingOpen();
    }

    private String accountStatus(Card card) {
        return accounts.get(card.accountId()).status().name();
    }

    // ---- before the carrier is asked

    @Test
    void managerAndComplianceRefuse() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "COMPLAINT");
        assertThat(callingOpen(card)).isFalse();

        reports(li, appeal);
        judges(manager, appeal, "REFUSE", "SERIOUS_BREACH");
        li.does(
                "Task_RespondToRefusal",
                appeal,
                Map.of("refusalResponse", "COMPLIANCE", "refusalComment", words("I was told to call them")));
        compliance.does(
                "Task_ReviewRefusal",
                appeal,
                Map.of("complianceJudgement", "REFUSE", "complianceReason", words("The list says otherwise")));

        appeal.endedAt("EndEvent_AppealNotSupported", "NOT_SUPPORTED");
        assertThat(callingOpen(card)).isFalse();
        assertThat(accountStatus(card)).isEqualTo("SUSPENDED");
        assertThat(appeal.count("select count(*) from submission where appeal_number = :number"))
                .isZero();
    }

    @Test
    void managerAsksBackOnceAndComplianceSupports() {
        Person li = employee();
        Case appeal = suspended(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");

        reports(li, appeal);
        judges(manager, appeal, "RETURN", "REPORT_UNCLEAR");
        reports(li, appeal);
        judges(manager, appeal, "REFUSE", "REPORT_UNTRUE");
        li.does(
                "Task_RespondToRefusal",
                appeal,
                Map.of("refusalResponse", "COMPLIANCE", "refusalComment", words("Please look at the list")));
        compliance.does(
                "Task_ReviewRefusal",
                appeal,
                Map.of("complianceJudgement", "SUPPORT", "complianceReason", words("The list bears it out")));

        assertThat(appeal.waitsAt("Task_PrepareApplication")).isTrue();
        assertThat(appeal.variable("appealSupported")).isEqualTo(true);
    }

    @Test
    void companyReturnsAndThenDeclinesTheApplication() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "HIGH_FREQUENCY");
        supported(li, appeal);

        li.does("Task_PrepareApplication", appeal, Map.of());
        assertThat(appeal.tasks()).as("nothing was brought").containsExactly("Task_PrepareApplication");
        applies(li, appeal);
        reviews(manager, appeal, "RETURN", "ROOT_CAUSE_UNCLEAR");
        applies(li, appeal);
        manager.claims("Task_ReviewApplication", appeal).ok();
        Answer withoutReason = manager.handsIn("Task_ReviewApplication", appeal, Map.of("companyDecision", "DECLINE"));
        assertThat(withoutReason.is(400).body()).contains("reviewReasonCode");
        reviews(manager, appeal, "DECLINE", "NOT_TRUTHFUL");

        appeal.endedAt("EndEvent_AppealDeclined", "NOT_SUPPORTED");
        assertThat(appeal.texts("select decision from company_review where appeal_number = :number order by id"))
                .containsExactly("RETURN", "DECLINE");
        assertThat(callingOpen(card)).isFalse();
    }

    private void reopened(Person asker, Case appeal) {
        employee()
                .post(appeal.path() + "/reopening", Map.of("cause", "MISTAKE", "reason", words("Let me see")))
                .is(404);
        asker.post(
                        appeal.path() + "/reopening",
                        Map.of(
                                "cause",
                                "WITHDRAWN_BY_ACCIDENT",
                                "reason",
                                words("I pressed the wrong button and want to go on")))
                .is(202);
        asker.post(appeal.path() + "/reopening", Map.of("cause", "MISTAKE", "reason", words("I ask a second time")))
                .is(409);
        compliance.does(
                "Task_JudgeReopening",
                appeal,
                Map.of("reopeningDecision", "GRANT", "reopeningNote", words("Everybody may err once")));
        appeal.work();
        assertThat(appeal.texts("select result from reopening where appeal_number = :number"))
                .containsExactly("REOPENED");
    }

    @Test
    void appealWithdrawnByAccidentGoesOnWhereItStood() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "HIGH_FREQUENCY");
        supported(li, appeal);
        bringsEvidence(li, appeal);
        li.post(appeal.path() + "/withdrawal", Map.of()).is(204);
        appeal.endedAt("EndEvent_AppealWithdrawn", "WITHDRAWN");

        reopened(li, appeal);

        assertThat(appeal.tasks()).containsExactly("Task_PrepareApplication");
        assertThat(appeal.text("select stage from appeal where number = :number"))
                .isEqualTo("COLLECTING");
        assertThat(callingOpen(card)).isFalse();
        assertThat(li.get(appeal.path() + "/evidence").ok().json().path("items"))
                .as("what was brought before is there")
                .allSatisfy(item -> assertThat(item.hasNonNull("settledBy")).isTrue());
        writesApplication(li, appeal);
        li.does("Task_PrepareApplication", appeal, Map.of());
        reviews(manager, appeal, "APPROVE", "");
        appeal.work();
        carrier().answers(appeal, "lifting", Map.of());
        arrives(appeal, () -> !appeal.isAt("Task_AwaitCarrierDecision"));

        appeal.endedAt("EndEvent_SuspensionLifted", "LIFTED");
        assertThat(callingOpen(card)).isTrue();
        assertThat(appeal.timeline())
                .containsSubsequence(
                        "CLOSED_WITHDRAWN",
                        "REOPENING_REQUESTED",
                        "STAGE_COLLECTING",
                        "REOPENING_REOPENED",
                        "STAGE_WITH_CARRIER",
                        "CLOSED_LIFTED");
        li.post(
                        appeal.path() + "/reopening",
                        Map.of("cause", "NEW_EVIDENCE", "reason", words("What if there were more")))
                .is(409);
    }

    @Test
    void answerThatCameWhileTheCaseWasClosedIsTakenWhenItIsReopened() {
        Person li = employee();
        Case appeal = suspended(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");
        submitted(li, appeal);
        li.post(appeal.path() + "/withdrawal", Map.of()).is(204);
        appeal.endedAt("EndEvent_AppealWithdrawn", "WITHDRAWN");
        carrier().answers(appeal, "rejection", Map.of("code", "VIOLATION_CONFIRMED", "text", ""));
        arrives(
                appeal,
                () -> appeal.count(
                                "select count(*) from carrier_event where appeal_number = :number and state = 'LATE'")
                        == 1);

        reopened(li, appeal);
        arrives(appeal, () -> appeal.waitsAt("Task_ChooseNextStep"));

        assertThat(appeal.texts("select submission_key from submission where appeal_number = :number"))
                .as("handed in once")
                .containsExactly(appeal.number() + ":1");
    }

    @Test
    void applicantWithdrawsAndCannotDoSoTwice() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "HIGH_FREQUENCY");
        supported(li, appeal);

        employee().post(appeal.path() + "/withdrawal", Map.of()).is(404);
        li.post(appeal.path() + "/withdrawal", Map.of()).is(204);

        appeal.endedAt("EndEvent_AppealWithdrawn", "WITHDRAWN");
        assertThat(accountStatus(card)).isEqualTo("SUSPENDED");
        li.post(appeal.path() + "/withdrawal", Map.of()).is(409);
    }

    @Test
    void sameNoticeTwiceIsOneCaseAndASecondNoticeIsAttached() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Map<String, Object> first = notice(card, "HIGH_FREQUENCY");
        Case appeal = reported(first);

        JsonNode again = noticeFeed.post("/api/suspensions", first).is(200).json();
        assertThat(again.path("appealNumber").asText()).isEqualTo(appeal.number());
        assertThat(again.path("attached").asBoolean()).isFalse();

        JsonNode second = noticeFeed
                .post("/api/suspensions", notice(card, "COMPLAINT"))
                .is(200)
                .json();
        assertThat(second.path("appealNumber").asText()).isEqualTo(appeal.number());
        assertThat(second.path("attached").asBoolean()).isTrue();
        assertThat(appeal.count("select count(*) from notice where appeal_number = :number"))
                .isEqualTo(2);
        assertThat(appeal.passed()).contains("EndEvent_NoticeAttached");
        assertThat(appeal.tasks()).containsExactly("Task_ReportToManager");

        Map<String, Object> changed = new LinkedHashMap<>(first);
        changed.put("causes", List.of("SUSPECTED_FRAUD"));
        noticeFeed.post("/api/suspensions", changed).is(409);
    }

    @Test
    void noticeThatDoesNotSayEnoughIsDemandedToBeCompleted() {
        Person li = employee();
        Map<String, Object> notice = notice(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");
        notice.remove("statedReason");
        notice.remove("requiredMaterials");
        Case appeal = reported(notice);

        supported(li, appeal);
        assertThat(appeal.tasks()).containsExactly("Task_DemandNoticeDetails");
        liaison.does(
                "Task_DemandNoticeDetails",
                appeal,
                Map.ofEntries(
                        entry("demandSentOn", now().toLocalDate().toString()),
                        entry("contactChannel", "HOTLINE"),
                        entry("noticeDetailsOutcome", "RECEIVED"),
                        entry("statedReason", words("Bursts of calls")),
                        entry("remedyChannel", words("The portal")),
                        entry("requiredMaterials", words("A statement"))));

        assertThat(appeal.tasks()).containsExactly("Task_PrepareApplication");
        assertThat(appeal.texts(
                        "select content from case_sheet where appeal_number = :number and name = 'statedReason'"))
                .anyMatch(text -> text.startsWith("Bursts of calls"));
    }

    // ---- with the carrier

    /** What the carrier said has come by webhook and moved the case. */
    private static void arrives(Case appeal, BooleanSupplier moved) {
        Instant giveUp = Instant.now().plusSeconds(60);
        while (!moved.getAsBoolean()) {
            if (Instant.now().isAfter(giveUp)) {
                throw new AssertionError("No answer moved the case; " + appeal.whereItStands());
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void submitted(Person employee, Case appeal) {
        approved(employee, appeal);
        appeal.work();
        assertThat(appeal.isAt("Task_AwaitCarrierDecision"))
                .as(appeal.whereItStands())
                .isTrue();
        assertThat(appeal.texts("select state from submission where appeal_number = :number"))
                .containsExactly("SUBMITTED");
        assertThat(jdbc.sql("select count(*) from simulator_appeal where appeal_key = :key")
                        .param("key", appeal.number() + ":1")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private void reinstatedUnderConditions(Person employee, Case appeal) {
        submitted(employee, appeal);
        carrier()
                .answers(
                        appeal,
                        "conditions",
                        Map.of(
                                "dailyCap", "40",
                                "hourlyCap", "12",
                                "from", "09:30",
                                "to", "18:00",
                                "probationDays", "14",
                                "text", words("Call less")));
        arrives(appeal, () -> appeal.waitsAt("Task_AcceptTerms"));
        assertThat(appeal.texts("select state from carrier_event where appeal_number = :number"))
                .containsExactly("DELIVERED");
    }

    private static void acceptsTerms(Person employee, Case appeal) {
        employee.does("Task_AcceptTerms", appeal, Map.of("termsRead", true, "termsAccepted", true));
    }

    /** Studies, is drilled and sits the exam, with all answers right or all wrong. */
    private void trains(Person employee, Case appeal, boolean knowsTheAnswers) {
        employee.does("Task_StudyCourses", appeal, Map.of("coursesStudied", true));
        drilled(appeal);
        JsonNode paper = employee.get(appeal.path() + "/exam").ok().json();
        assertThat(paper.toString()).doesNotContain("correct");
        Map<String, Integer> answers = new LinkedHashMap<>();
        jdbc.sql("""
                        select q.position, q.correct from exam_question q
                        join exam_paper p on p.id = q.paper_id join enrolment e on e.id = p.enrolment_id
                        where e.business_key = :number and p.attempt = :attempt
                        """)
                .param("number", appeal.number())
                .param("attempt", paper.path("attempt").asInt())
                .query((row, n) -> Map.entry(row.getString("position"), row.getInt("correct")))
                .list()
                .forEach(right ->
                        answers.put(right.getKey(), knowsTheAnswers ? right.getValue() : (right.getValue() + 1) % 4));
        assertThat(answers).hasSameSizeAs(paper.path("questions"));
        employee.post(appeal.path() + "/exam/answers", Map.of("answers", answers))
                .ok();
        employee.does("Task_TakeExam", appeal, Map.of());
    }

    /** The trainer takes the drill on, gives full points but for one criterion, and is held to the sheet. */
    private void drilled(Case appeal) {
        trainer.claims("Task_HoldDrill", appeal).ok();
        trainer.handsIn("Task_HoldDrill", appeal, Map.of("drillScore", 100)).is(400);
        Map<String, Integer> points = new LinkedHashMap<>();
        trainer.get(appeal.path() + "/drill")
                .ok()
                .json()
                .path("lines")
                .forEach(line -> points.put(
                        line.path("position").asText(), line.path("maxPoints").asInt()));
        points.merge("1", -10, Integer::sum);
        trainer.put(
                        appeal.path() + "/drill",
                        Map.of(
                                "points", points,
                                "strengths", words("Polite and quick"),
                                "practise", words("Saying the company's name")))
                .ok();
        trainer.handsIn("Task_HoldDrill", appeal, Map.of()).ok();
        assertThat(appeal.count("""
                        select max(d.score) from drill_sheet d join enrolment e on e.id = d.enrolment_id
                        where e.business_key = :number
                        """)).isEqualTo(90);
    }

    private void certified(Person employee, Case appeal) {
        trains(employee, appeal, true);
        manager.does("Task_SignOffTraining", appeal, Map.of("signOffConfirmed", true));
    }

    @Test
    void conditionalReinstatementLastsToTheEndOfProbation() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "HIGH_FREQUENCY");

        reinstatedUnderConditions(li, appeal);
        li.post(appeal.path() + "/withdrawal", Map.of()).is(409);
        assertThat(callingOpen(card)).isFalse();
        acceptsTerms(li, appeal);
        trains(li, appeal, false);
        assertThat(appeal.tasks()).as("failed").containsExactly("Task_StudyCourses");
        certified(li, appeal);

        assertThat(callingOpen(card)).isTrue();
        assertThat(accountStatus(card)).isEqualTo("PROBATION");
        assertThat(appeal.texts("""
                        select rule_value from release_condition
                        where appeal_number = :number and kind = 'DAILY_CAP' and valid_from is not null
                          and origin <> 'STEP'
                        """))
                .isNotEmpty()
                .allSatisfy(cap -> assertThat(cap).isEqualTo("40"));
        assertThat(appeal.count("select days from probation where appeal_number = :number"))
                .isEqualTo(30);

        while (appeal.isAt("Task_ServeProbation")) {
            later(appeal, Duration.ofDays(8));
            if (appeal.waitsAt("Task_CompleteSelfCheck")) {
                li.does(
                        "Task_CompleteSelfCheck",
                        appeal,
                        Map.of("scriptFollowed", true, "capKept", true, "hoursKept", true, "anomalyReported", false));
            }
        }

        appeal.endedAt("EndEvent_AccountReinstated", "REINSTATED");
        assertThat(accountStatus(card)).isEqualTo("ACTIVE");
        assertThat(appeal.texts("select result from probation where appeal_number = :number"))
                .containsExactly("PASSED");
        assertThat(appeal.count("select count(*) from self_check where appeal_number = :number"))
                .isGreaterThanOrEqualTo(4);
        assertThat(appeal.texts("select kind from conduct_note where appeal_number = :number order by id"))
                .containsExactly("WARNING", "RECOGNITION");
        assertThat(appeal.count("""
                        select count(*) from certificate c join enrolment e on e.id = c.enrolment_id
                        where e.business_key = :number
                        """)).isEqualTo(1);
        assertThat(appeal.count("select count(*) from submission where appeal_number = :number"))
                .isEqualTo(1);
        assertThat(appeal.timeline())
                .containsSubsequence(
                        "REGISTERED",
                        "STAGE_REPORTING",
                        "STAGE_COLLECTING",
                        "APPLICATION_APPROVED",
                        "STAGE_WITH_CARRIER",
                        "CARRIER_DECIDED_CONDITIONAL",
                        "CONDITIONS_BOUND",
                        "CERTIFICATE_ISSUED",
                        "CALLING_REOPENED",
                        "PROBATION_ENDED",
                        "CLOSED_REINSTATED");

        certificateIsRenewedAndNobodyCallsWithAnExpiredOne(li, card);
    }

    /** Begins in time, once; the old certificate holds to its last day, and after it only the new one opens calling. */
    private void certificateIsRenewedAndNobodyCallsWithAnExpiredOne(Person employee, Card card) {
        String callee = "19912345678";
        jdbc.sql("""
                        insert into consent_proof (reference, callee_index, callee_mask, given_at, channel)
                        values ('CP-STORY', :index, '199****5678', :now, 'FORM')
                        """).param("index", vault.index(callee)).param("now", now()).update();
        // The carrier's hours, from 09:30, outlast the probation.
        dayBecomes(now().toLocalDate());
        assertThat(mayCall(card, callee)).contains("\"allowed\":true");
        Certificate old = certificate(employee);

        dayBecomes(old.validTo().minusDays(31));
        dailyCheckOfCertificates();
        assertThat(renewals(employee)).isZero();
        dayBecomes(old.validTo().minusDays(30));
        dailyCheckOfCertificates();
        dailyCheckOfCertificates();
        Case renewal = new Case("CR" + old.number().substring(2), engine, jdbc);
        renewal.work();
        assertThat(renewals(employee)).isEqualTo(1);
        assertThat(renewal.tasks()).containsExactly("Task_StudyCourses");
        assertThat(renewal.texts("select news from notification where appeal_number = :number and recipient = '%s'"
                        .formatted(employee.id())))
                .contains("CERTIFICATE_ENDS", "NEW_TASK");

        dayBecomes(old.validTo());
        assertThat(mayCall(card, callee)).as("its last day").contains("\"allowed\":true");
        dayBecomes(old.validTo().plusDays(1));
        assertThat(mayCall(card, callee)).contains("\"allowed\":false", "CERTIFICATE_EXPIRED");
        certified(employee, renewal);

        assertThat(certificate(employee).validTo())
                .isEqualTo(old.validTo().plusDays(1).plusMonths(12));
        assertThat(certificate(employee).courses()).isEqualTo(old.courses());
        assertThat(mayCall(card, callee)).contains("\"allowed\":true");
        assertThat(renewal.passed()).contains("EndEvent_CertificateRenewed");
    }

    private String mayCall(Card card, String callee) {
        return person("dialler")
                .post("/api/calls/check", Map.of("caller", card.mobile(), "callee", callee))
                .ok()
                .body();
    }

    private record Certificate(String number, LocalDate validTo, String courses) {}

    private Certificate certificate(Person employee) {
        return jdbc.sql("""
                        select number, valid_to, courses from certificate where employee_id = :employee
                        order by valid_to desc fetch first 1 row only
                        """)
                .param("employee", employee.id())
                .query(Certificate.class)
                .single();
    }

    private long renewals(Person employee) {
        return jdbc.sql(
                        "select count(*) from certificate where employee_id = :employee and renewal_opened_at is not null")
                .param("employee", employee.id())
                .query(Long.class)
                .single();
    }

    private void dayBecomes(LocalDate day) {
        Instant then = day.atTime(10, 0).atZone(MORNING.getOffset()).toInstant();
        ClockUtil.offset(then.toEpochMilli() - System.currentTimeMillis());
    }

    private void dailyCheckOfCertificates() {
        engine.getManagementService()
                .executeJob(engine.getManagementService()
                        .createJobQuery()
                        .processDefinitionKey("certificate-renewal")
                        .timers()
                        .singleResult()
                        .getId());
    }

    /** What cannot be bound is not decided either: the answer waits, and nothing of it stands anywhere until it is whole. */
    @Test
    void conditionsAreBoundWithTheDecisionOrNotAtAll() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "HIGH_FREQUENCY");
        submitted(li, appeal);
        jdbc.sql("alter table release_condition add constraint cannot_be_bound check (appeal_number <> '%s')"
                        .formatted(appeal.number()))
                .update();
        try {
            carrier()
                    .answers(
                            appeal,
                            "conditions",
                            Map.of("dailyCap", "40", "from", "", "to", "", "text", words("Call less")));
            arrives(appeal, () -> appeal.count("""
                            select count(*) from carrier_event where appeal_number = :number and attempts > 0
                            """) > 0);
            assertThat(appeal.isAt("Task_AwaitCarrierDecision")).isTrue();
            assertThat(appeal.count("""
                            select (select count(*) from carrier_decision where appeal_number = :number)
                                + (select count(*) from release_rule where appeal_number = :number)
                                + (select count(*) from case_sheet
                                   where appeal_number = :number and name in ('decisionText', 'termsText'))
                            """)).isZero();
        } finally {
            jdbc.sql("alter table release_condition drop constraint cannot_be_bound")
                    .update();
        }

        arrives(appeal, () -> appeal.waitsAt("Task_AcceptTerms"));
        assertThat(appeal.count("select count(*) from release_condition where appeal_number = :number"))
                .isPositive();
    }

    @Test
    void expiredDocumentsAreReinstatedWithoutRetrainingAndProbation() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "EXPIRED_DOCUMENTS");

        submitted(li, appeal);
        carrier().answers(appeal, "reinstatement", Map.of());
        arrives(appeal, () -> appeal.waitsAt("Task_AcceptTerms"));
        acceptsTerms(li, appeal);

        appeal.endedAt("EndEvent_AccountReinstated", "REINSTATED");
        assertThat(accountStatus(card)).isEqualTo("ACTIVE");
        assertThat(callingOpen(card)).isTrue();
        assertThat(appeal.count("select count(*) from enrolment where business_key = :number"))
                .isZero();
        assertThat(appeal.passed()).doesNotContain("Task_ServeProbation");
    }

    @Test
    void suspensionOfTheCompanyItselfNeedsNoCarrier() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_UNICOM);
        Map<String, Object> notice = notice(card, "NO_CONSENT");
        notice.put("source", "INTERNAL");
        Case appeal = reported(notice);

        approved(li, appeal);
        acceptsTerms(li, appeal);
        certified(li, appeal);

        assertThat(accountStatus(card)).isEqualTo("PROBATION");
        assertThat(appeal.passed()).doesNotContain("Task_ObtainCarrierDecision", "Task_PrepareSubmission");
        assertThat(appeal.count("select count(*) from submission where appeal_number = :number"))
                .isZero();
    }

    @Test
    void carrierLiftsTheSuspensionWhileItReviews() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "COMPLAINT");

        submitted(li, appeal);
        carrier().answers(appeal, "lifting", Map.of());
        arrives(appeal, () -> !appeal.isAt("Task_AwaitCarrierDecision"));

        appeal.endedAt("EndEvent_SuspensionLifted", "LIFTED");
        assertThat(accountStatus(card)).isEqualTo("ACTIVE");
        assertThat(callingOpen(card)).isTrue();
        assertThat(appeal.count("select count(*) from appeal where number = :number and overturned"))
                .isEqualTo(1);
    }

    @Test
    void carrierAsksForMoreBeforeItDecides() {
        Person li = employee();
        Case appeal = suspended(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");

        submitted(li, appeal);
        carrier()
                .answers(
                        appeal,
                        "supplement",
                        Map.of(
                                "materials",
                                words("Call list of last week"),
                                "dueOn",
                                now().toLocalDate().plusDays(7).toString()));
        arrives(appeal, () -> appeal.waitsAt("Task_ProvideSupplement"));
        li.upload(appeal.path() + "/evidence", "SUPPLEMENT", "last-week.pdf", pdf("last week"))
                .is(201);
        li.does("Task_ProvideSupplement", appeal, Map.of("supplementNote", words("Here it is")));
        appeal.work();

        assertThat(jdbc.sql("select count(*) from simulator_supplement where appeal_key = :key")
                        .param("key", appeal.number() + ":1")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        carrier().answers(appeal, "reinstatement", Map.of());
        arrives(appeal, () -> appeal.waitsAt("Task_AcceptTerms"));
        assertThat(appeal.texts("select kind from carrier_event where appeal_number = :number order by id"))
                .containsExactly("SUPPLEMENT_REQUESTED", "DECISION");
    }

    @Test
    void carrierWithoutInterfaceIsDealtWithByHand() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_TELECOM);
        Case appeal = suspended(card, "HIGH_FREQUENCY");

        approved(li, appeal);
        liaison.does(
                "Task_SubmitThroughPortal",
                appeal,
                Map.of(
                        "channelUsed", "PORTAL",
                        "ticketNumber", "T-1001",
                        "submittedAt",
                                now().toLocalDateTime()
                                        .truncatedTo(ChronoUnit.MINUTES)
                                        .toString()));
        later(appeal, Duration.ofDays(4));
        liaison.does(
                "Task_ContactCarrier",
                appeal,
                Map.of(
                        "contactChannel",
                        "HOTLINE",
                        "contactedOn",
                        now().toLocalDate().toString(),
                        "contactAnswer",
                        "REJECTED",
                        "decidedOn",
                        now().toLocalDate().toString(),
                        "rejectionReasonCode",
                        "VIOLATION_CONFIRMED",
                        "contactNote",
                        words("They were friendly")));
        arrives(appeal, () -> appeal.waitsAt("Task_ChooseNextStep"));
        later(appeal, Duration.ofDays(31));
        assertThat(shown(li, "Task_ChooseNextStep", appeal)
                        .at("/optionsText/value")
                        .asText())
                .as("the window has closed while the employee pondered")
                .contains("not open any more");
        li.does("Task_ChooseNextStep", appeal, next("STOP", false));
        manager.does("Task_ConfirmNextStep", appeal, Map.of("managerAgrees", "YES"));

        appeal.endedAt("EndEvent_AccountNotRestorable", "NOT_RESTORABLE");
        assertThat(appeal.texts("select channel from submission where appeal_number = :number"))
                .containsExactly("PORTAL");
        assertThat(appeal.texts("select answer from carrier_contact where appeal_number = :number"))
                .containsExactly("REJECTED");
        assertThat(callingOpen(card)).isFalse();
    }

    @Test
    void carrierThatNeverAnswersIsAskedAndThenPassedOver() {
        Person li = employee();
        Case appeal = suspended(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");
        submitted(li, appeal);

        later(appeal, Duration.ofDays(9));
        assertThat(appeal.tasks()).contains("Task_AskForMissingMaterial", "Task_ContactCarrier");
        later(appeal, Duration.ofDays(9));

        assertThat(appeal.tasks()).containsExactly("Task_ChooseNextStep");
        assertThat(appeal.variable("carrierOutcome")).isEqualTo("NO_ANSWER");
        carrier().answers(appeal, "reinstatement", Map.of());
        arrives(appeal, () -> appeal.count("""
                        select count(*) from carrier_event where appeal_number = :number and state = 'LATE'
                        """) == 1);
        assertThat(appeal.tasks()).as("too late").containsExactly("Task_ChooseNextStep");
    }

    // ---- when the account is not given back

    @Test
    void rejectedAppealIsSubmittedOnceMore() {
        Person li = employee();
        Case appeal = suspended(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");
        submitted(li, appeal);
        carrier().answers(appeal, "rejection", Map.of("code", "EVIDENCE_INSUFFICIENT", "text", ""));
        arrives(appeal, () -> appeal.waitsAt("Task_ChooseNextStep"));
        JsonNode choice = shown(li, "Task_ChooseNextStep", appeal);
        assertThat(choice.at("/rejectionAdvice/value").asText())
                .startsWith("- Evidence insufficient: Add what was missing")
                .contains("Note on the business scenario");
        // 24 December.
        assertThat(choice.at("/optionsText/value").asText()).contains("open until 2026-12-24");

        li.does("Task_ChooseNextStep", appeal, next("RESUBMIT", false));
        assertThat(shown(manager, "Task_ConfirmNextStep", appeal)
                        .at("/rejectionAdvice/value")
                        .asText())
                .contains("Evidence insufficient");
        manager.does("Task_ConfirmNextStep", appeal, Map.of("managerAgrees", "YES"));
        assertThat(li.get(appeal.path() + "/evidence").ok().json().path("items"))
                .filteredOn(item -> item.path("code").asText().equals("BUSINESS_SCENARIO_NOTE"))
                .as("settled in the first round, and asked for anew")
                .singleElement()
                .satisfies(item -> assertThat(item.hasNonNull("settledBy")).isFalse());
        applies(li, appeal);
        reviews(manager, appeal, "APPROVE", "");
        appeal.work();

        assertThat(appeal.texts("select submission_key from submission where appeal_number = :number order by round"))
                .containsExactly(appeal.number() + ":1", appeal.number() + ":2");
        carrier().answers(appeal, 2, "reinstatement", Map.of());
        arrives(appeal, () -> appeal.waitsAt("Task_AcceptTerms"));
        assertThat(appeal.count("select count(*) from dossier d join evidence_round r on r.id = d.round_id"
                        + " where r.appeal_number = :number"))
                .isEqualTo(2);
    }

    private static Map<String, Object> next(String step, boolean cardAndAdvice) {
        return Map.of(
                "nextStep", step,
                "replacementCardWanted", cardAndAdvice,
                "legalAdviceWanted", cardAndAdvice,
                "nextStepReason", words("I have thought about it"));
    }

    @Test
    void afterRejectionAndComplaintANewCardAndAdviceGoSideBySide() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "HIGH_FREQUENCY");

        submitted(li, appeal);
        carrier()
                .answers(
                        appeal,
                        "rejection",
                        Map.of("code", "VIOLATION_CONFIRMED", "text", words("The bursts were seen")));
        arrives(appeal, () -> appeal.waitsAt("Task_ChooseNextStep"));
        li.does("Task_ChooseNextStep", appeal, next("REGULATOR", false));
        manager.does("Task_ConfirmNextStep", appeal, Map.of("managerAgrees", "YES"));
        compliance.does(
                "Task_FileRegulatorComplaint",
                appeal,
                Map.of(
                        "carrierAskedFirst",
                        true,
                        "notInCourt",
                        true,
                        "complaintNumber",
                        "12300-2026-0001",
                        "filedOn",
                        now().toLocalDate().toString()));
        compliance.does(
                "Task_RecordRegulatorAnswer",
                appeal,
                Map.of(
                        "regulatorAnswer", "DISMISSED",
                        "answeredOn", now().toLocalDate().toString(),
                        "regulatorAnswerText", words("The carrier was right")));
        li.does("Task_ChooseNextStep", appeal, next("ALTERNATIVES", true));
        manager.does("Task_ConfirmNextStep", appeal, Map.of("managerAgrees", "YES"));

        assertThat(appeal.tasks()).containsExactly("Task_ApproveReplacement", "Task_ConsultLawyer");
        compliance.does(
                "Task_ApproveReplacement",
                appeal,
                Map.of(
                        "replacementApproved", "APPROVE",
                        "gateNoFraudCause", true,
                        "gateNoOtherAppeal", true,
                        "gateRealName", true,
                        "gateConsent", true,
                        "gateControls", true,
                        "replacementReason", words("Nothing speaks against it")));
        certified(li, appeal);
        String mobile = "1389%07d".formatted(COUNTER.incrementAndGet());
        SECRETS.add(mobile);
        liaison.put(
                        appeal.path() + "/replacement-card",
                        Map.of("carrier", "CHINA_MOBILE", "mobile", mobile, "iccid", "89860012345678901230"))
                .ok();
        liaison.does("Task_RegisterReplacementCard", appeal, Map.of());
        assertThat(shown(compliance, "Task_ConsultLawyer", appeal)
                        .at("/legalFileLink/value")
                        .asText())
                .isEqualTo("/appeals/" + appeal.number() + "/legal-file");
        compliance.does(
                "Task_ConsultLawyer",
                appeal,
                Map.of(
                        "lawyerFirm",
                        "Some & Partners",
                        "advisedOn",
                        now().toLocalDate().toString(),
                        "legalAdviceOutcome",
                        "NO_CASE",
                        "adviceSummary",
                        words("The terms of the card allow it")));

        appeal.endedAt("EndEvent_AccountNotRestorable", "NOT_RESTORABLE");
        assertThat(accounts.ofEmployee(li.id())).singleElement().satisfies(account -> {
            assertThat(account.id()).isNotEqualTo(card.accountId());
            assertThat(account.callingOpen()).isTrue();
        });
        assertThat(accountStatus(card)).isEqualTo("CLOSED");
        assertThat(appeal.texts("select answer from regulator_complaint where appeal_number = :number"))
                .containsExactly("DISMISSED");
        assertThat(appeal.texts("select outcome from legal_advice where appeal_number = :number"))
                .containsExactly("NO_CASE");
        assertThat(appeal.count("select count(*) from disclosure where appeal_number = :number"))
                .isPositive();
    }

    // ---- again

    private static void writesRepeatReport(Person employee, Case appeal) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("causeSource", "CARRIER_NOTICE");
        for (String text : List.of("causeAnalysis", "workPerformance", "earlierMeasuresRated", "whatChanges")) {
            report.put(text, words("It happened again because the pause was switched off by hand"));
        }
        for (String tick : List.of(
                "sincerityCommitment",
                "readyCauseConfirmed",
                "readyConsequencesRead",
                "readyFiguresCompared",
                "readyPlanMeasurable",
                "readyEarlierAnswered",
                "readyEvidenceGathered",
                "readyMeasuresStarted")) {
            report.put(tick, true);
        }
        employee.does("Task_WriteRepeatReport", appeal, report);
    }

    /** What the form of an open task is given to show. */
    private static JsonNode shown(Person person, String task, Case appeal) {
        return person.get("/engine-rest/task/" + person.idOf(task, appeal) + "/form-variables")
                .ok()
                .json();
    }

    private void dailyControl() {
        String timer = engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("measure-check")
                .timers()
                .singleResult()
                .getId();
        engine.getManagementService().executeJob(timer);
    }

    @Test
    void aPromiseThatWasNotKeptIsShownInTheNextAppeal() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case first = suspended(card, "HIGH_FREQUENCY");
        approved(li, first);
        li.post(first.path() + "/withdrawal", Map.of()).is(204);
        first.endedAt("EndEvent_AppealWithdrawn", "WITHDRAWN");

        later(first, Duration.ofDays(14));
        dailyControl();
        assertThat(first.tasks()).as("the last day is not over").isEmpty();
        later(first, Duration.ofDays(1));
        dailyControl();
        dailyControl();
        first.work();
        assertThat(first.tasks()).as("asked once").containsExactly("Task_CheckMeasure");
        assertThat(li.sees("Task_CheckMeasure", first)).isEmpty();
        assertThat(shown(manager, "Task_CheckMeasure", first)
                        .at("/measureText/value")
                        .asText())
                .contains("A pause of five minutes");
        assertThat(manager.handsIn("Task_CheckMeasure", first, Map.of("measureResult", "BROKEN"))
                        .is(400)
                        .body())
                .contains("measureNote");
        Map<String, Object> notYet = Map.of(
                "measureResult", "NOT_YET",
                "measureNote", words("The maker comes next week"),
                "measureNewDate", now().toLocalDate().plusDays(5).toString());
        manager.does("Task_CheckMeasure", first, notYet);
        later(first, Duration.ofDays(5));
        assertThat(first.tasks()).as("the new date is not over").isEmpty();
        later(first, Duration.ofDays(1));
        assertThat(shown(manager, "Task_CheckMeasure", first)
                        .at("/measurePostponedText/value")
                        .asText())
                .contains("The maker comes next week");
        Map<String, Object> again = new LinkedHashMap<>(notYet);
        again.put("measureNewDate", now().toLocalDate().plusDays(5).toString());
        manager.handsIn("Task_CheckMeasure", first, again).is(400);
        manager.does(
                "Task_CheckMeasure",
                first,
                Map.of("measureResult", "BROKEN", "measureNote", words("The dialler knows no pause")));
        first.endedAt("EndEvent_MeasureBroken", "WITHDRAWN");
        atFault(li, first);

        Case second = suspended(card, "HIGH_FREQUENCY");
        supported(li, second);

        JsonNode report = shown(li, "Task_WriteRepeatReport", second);
        assertThat(report.at("/earlierMeasuresText/value").asText())
                .contains(first.number(), "A pause of five minutes", ": broken", "The dialler knows no pause");
        assertThat(report.at("/performanceText/value").asText()).isNotBlank();
        writesRepeatReport(li, second);
        applies(li, second);
        reviews(compliance, second, "APPROVE", "");
        assertThat(second.texts("""
                        select f.name from dossier_file d join evidence_file f on f.id = d.file_id
                        where f.appeal_number = :number
                        """)).contains("earlier-appeals.csv", "dossier.pdf");
    }

    @Test
    void recordingsAreSavedBeforeThePlatformDeletesThem() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case appeal = suspended(card, "COMPLAINT");
        appeal.work();

        JsonNode task = manager.sees("Task_RescueRecordings", appeal).orElseThrow();
        assertThat(li.sees("Task_RescueRecordings", appeal)).isEmpty();
        // The demo's department rents a dialler that keeps 30 days: the first needed one goes today.
        assertThat(OffsetDateTime.parse(task.path("due").asText().replaceAll("(\\d\\d)$", ":$1")))
                .isEqualTo(OffsetDateTime.parse("2026-11-25T00:00:00+08:00"));
        assertThat(shown(manager, "Task_RescueRecordings", appeal)
                        .at("/recordingsText/value")
                        .asText())
                .contains("keeps them for 30 days");
        manager.handsIn("Task_RescueRecordings", appeal, Map.of()).is(400);
        manager.upload(appeal.path() + "/rescue", "UNEDITED_RECORDINGS", "complaint.wav", wave())
                .is(201);
        manager.does("Task_RescueRecordings", appeal, Map.of());

        supported(li, appeal);
        assertThat(shown(li, "Task_PrepareApplication", appeal)
                        .at("/recordingsText/value")
                        .asText())
                .contains("1 recordings were saved");
        applies(li, appeal);
        reviews(manager, appeal, "APPROVE", "");
        assertThat(appeal.texts("""
                        select f.name from dossier_file d join evidence_file f on f.id = d.file_id
                        where f.appeal_number = :number
                        """)).contains("complaint.wav");
        assertThat(appeal.timeline()).contains("RESCUE_OPENED", "RECORDINGS_RESCUED");
    }

    @Test
    void recordingsNobodySavedAreNotedAsLost() {
        Person li = employee();
        Case appeal = suspended(card(li, Carrier.CHINA_UNICOM), "COMPLAINT");
        appeal.work();

        later(appeal, Duration.ofDays(31));

        assertThat(manager.sees("Task_RescueRecordings", appeal)).isEmpty();
        assertThat(appeal.timeline()).contains("RECORDINGS_LOST");
        assertThat(
                        appeal.text(
                                "select content from case_sheet where appeal_number = :number and name = 'recordingsText' order by id desc fetch first 1 rows only"))
                .contains("has deleted the recordings");
    }

    @Test
    void noticeDuringProbationEndsItAndOpensACaseForCompliance() {
        Person li = employee();
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case first = suspended(card, "HIGH_FREQUENCY");
        reinstatedUnderConditions(li, first);
        acceptsTerms(li, first);
        certified(li, first);
        assertThat(stepsInForce(first)).as("from the first moment on").containsExactly("50");
        later(first, Duration.ofDays(3));
        atFault(li, first);
        Map<String, Object> complaint = Map.of(
                "reference",
                "CRM-" + card.mobile(),
                "caller",
                card.mobile(),
                "complainant",
                "19900000010",
                "receivedAt",
                ClockUtil.getCurrentTime().toInstant().toString(),
                "source",
                "CUSTOMER",
                "kind",
                "ATTITUDE");
        person("customer-service").post("/api/complaints", complaint).is(201);
        person("customer-service").post("/api/complaints", complaint).is(200);
        assertThat(stepsInForce(first)).containsExactly("25");
        li.post("/api/complaints", complaint).is(403);

        Case second = suspended(card, "HIGH_FREQUENCY");

        first.endedAt("EndEvent_AccountSuspendedAgain", "SUSPENDED_AGAIN");
        assertThat(first.texts("select result from probation where appeal_number = :number"))
                .containsExactly("VIOLATION");
        assertThat(callingOpen(card)).isFalse();
        assertThat(accountStatus(card)).isEqualTo("SUSPENDED");
        assertThat(second.variable("route")).isEqualTo("COMPLIANCE");
        supported(li, second);
        assertThat(second.tasks()).containsExactly("Task_WriteRepeatReport");
        writesRepeatReport(li, second);
        applies(li, second);
        assertThat(manager.sees("Task_ReviewApplication", second)).isEmpty();
        reviews(compliance, second, "DECLINE", "MEASURES_TOO_WEAK");
        second.endedAt("EndEvent_AppealDeclined", "NOT_SUPPORTED");
    }

    private static List<String> stepsInForce(Case appeal) {
        return appeal.texts("""
                select rule_value from release_condition
                where appeal_number = :number and origin = 'STEP' and valid_to is null
                """);
    }

    @Test
    void thirdSuspensionGoesToNoCarrier() {
        Person li = employee();
        atFault(li, suspended(card(li, Carrier.CHINA_UNICOM), "HIGH_FREQUENCY"));
        atFault(li, suspended(card(li, Carrier.CHINA_TELECOM), "OUT_OF_HOURS"));
        Card card = card(li, Carrier.CHINA_MOBILE);
        Case third = suspended(card, "HIGH_FREQUENCY");
        assertThat(third.variable("route")).isEqualTo("ALTERNATIVES");

        supported(li, third);
        writesRepeatReport(li, third);
        applies(li, third);
        reviews(compliance, third, "APPROVE", "");
        li.does("Task_ChooseNextStep", third, next("STOP", false));
        manager.does("Task_ConfirmNextStep", third, Map.of("managerAgrees", "YES"));

        third.endedAt("EndEvent_AccountNotRestorable", "NOT_RESTORABLE");
        assertThat(third.count("select count(*) from submission where appeal_number = :number"))
                .isZero();
        assertThat(callingOpen(card)).isFalse();
    }

    /** Domain §6.5: only what is found, answered and upheld counts, and the one who found it does not review it. */
    @Test
    void whatTheListDidIsNoRepeatAndWhatNobodyAnswersIs() {
        Person li = employee();
        Case disputed = suspended(card(li, Carrier.CHINA_UNICOM), "HIGH_FREQUENCY");
        disputed.work();
        assertThat(li.sees("Task_FindFault", disputed)).isEmpty();
        manager.does(
                "Task_FindFault",
                disputed,
                Map.of("faultFinding", "EMPLOYEE", "faultReason", words("Nobody else chose the numbers")));
        assertThat(shown(li, "Task_AnswerFinding", disputed).toString())
                .contains("the employee’s own fault", "Nobody else chose the numbers");
        assertThat(li.handsIn("Task_AnswerFinding", disputed, Map.of("findingAnswer", "DISPUTE"))
                        .is(400)
                        .body())
                .contains("disputeReason");
        li.does(
                "Task_AnswerFinding",
                disputed,
                Map.of("findingAnswer", "DISPUTE", "disputeReason", words("The list had every number nine times")));
        assertThat(manager.sees("Task_ReviewDispute", disputed)).isEmpty();
        Case meanwhile = suspended(card(li, Carrier.CHINA_TELECOM), "OUT_OF_HOURS");
        assertThat(meanwhile.variable("repeatCount")).as("disputed").isEqualTo(0L);
        compliance.does(
                "Task_ReviewDispute",
                disputed,
                Map.of("reviewedFault", "LEAD_LIST", "faultReviewReason", words("The list is on file and says so")));
        assertThat(disputed.timeline()).contains("FAULT_DISPUTED", "FAULT_REVIEWED", "FAULT_SETTLED");

        meanwhile.work();
        manager.does(
                "Task_FindFault",
                meanwhile,
                Map.of("faultFinding", "EMPLOYEE", "faultReason", words("The dialler was closed at nine")));
        later(meanwhile, Duration.ofDays(10));
        assertThat(li.sees("Task_AnswerFinding", meanwhile)).as("time is over").isEmpty();

        Case next = suspended(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");
        assertThat(next.variable("repeatCount")).isEqualTo(1L);
        assertThat(li.get(next.path()).ok().json().path("earlier").toString())
                .contains(disputed.number(), "not the employee’s fault", meanwhile.number(), "counts");
        JsonNode fault = li.get(disputed.path()).ok().json().path("fault");
        assertThat(fault.path("fault").asText()).isEqualTo("LEAD_LIST");
        assertThat(fault.path("history")).as("who did what is for officers").isEmpty();
        assertThat(person("auditor").get(disputed.path()).ok().json().at("/fault/history"))
                .isNotEmpty();
    }

    // ---- evidence

    private static Stream<Arguments> everyCauseFirstAndAgain() {
        return Arrays.stream(Cause.values())
                .flatMap(cause -> Stream.of(Arguments.of(cause, false), Arguments.of(cause, true)));
    }

    /** R13, R17: an item that nothing settles blocks and is named; what is sealed is what the checklist asked for. */
    @ParameterizedTest
    @MethodSource("everyCauseFirstAndAgain")
    void everyCauseIsTakenToASealedDossier(Cause cause, boolean again) {
        Person li = employee();
        if (again) {
            atFault(li, suspended(card(li, Carrier.CHINA_UNICOM), "HIGH_FREQUENCY"));
        }
        Case appeal = suspended(card(li, Carrier.CHINA_MOBILE), cause.name());
        supported(li, appeal);
        if (appeal.waitsAt("Task_WriteRepeatReport")) {
            writesRepeatReport(li, appeal);
        }
        writesApplication(li, appeal);

        List<String> missing = missing(li, appeal);
        assertThat(missing).as("something is to be brought").isNotEmpty();
        blocksNaming(missing, li, appeal);
        List<String> last = missing.subList(missing.size() - 1, missing.size());
        while (missing(li, appeal).size() > 1) {
            bringsFirstMissing(li, appeal);
        }
        blocksNaming(last, li, appeal);
        bringsFirstMissing(li, appeal);
        li.does("Task_PrepareApplication", appeal, Map.of());
        reviews("compliance".equals(appeal.variable("reviewGroup")) ? compliance : manager, appeal, "APPROVE", "");
        appeal.work();

        Set<String> asked = new TreeSet<>();
        for (JsonNode item : evidence(li, appeal).path("items")) {
            if (item.path("required").asBoolean()) {
                asked.add(item.path("code").asText());
            }
        }
        assertThat(asked).containsAll(List.of(((String) appeal.variable("requiredEvidence")).split(",")));
        assertThat(asked.contains("REPEAT_REPORT"))
                .isEqualTo(again
                        && !Set.of("ARREARS", "EXPIRED_DOCUMENTS", "CARRIER_POLICY")
                                .contains(cause.name()));
        Set<String> sealed = new TreeSet<>(appeal.texts("""
                select f.code from dossier_file d
                join evidence_file f on f.id = d.file_id
                join evidence_round r on r.id = d.round_id
                where r.appeal_number = :number and r.kind = 'APPLICATION'
                """));
        // The application is no item of the checklist; it and what a form asked for are chapters of one document.
        assertThat(sealed.remove("APPLICATION")).isTrue();
        asked.remove("REPEAT_REPORT");
        assertThat(sealed).isEqualTo(asked);
    }

    /** A process owner's row is asked for in the next case, and not in one that has its checklist already. */
    @Test
    void changedRowOfEvidenceAppliesToTheNextCase() throws IOException {
        Person li = employee();
        Case before = suspended(card(li, Carrier.CHINA_MOBILE), "EXPIRED_DOCUMENTS");
        supported(li, before);
        String delivered = Files.readString(Path.of("processes/required-evidence.dmn"));
        int row = delivered.indexOf("\"RENEWED_DOCUMENTS\"");
        String changed = delivered.substring(0, row) + "\"VIDEO_CHECK\"" + delivered.substring(row + 19);
        String deployment = deployed("required-evidence.dmn", changed);
        try {
            Person wu = employee();
            Case after = suspended(card(wu, Carrier.CHINA_MOBILE), "EXPIRED_DOCUMENTS");
            supported(wu, after);

            assertThat((String) before.variable("requiredEvidence")).contains("RENEWED_DOCUMENTS");
            assertThat((String) after.variable("requiredEvidence"))
                    .contains("VIDEO_CHECK")
                    .doesNotContain("RENEWED_DOCUMENTS");
        } finally {
            engine.getRepositoryService().deleteDeployment(deployment);
        }
    }

    private String deployed(String file, String content) {
        return engine.getRepositoryService()
                .createDeployment()
                .name(file)
                .addString(file, content)
                .deploy()
                .getId();
    }

    private static void blocksNaming(List<String> missing, Person employee, Case appeal) {
        employee.does("Task_PrepareApplication", appeal, Map.of());
        assertThat(appeal.tasks()).containsExactly("Task_PrepareApplication");
        assertThat(employee.get("/engine-rest/task/" + employee.idOf("Task_PrepareApplication", appeal)
                                + "/form-variables?variableNames=missingEvidence")
                        .ok()
                        .json()
                        .path("missingEvidence")
                        .path("value")
                        .asText())
                .isEqualTo(String.join(", ", missing));
    }

    private static List<String> missing(Person person, Case appeal) {
        List<String> names = new ArrayList<>();
        evidence(person, appeal).path("missing").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static JsonNode evidence(Person person, Case appeal) {
        return person.get(appeal.path() + "/evidence").ok().json();
    }

    private static void bringsFirstMissing(Person employee, Case appeal) {
        for (JsonNode item : evidence(employee, appeal).path("items")) {
            if (item.path("required").asBoolean() && !item.hasNonNull("settledBy")) {
                String code = item.path("code").asText();
                // What is asked for anew must not be the same file again.
                String text = code + " " + item.path("files").size();
                employee.upload(appeal.path() + "/evidence", code, code.toLowerCase() + ".pdf", pdf(text))
                        .is(201);
                return;
            }
        }
    }

    // ---- who may do what

    @Test
    void deputyJudgesWhileTheManagerIsAway() {
        Person li = employee();
        LocalDate today = now().toLocalDate();
        long absence = absences.add("manager", "deputy", today, today, "Ask Li about the list", "manager")
                .id();
        try {
            Case appeal = suspended(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");
            reports(li, appeal);

            assertThat(manager.sees("Task_JudgeReport", appeal)).isEmpty();
            judges(deputy, appeal, "SUPPORT", "EXPLANATION_PLAUSIBLE");

            assertThat(appeal.waitsAt("Task_PrepareApplication")).isTrue();
            // The manager still answers for the case: what comes up later goes to whoever is there then.
            assertThat(appeal.variable("managerId")).isEqualTo("manager");
        } finally {
            absences.end(absence, "manager");
        }
    }

    @Test
    void judgementThatNobodyGivesGoesToTheDeputy() {
        Person li = employee();
        Case appeal = suspended(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");
        reports(li, appeal);

        later(appeal, Duration.ofDays(14));

        assertThat(appeal.timeline()).contains("MANAGER_REMINDED", "JUDGEMENT_ESCALATED");
        assertThat(manager.sees("Task_JudgeReport", appeal)).isEmpty();
        judges(deputy, appeal, "SUPPORT", "EXPLANATION_PLAUSIBLE");
        assertThat(appeal.waitsAt("Task_PrepareApplication")).isTrue();
    }

    @Test
    void officerCannotJudgeTheOwnCase() {
        Person officer = employee("compliance");
        Case appeal = suspended(card(officer, Carrier.CHINA_MOBILE), "COMPLAINT");
        reports(officer, appeal);
        judges(manager, appeal, "REFUSE", "SERIOUS_BREACH");
        officer.does(
                "Task_RespondToRefusal",
                appeal,
                Map.of("refusalResponse", "COMPLIANCE", "refusalComment", words("I shall look at it myself")));

        Answer refused = officer.claims("Task_ReviewRefusal", appeal);

        assertThat(refused.is(400).body()).contains("The applicant cannot judge the own case.");
        compliance.claims("Task_ReviewRefusal", appeal).ok();
        assertThat(officer.handsIn(
                                "Task_ReviewRefusal",
                                appeal,
                                Map.of("complianceJudgement", "SUPPORT", "complianceReason", words("I trust myself")))
                        .status())
                .isEqualTo(403);
        assertThat(appeal.tasks()).containsExactly("Task_ReviewRefusal");
    }

    @Test
    void applicantDecidesNothingByTheBackDoor() {
        Person li = employee();
        Case appeal = suspended(card(li, Carrier.CHINA_MOBILE), "HIGH_FREQUENCY");
        String task = li.idOf("Task_ReportToManager", appeal);
        Map<String, Object> wish =
                Map.of("variables", Map.of("appealSupported", Map.of("value", true, "type", "Boolean")));

        li.post("/engine-rest/task/" + task + "/complete", wish).is(403);
        li.post("/engine-rest/task/" + task + "/resolve", wish).is(403);
        li.put("/engine-rest/task/" + task + "/variables/appealSupported", Map.of("value", true))
                .is(403);
        li.handsIn(
                        "Task_ReportToManager",
                        appeal,
                        Map.of(
                                "reportReason", words("I called the whole list in one go"),
                                "causeSource", "CARRIER_NOTICE",
                                "selfMeasures", words("I stopped calling"),
                                "appealSupported", true,
                                "managerJudgement", "SUPPORT",
                                "managerId", li.id(),
                                "notDeclaredAnywhere", words("smuggled")))
                .ok();

        assertThat(appeal.tasks()).containsExactly("Task_JudgeReport");
        assertThat(appeal.variable("appealSupported")).isNull();
        assertThat(appeal.variable("managerJudgement")).isNull();
        assertThat(appeal.variable("managerId")).isEqualTo("manager");
        assertThat(appeal.texts("select name from case_sheet where appeal_number = :number"))
                .doesNotContain("notDeclaredAnywhere");
        String judgement = engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(appeal.number())
                .singleResult()
                .getId();
        for (String door : List.of("complete", "submit-form", "claim", "assignee", "resolve")) {
            assertThat(li.post(
                                    "/engine-rest/task/" + judgement + "/" + door,
                                    Map.of("variables", Map.of("managerJudgement", Map.of("value", "SUPPORT"))))
                            .status())
                    .as(door)
                    .isBetween(400, 499);
        }
        assertThat(appeal.tasks()).containsExactly("Task_JudgeReport");
    }

    // ---- samples

    @Test
    void everySampleNoticeIsAccepted() throws IOException {
        for (Path file : samples(NOTICES)) {
            JsonNode notice = JSON.readTree(file.toFile());
            Person sender = "INTERNAL".equals(notice.path("source").asText()) ? compliance : noticeFeed;
            Answer answer = sender.post("/api/suspensions", notice);

            assertThat(answer.status()).as("%s: %s", file, answer.body()).isIn(200, 201);
            assertThat(answer.json().path("appealNumber").asText()).startsWith("AP-2026-");
        }
    }

    @Test
    void everyBadNoticeIsRefusedWithTheFieldsThatAreWrong() throws IOException {
        long before = jdbc.sql("select count(*) from notice").query(Long.class).single();
        for (Path file : samples(NOTICES.resolve("bad"))) {
            JsonNode sample = JSON.readTree(file.toFile());
            Answer answer = noticeFeed.post("/api/suspensions", sample.path("notice"));

            assertThat(answer.status()).as("%s: %s", file, answer.body()).isEqualTo(400);
            Set<String> wrong = new TreeSet<>();
            answer.json().path("errors").forEach(error -> {
                String field = error.path("field").asText();
                wrong.add(field);
                assertThat(error.path("reason").asText()).as(file + " " + field).isNotBlank();
            });
            Set<String> expected = new TreeSet<>();
            sample.path("expectedFields").forEach(field -> expected.add(field.asText()));
            assertThat(wrong).as(file.toString()).isEqualTo(expected);
        }
        assertThat(jdbc.sql("select count(*) from notice").query(Long.class).single())
                .isEqualTo(before);
    }

    private static List<Path> samples(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
            found.forEach(files::add);
        }
        assertThat(files).isNotEmpty();
        files.sort(null);
        return files;
    }
}
