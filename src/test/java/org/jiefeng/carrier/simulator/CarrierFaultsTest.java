package org.jiefeng.carrier.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.app.FreePort;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.carrier.CarrierEvent;
import org.jiefeng.carrier.CarrierProperties;
import org.jiefeng.carrier.CarrierRounds;
import org.jiefeng.carrier.SamplePapers;
import org.jiefeng.carrier.WebhookSignature;
import org.jiefeng.process.StuckSteps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * More than a thousand faults of every kind on the way to a carrier and back: nothing is lost, nothing twice, nothing
 * wrong, and only what no patience heals becomes somebody's work.
 *
 * <p>Real: the whole application on H2, the process {@code carrier-review} with its retries, the HTTP client, every socket
 * that hangs or breaks, breaker and pauses, webhooks with their signatures, inbox, polls and matters. Not real: the carrier
 * is the simulator in the same application; this test executes the due jobs on four threads in place of the engine's
 * executor (it goes through the engine's own handling of failed jobs) and makes the rounds of inbox and polls without
 * waiting for their turn; when nothing is due the clock jumps to what is due next; our patience for an answer is 0.3
 * seconds instead of fifteen. The scripts come from a seed; which thread meets which state of the breaker does not.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:carrier-faults;DB_CLOSE_DELAY=-1",
            // Both ends of every call are here: a job keeps its connection while the simulated carrier needs one.
            "spring.datasource.hikari.maximum-pool-size=40",
            "camunda.bpm.job-execution.enabled=false",
            "jiefeng.carrier.calls.answer=300ms",
            "jiefeng.carrier.calls.files=300ms",
            "jiefeng.simulator.hang=450ms",
            // A thousand stack traces of failures that are meant.
            "logging.level.org.camunda.bpm.engine.jobexecutor=OFF",
            "logging.level.org.camunda.bpm.engine.context=OFF",
            "logging.level.org.apache.catalina.core.ContainerBase=OFF",
            "logging.level.org.jiefeng.carrier=ERROR",
            "logging.level.org.jiefeng.carrier.simulator=INFO"
        })
