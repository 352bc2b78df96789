package org.jiefeng.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Kills the application again and again while notices come in and cases go to the carrier, and then counts: what was
 * acknowledged must be there once, what was submitted must be at the carrier once. {@code bench/kill.sh} runs it.
 */
final class KillCampaign {

    /**
     * What one run does.
     *
     * @param driven how many of the sellers are brought to the carrier
     * @param lockTime after which a dead process's jobs are taken over
     * @param within how many milliseconds after the first answer the next kill comes at the latest
     */
    record Plan(
            String url, String user, int kills, int sellers, int driven, Duration lockTime, int within, long seed) {}

    /** What it counted. */
    record Outcome(
            int kills,
            int nearCarrier,
            int duringCall,
            int acknowledged,
            int unanswered,
            int submitted,
            long repeatedKeys,
            int repeatedEvents,
            long seconds,
            Map<String, Integer> refusals,
            List<String> faults) {}

    private static final int NOTICE_THREADS = 2;
    private static final int CASE_THREADS = 2;

    /** Few enough that there is always one just before, at and just behind the submission. */
    private static final int CASES_AT_ONCE = 8;

    /** No case comes further for so long: it is stuck. */
    private static final Duration SETTLE = Duration.ofMinutes(4);

    /** How long a kill waits for a call to the carrier, and how long after its beginning it comes at the latest. */
    private static final Duration CALL = Duration.ofSeconds(90);

    private static final int AFTER_CALL = 700;

    private final Plan plan;
    private final KillableApplication application;
    private final RecordingCarrier carrier;
    private final Random random;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger next;
    private int nearCarrier;
    private int duringCall;
    private final List<Appellant> driven = new ArrayList<>();
    private final Queue<Appellant> toCome = new ConcurrentLinkedQueue<>();
    private final Queue<Appellant> underway = new ConcurrentLinkedQueue<>();

    private KillCampaign(Plan plan, Path folder) throws IOException {
        this.plan = plan;
        int carrierPort = FreePort.find();
        application = new KillableApplication(
                folder,
                Map.of(
                        "spring.datasource.url",
                        plan.url(),
                        "spring.datasource.username",
                        plan.user(),
                        "jiefeng.carrier.channels.china-mobile.base-url",
                        "http://127.0.0.1:" + carrierPort,
                        "camunda.bpm.job-execution.lock-time-in-millis",
                        String.valueOf(plan.lockTime().toMillis()),
                        SellersApplication.SELLERS,
                        String.valueOf(plan.sellers()),
                        SellersApplication.LOGINS,
                        String.valueOf(plan.driven())));
        carrier = new RecordingCarrier(carrierPort, application.home(), plan.seed());
        random = new Random(plan.seed());
        next = new AtomicInteger(plan.driven());
        for (int i = 1; i <= plan.driven(); i++) {
            driven.add(new Appellant(application, i));
        }
        toCome.addAll(driven);
    }

    /** Runs a plan; the folder keeps the logs of every start. */
    static Outcome run(Plan plan, Path folder) throws IOException, InterruptedException {
        KillCampaign campaign = new KillCampaign(plan, folder);
        try {
            return campaign.run();
        } finally {
            campaign.over.set(true);
            campaign.application.close();
            campaign.carrier.close();
        }
    }

    private Outcome run() throws InterruptedException {
        Instant began = Instant.now();
        application.start();
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < NOTICE_THREADS; i++) {
            load.add(begin(this::sendNotice));
        }
        for (int i = 0; i < CASE_THREADS; i++) {
            load.add(begin(this::moveCase));
        }
        for (int kill = 1; kill <= plan.kills(); kill++) {
            awaitLoad();
            // A moment nobody chose: that is what is tried here; every second time soon after the carrier was called.
            if (kill % 2 == 0 && carrierIsCalled()) {
                nearCarrier++;
                TimeUnit.MILLISECONDS.sleep(random.nextInt(AFTER_CALL));
            } else {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(plan.within()));
            }
            if (carrier.underWay() > 0) {
                duringCall++;
            }
            application.kill();
            if (kill < plan.kills() && kill % 7 == 0) {
                kill++;
                application.launch();
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(8000));
                application.kill();
            }
            System.out.printf(
                    "%s kill %d: %d acknowledged, %d at the carrier%n",
                    Instant.now(), kill, acknowledged.size(), carrier.cases().size());
            application.start();
        }
        List<String> faults = new ArrayList<>();
        settle(faults);
        over.set(true);
        for (Thread thread : load) {
            thread.join(TimeUnit.MINUTES.toMillis(2));
        }
        // The last one at rest; what is counted now is what the database kept.
        application.kill();
        new Count(faults).all();
        return new Outcome(
                plan.kills(),
                nearCarrier,
                duringCall,
                acknowledged.size(),
                unanswered.get(),
                carrier.cases().size(),
                carrier.repeatedKeys(),
                carrier.repeatedEvents(),
                Duration.between(began, Instant.now()).toSeconds(),
                new TreeMap<>(refusals),
                faults);
    }

    /** Until it answers after a start: the first answers take long, and nothing would be under way yet. */
    private void awaitLoad() throws InterruptedException {
        int before = acknowledged.size();
        Instant end = Instant.now().plusSeconds(30);
        while (acknowledged.size() == before && Instant.now().isBefore(end)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Waits for the next call to the carrier; false when none comes, as after the last case. */
    private boolean carrierIsCalled() throws InterruptedException {
        int before = carrier.calls();
        Instant end = Instant.now().plus(CALL);
        while (carrier.calls() == before) {
            if (Instant.now().isAfter(end) || carrier.acknowledged().size() == driven.size()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    private Thread begin(Runnable step) {
        Thread thread = new Thread(() -> {
            while (!over.get()) {
                try {
                    step.run();
                    TimeUnit.MILLISECONDS.sleep(100);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void sendNotice() {
        int number = next.incrementAndGet();
        if (number > plan.sellers()) {
            return;
        }
        Appellant appellant = new Appellant(application, number);
        while (!over.get()) {
            if (attempt(appellant::isSuspended)) {
                acknowledged.put(appellant.noticeId(), appellant.appeal());
                return;
            }
            unanswered.incrementAndGet();
            if (number % 2 == 0) {
                // Never asked again: it may be there or not, but not half.
                return;
            }
        }
    }

    private void moveCase() {
        Appellant appellant = underway.size() < CASES_AT_ONCE && !toCome.isEmpty() ? toCome.poll() : underway.poll();
        if (appellant == null) {
            return;
        }
        attempt(() -> {
            if (!appellant.isAcknowledged()) {
                appellant.isSuspended();
                acknowledged.put(appellant.noticeId(), appellant.appeal());
            }
            appellant.isSupported();
            appellant.applies();
            appellant.isApproved();
        });
        if (!appellant.isAcknowledged() || !carrier.cases().containsKey(appellant.appeal() + ":1")) {
            underway.add(appellant);
        }
    }

    /** Whether it was answered with yes. A no while the application dies is part of the trial, and is counted. */
    private boolean attempt(Runnable action) {
        int start = application.starts();
        try {
            action.run();
            return true;
        } catch (UncheckedIOException e) {
            pause();
            return false;
        } catch (AssertionError e) {
            String message = String.valueOf(e.getMessage()).lines().limit(6).reduce("", (a, b) -> a + " " + b);
            refusals.merge(
                    "start " + start + ":" + message.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id"), 1, Integer::sum);
            pause();
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until every driven case has its decision: jobs of the dead are taken over when their locks run out. */
    private void settle(List<String> faults) throws InterruptedException {
        Instant end = Instant.now().plus(SETTLE);
        List<Appellant> waiting = new ArrayList<>(driven);
        while (true) {
            boolean further = waiting.removeIf(appellant -> appellant.isAcknowledged()
                    && carrier.acknowledged().contains(appellant.appeal() + ":1")
                    && application
                            .person(appellant.id())
                            .sees("Task_AcceptTerms", appellant.appeal())
                            .isPresent());
            if (waiting.isEmpty()) {
                return;
            }
            if (further) {
                end = Instant.now().plus(SETTLE);
            }
            if (Instant.now().isAfter(end)) {
                waiting.forEach(appellant -> faults.add("stuck: " + appellant.id()
                        + (appellant.isAcknowledged() ? " " + appellant.appeal() : " not acknowledged")));
                return;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** Reads the database of the dead. */
    private final class Count {

        private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(plan.url(), plan.user(), ""));
        private final List<String> faults;

        Count(List<String> faults) {
            this.faults = faults;
        }

        void all() {
            Map<String, List<String>> notices = pairs("select notice_id, appeal_number from notice");
            Map<String, List<String>> instances = pairs("""
                    select BUSINESS_KEY_, PROC_INST_ID_ from ACT_HI_PROCINST
                    where PROC_DEF_KEY_ = 'account-appeal' and END_TIME_ is null
                    """);
            Map<String, List<String>> stages = pairs("select number, stage from appeal");
            Map<String, List<String>> tasks = pairs("""
                    select h.BUSINESS_KEY_, t.TASK_DEF_KEY_ from ACT_RU_TASK t
                    join ACT_HI_PROCINST h on h.PROC_INST_ID_ = t.PROC_INST_ID_
                    where h.PROC_DEF_KEY_ not in ('recording-rescue', 'fault-finding')
                    """);
            acknowledged.forEach((notice, number) -> {
                expect("notice " + notice, notices.get(notice), List.of(number));
                expectOne("process of " + number, instances.get(number));
            });
            // Also those nobody was told of: whole or not at all.
            notices.forEach((notice, numbers) -> {
                if (notice.startsWith("N-KILL-")) {
                    expectOne("case of " + notice, numbers);
                    expectOne("process of " + notice, instances.get(numbers.get(0)));
                }
            });
            pairs("select account_id, number from appeal").forEach((account, numbers) -> expectOne(account, numbers));
            Map<String, List<String>> submissions = pairs("select appeal_number, submission_key from submission");
            Map<String, List<String>> receipts =
                    pairs("select submission_key, reference from submission where state = 'SUBMITTED'");
            Map<String, List<String>> events = pairs("select event_id, state from carrier_event");
            Map<String, List<String>> decisions = pairs("select appeal_number, outcome from carrier_decision");
            driven.stream()
                    .filter(Appellant::isAcknowledged)
                    .map(Appellant::appeal)
                    .forEach(number -> {
                        String key = number + ":1";
                        RecordingCarrier.Taken taken = carrier.cases().get(key);
                        expect("submissions of " + number, submissions.get(number), List.of(key));
                        expect(
                                "receipt of " + key,
                                receipts.get(key),
                                List.of(taken == null ? "none" : taken.caseId()));
                        expect("event of " + key, events.get(RecordingCarrier.eventId(key)), List.of("DELIVERED"));
                        expect("decision for " + number, decisions.get(number), List.of("REINSTATED"));
                        expect("stage of " + number, stages.get(number), List.of("RELEASED"));
                        expect("tasks of " + number, tasks.get(number), List.of("Task_AcceptTerms"));
                    });
            acknowledged.values().stream()
                    .filter(number -> driven.stream()
                            .noneMatch(
                                    one -> one.isAcknowledged() && one.appeal().equals(number)))
                    .forEach(number -> {
                        expect("stage of " + number, stages.get(number), List.of("REPORTING"));
                        expect("tasks of " + number, tasks.get(number), List.of("Task_ReportToManager"));
                    });
            carrier.cases()
                    .keySet()
                    .forEach(key -> expect(
                            "what the carrier has as " + key,
                            receipts.containsKey(key) ? List.of("known") : null,
                            List.of("known")));
            if (carrier.otherBodies() > 0) {
                faults.add(carrier.otherBodies() + " posts with a known key and another body");
            }
            jdbc.sql("select ACTIVITY_ID_, INCIDENT_MSG_ from ACT_RU_INCIDENT")
                    .query((row, n) -> "incident at " + row.getString(1) + ": " + row.getString(2))
                    .list()
                    .forEach(faults::add);
        }

        private Map<String, List<String>> pairs(String sql) {
            Map<String, List<String>> found = new HashMap<>();
            jdbc.sql(sql)
                    .query((row, n) ->
                            new String[] {String.valueOf(row.getString(1)), String.valueOf(row.getString(2))})
                    .list()
                    .forEach(pair -> found.computeIfAbsent(pair[0], k -> new ArrayList<>())
                            .add(pair[1]));
            return found;
        }

        private void expect(String what, @org.jspecify.annotations.Nullable List<String> found, List<String> expected) {
            if (!expected.equals(found)) {
                faults.add(what + ": expected " + expected + ", found " + found);
            }
        }

        private void expectOne(String what, @org.jspecify.annotations.Nullable List<String> found) {
            if (found == null || found.size() != 1) {
                faults.add(what + ": expected one, found " + found);
            }
        }
    }

    /** @param arguments {@code h2} or {@code postgres}, how many kills, and a folder for logs and data */
    public static void main(String[] arguments) throws Exception {
        int kills = Integer.parseInt(arguments[1]);
        Path folder = Files.createDirectories(Path.of(arguments[2]).toAbsolutePath());
        boolean h2 = "h2".equals(arguments[0]);
        long seed = System.nanoTime();
        Plan plan = new Plan(
                h2 ? KillableApplication.h2(folder) : Postgres.freshDatabase(),
                h2 ? "sa" : "postgres",
                kills,
                Math.max(200, 60 * kills),
                2 * kills,
                Duration.ofSeconds(20),
                6000,
                seed);
        Outcome outcome = run(plan, folder);
        System.out.println(arguments[0] + ", seed " + seed);
        System.out.printf("kill -9:                              %d%n", outcome.kills());
        System.out.printf("  up to 0.7 s after a call to the carrier: %d%n", outcome.nearCarrier());
        System.out.printf("  with a call to the carrier unanswered: %d%n", outcome.duringCall());
        System.out.printf("acknowledged notices:                 %d%n", outcome.acknowledged());
        System.out.printf("posts of notices without an answer:   %d%n", outcome.unanswered());
        System.out.printf("submissions at the carrier:           %d%n", outcome.submitted());
        System.out.printf("keys posted more than once:           %d%n", outcome.repeatedKeys());
        System.out.printf("decisions sent again on purpose:      %d%n", outcome.repeatedEvents());
        System.out.printf("seconds:                              %d%n", outcome.seconds());
        System.out.printf(
                "answers that were neither yes nor cut off: %d%n",
                outcome.refusals().size());
        outcome.refusals().forEach((what, times) -> System.out.println("  " + times + " x " + what));
        System.out.printf(
                "faults:                               %d%n", outcome.faults().size());
        outcome.faults().forEach(fault -> System.out.println("  " + fault));
        System.exit(outcome.faults().isEmpty() ? 0 : 1);
    }
}