@Import(CarrierRounds.Configuration.class)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CarrierFaultsTest {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierFaultsTest.class);
    private static final int PORT = FreePort.find();
    private static final long SEED = 20260303;
    private static final int WAVES = 36;
    private static final int CASES_IN_A_WAVE = 9;
    private static final int FAULTS_OF_CALLS = 3;
    private static final int MOST_TURNS = 500;
    private static final String STEP = "Task_SubmitAppealToCarrier";
    private static final String NOBODY = "AP-2001-000001";

    /** Those that cost real time come half as often. */
    private static final List<SimulatorFault> CALLS = Stream.concat(
                    Stream.of(SimulatorFault.values()),
                    Stream.of(SimulatorFault.values()).filter(fault -> switch (fault) {
                        case ACCEPT_THEN_HANG, HANG, SLOW -> false;
                        default -> true;
                    }))
            .filter(fault -> !fault.isOfEvents())
            .toList();

    /** An answer to an appeal nobody made has no case that could heal: a few of them, counted for themselves. */
    private static final List<SimulatorFault> EVENTS = Stream.of(SimulatorFault.values())
            .filter(fault -> fault.isOfEvents() && fault != SimulatorFault.EVENT_FOR_NOBODY)
            .toList();

    private final Random random = new Random(SEED);
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final Map<String, String> instances = new LinkedHashMap<>();
    private int numbers;

    @Autowired
    private SimulatorFaults faults;

    @Autowired
    private SimulatorBooks books;

    @Autowired
    private SimulatedDesk desk;

    @Autowired
    private SimulatorMail mail;

    @Autowired
    private CarrierRounds rounds;

    @Autowired
    private CarrierProperties carriers;

    @Autowired
    private AppealService appeals;

    @Autowired
    private Accounts accounts;

    @Autowired
    private CaseSheet caseSheet;

    @Autowired
    private StuckSteps stuck;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private HistoryService history;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> PORT);
    }

    @BeforeEach
    void begin() {
        ClockUtil.offset(0L);
    }

    @AfterEach
    void end() {
        ClockUtil.reset();
    }

    @AfterAll
    void goHome() {
        workers.shutdownNow();
    }

    @Test
    @Timeout(300)
    void thousandFaultsLoseNothingRepeatNothingAndHealByThemselves() throws Exception {
        Deque<SimulatorFault> ofCalls = dealt(CALLS, WAVES * CASES_IN_A_WAVE * FAULTS_OF_CALLS);
        Deque<SimulatorFault> ofEvents = dealt(EVENTS, WAVES * CASES_IN_A_WAVE);
        for (int wave = 0; wave < WAVES; wave++) {
            CarrierEvent.Decision decision = CarrierEvent.Decision.values()[wave % 3];
            books.set(new SimulatorSetting(false, 0, decision.name(), false, false));
            Map<String, SimulatorFault> keys = new LinkedHashMap<>();
            for (int i = 0; i < CASES_IN_A_WAVE; i++) {
                List<SimulatorFault> script = new ArrayList<>();
                for (int j = 0; j < FAULTS_OF_CALLS; j++) {
                    script.add(ofCalls.remove());
                }
                SimulatorFault ofEvent = i == 0 && wave % 18 == 0 ? SimulatorFault.EVENT_FOR_NOBODY : ofEvents.remove();
                script.add(ofEvent);
                keys.put(start(i % 2 == 0 ? Carrier.CHINA_MOBILE : Carrier.MVNO, script), ofEvent);
            }
            turnUntil("everything is handed in", () -> jobs(keys.keySet()) == 0);
            keys.forEach(this::decide);
            turnUntil("everything is decided", () -> running(keys.keySet()) == 0);
        }

        // What no patience heals.
        String dead = start(Carrier.CHINA_MOBILE, Collections.nCopies(40, SimulatorFault.HTML));
        turnUntil("somebody is asked", () -> rounds.openMatters("STUCK_SUBMISSION") == 1);
        int hopeless = 40 - faultsLeft(dead);
        assertThat(runtime.createIncidentQuery().activityId(STEP).count()).isEqualTo(1);

        Map<SimulatorFault, Integer> happened = faults.happened();
        int all = happened.values().stream().mapToInt(Integer::intValue).sum();
        int nobody = happened.getOrDefault(SimulatorFault.EVENT_FOR_NOBODY, 0);
        LOG.info(
                "{} faults: {}; not healed without a person: {} of a dead carrier, {} for nobody; {} minutes of the clock",
                all,
                happened,
                hopeless,
                nobody,
                Duration.between(Instant.now(), ClockUtil.getCurrentTime().toInstant())
                        .toMinutes());
        assertThat(happened.keySet()).as("kinds").containsExactlyInAnyOrder(SimulatorFault.values());
        assertThat(happened)
                .allSatisfy((fault, times) -> assertThat(times)
                        .as(fault.name())
                        .isGreaterThanOrEqualTo(fault == SimulatorFault.EVENT_FOR_NOBODY ? 2 : 20));
        assertThat(all - hopeless - nobody)
                .as("healed without a person")
                .isGreaterThanOrEqualTo(1000)
                .isGreaterThanOrEqualTo((int) Math.ceil(all * 0.99));
        assertThat(faults.canaryHits()).as("redirects followed").isZero();
        assertThat(faults.earlyCalls()).as("calls before the time we were told").isZero();

        // The liaison says "again" when the carrier is well; then there is nothing left but the answers for nobody.
        faults.clear();
        stuck.runAgain(STEP, number(dead));
        turnUntil("it goes on", () -> jobs(Set.of(dead)) == 0);
        desk.reinstate(dead);
        turnUntil("it is decided", () -> running(Set.of(dead)) == 0);
        assertThat(rounds.openMatters("STUCK_SUBMISSION")).isZero();
        pass(Duration.ofHours(25));
        turnUntil("answers for nobody are with somebody", () -> rounds.openMatters("UNRESOLVED_ANSWER") == nobody);

        assertNothingLostOrTwice();
        assertFinalStates();
        assertThat(rounds.openMatters("LATE_ANSWER")).isZero();
        assertThat(rounds.openMatters("FILES_REFUSED")).isZero();
        assertThat(runtime.createIncidentQuery().count()).isZero();
    }

    /** A carrier whose acknowledgements get lost sends again and again, from every machine it has. */
    @Test
    @Timeout(60)
    void eventSentAHundredTimesAtOnceHasOneEffect() throws Exception {
        // Its own mail is lost, so that nobody but this test brings the answer.
        String key = start(Carrier.CHINA_MOBILE, List.of(SimulatorFault.EVENT_LOST));
        turnUntil("it is handed in", () -> jobs(Set.of(key)) == 0);
        desk.reject(key, new CarrierEvent.Reason("OTHER", "理由"));
        mail.work();
        byte[] body = books.payloads(key).get(0).getBytes(UTF_8);
        String secret = carriers.channel(Carrier.CHINA_MOBILE)
                .orElseThrow()
                .webhookSecrets()
                .get(0);
        String time = String.valueOf(ClockUtil.getCurrentTime().getTime() / 1000);
        HttpRequest event = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + PORT + "/api/carriers/CHINA_MOBILE/events"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("X-Carrier-Timestamp", time)
                .header("X-Carrier-Signature", WebhookSignature.sign(secret, time, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService sixteen = Executors.newFixedThreadPool(16);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            boolean round = i % 10 == 9;
            answers.add(sixteen.submit(() -> {
                together.await();
                int status =
                        http.send(event, HttpResponse.BodyHandlers.discarding()).statusCode();
                if (round) {
                    // Several rounds of the inbox at once, as on several nodes.
                    rounds.turn();
                }
                return status;
            }));
        }
        together.countDown();
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(202);
        }
        sixteen.shutdown();
        turnUntil("it is decided", () -> running(Set.of(key)) == 0);

        assertThat(jdbc.sql("select state from carrier_event where appeal_number = :number")
                        .param("number", number(key))
                        .query(String.class)
                        .list())
                .containsExactly("DELIVERED");
        assertThat(jdbc.sql("select kind from timeline where appeal_number = :number and kind like 'CARRIER_%'")
                        .param("number", number(key))
                        .query(String.class)
                        .list())
                .containsExactly("CARRIER_DECIDED_REJECTED");
        assertThat(history.createHistoricActivityInstanceQuery()
                        .processInstanceId(instances.get(key))
                        .activityId("Task_RecordCarrierDecision")
                        .count())
                .isEqualTo(1);
    }

    private void assertNothingLostOrTwice() {
        Map<String, String> atTheCarrier = pairs("select appeal_key, case_id from simulator_appeal");
        assertThat(atTheCarrier.keySet()).as("at the carrier").containsExactlyInAnyOrderElementsOf(instances.keySet());
        assertThat(pairs("select submission_key, reference from submission where state = 'SUBMITTED'"))
                .as("with us")
                .isEqualTo(atTheCarrier);
        assertThat(pairs("select appeal_key, sha256 from simulator_files"))
                .as("sealed files at the carrier")
                .containsOnlyKeys(instances.keySet());
        for (String kind : List.of("APPEAL_SUBMITTED", "CARRIER_DECIDED_%")) {
            assertThat(jdbc.sql("select appeal_number from timeline where kind like :kind")
                            .param("kind", kind)
                            .query(String.class)
                            .list())
                    .as(kind)
                    .containsExactlyInAnyOrderElementsOf(instances.keySet().stream()
                            .map(CarrierFaultsTest::number)
                            .toList());
        }
    }

    /** The carrier's books, our records and the process say the same about every single case. */
    private void assertFinalStates() {
        Map<String, String> books = pairs("select appeal_key, decision from simulator_appeal where state = 'DECIDED'");
        assertThat(books).containsOnlyKeys(instances.keySet());
        assertThat(
                        pairs(
                                "select concat(appeal_number, concat(':', cast(round as varchar(9)))), outcome from carrier_decision"))
                .isEqualTo(books);
        Map<String, String> outcomes =
                history.createHistoricVariableInstanceQuery().variableName("carrierOutcome").list().stream()
                        .collect(Collectors.toMap(
                                HistoricVariableInstance::getProcessInstanceId,
                                variable -> String.valueOf(variable.getValue()),
                                (one, other) -> one.equals(other) ? one : one + " and " + other));
        Map<String, String> ours = new HashMap<>();
        instances.forEach((key, instance) -> ours.put(key, outcomes.get(instance)));
        assertThat(ours).isEqualTo(books);
        assertThat(new HashSet<>(books.values())).hasSize(3);
    }

    private Map<String, String> pairs(String sql) {
        List<Map.Entry<String, String>> rows = jdbc.sql(sql)
                .query((row, n) -> Map.entry(row.getString(1), String.valueOf(row.getString(2))))
                .list();
        Map<String, String> pairs = new HashMap<>();
        rows.forEach(row -> assertThat(pairs.put(row.getKey(), row.getValue()))
                .as("twice: " + row.getKey())
                .isNull());
        return pairs;
    }

    /** Every kind equally often, in an order of the seed. */
    private Deque<SimulatorFault> dealt(List<SimulatorFault> kinds, int count) {
        List<SimulatorFault> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cards.add(kinds.get(i % kinds.size()));
        }
        Collections.shuffle(cards, random);
        return new ArrayDeque<>(cards);
    }

    private String start(Carrier carrier, List<SimulatorFault> script) {
        String account = accounts.open(
                "employee", carrier, "1386666%04d".formatted(++numbers), "8986001999999%07d".formatted(numbers));
        String number = appeals.open(account, "employee", true).number();
        caseSheet.write(number, "accountMask", "138****0001");
        caseSheet.write(number, "carrierName", "China Mobile");
        caseSheet.write(number, "dossierManifest", SamplePapers.manifest(1));
        String key = number + ":1";
        faults.script(key, script);
        instances.put(
                key,
                runtime.startProcessInstanceByKey(
                                "carrier-review",
                                number,
                                Map.of(
                                        "employeeId", "employee",
                                        "carrier", carrier.name(),
                                        "causes", "COMPLAINT",
                                        "severity", "HIGH",
                                        "suspendedAt", new Date()))
                        .getId());
        return key;
    }

    private void decide(String key, SimulatorFault ofEvent) {
        if (ofEvent == SimulatorFault.EVENT_SHUFFLED) {
            // Something that is said before the decision, and arrives after it.
            desk.ask(key, List.of("recordings"), null);
            pass(Duration.ofSeconds(2));
        }
        // False for what was decided before it was answered.
        desk.decideByItself(key);
    }

    private interface Condition {
        boolean holds();
    }

    private void turnUntil(String what, Condition condition) throws Exception {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            boolean worked = runDueJobs();
            mail.work();
            rounds.turn();
            if (condition.holds()) {
                return;
            }
            if (!worked) {
                jump();
            }
        }
        throw new AssertionError("Not in " + MOST_TURNS + " turns: " + what + "; " + faults.happened());
    }

    private boolean runDueJobs() throws Exception {
        List<Callable<Boolean>> due = new ArrayList<>();
        for (Job job : management
                .createJobQuery()
                .processDefinitionKey("carrier-review")
                .executable()
                .list()) {
            due.add(() -> {
                try {
                    management.executeJob(job.getId());
                    return true;
                } catch (RuntimeException e) {
                    // The engine has made of it what the diagram and the postponement say.
                    return false;
                }
            });
        }
        for (Future<Boolean> run : workers.invokeAll(due)) {
            run.get();
        }
        return !due.isEmpty();
    }

    /** To the next moment at which anything is due that a case still needs. */
    private void jump() {
        Instant now = ClockUtil.getCurrentTime().toInstant();
        Stream<Instant> jobs = management
                .createJobQuery()
                .processDefinitionKey("carrier-review")
                .activityId(STEP)
                .withRetriesLeft()
                .list()
                .stream()
                .map(Job::getDuedate)
                .filter(due -> due != null)
                .map(Date::toInstant);
        Stream<Instant> rows = Stream.of(
                        "select min(next_try_at) from simulator_event where delivered_at is null",
                        "select min(next_try_at) from carrier_event where state = 'RECEIVED' and appeal_number <> '"
                                + NOBODY + "'",
                        "select min(next_poll_at) from submission")
                .flatMap(sql -> jdbc.sql(sql).query(OffsetDateTime.class).list().stream())
                .filter(due -> due != null)
                .map(OffsetDateTime::toInstant);
        Stream.concat(jobs, rows)
                .min(Instant::compareTo)
                .filter(now::isBefore)
                .ifPresent(next -> pass(Duration.between(now, next).plusMillis(1)));
    }

    private static void pass(Duration time) {
        Duration ahead =
                Duration.between(Instant.now(), ClockUtil.getCurrentTime().toInstant());
        ClockUtil.offset(ahead.plus(time).toMillis());
    }

    private long jobs(Collection<String> keys) {
        Set<String> ids = keys.stream().map(instances::get).collect(Collectors.toSet());
        return management.createJobQuery().processDefinitionKey("carrier-review").activityId(STEP).list().stream()
                .filter(job -> ids.contains(job.getProcessInstanceId()))
                .count();
    }

    private long running(Collection<String> keys) {
        return runtime.createProcessInstanceQuery()
                .processInstanceIds(keys.stream().map(instances::get).collect(Collectors.toSet()))
                .count();
    }

    private int faultsLeft(String key) {
        return faults.waiting(key);
    }

    private static String number(String key) {
        return key.substring(0, key.length() - 2);
    }
}
