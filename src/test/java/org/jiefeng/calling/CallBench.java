package org.jiefeng.calling;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jiefeng.JiefengApplication;
import org.jiefeng.account.Vault;
import org.jiefeng.app.Postgres;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The call check beside the plainest question one could ask instead, and the taking in of calls beside a plain batch, with a
 * million calls on PostgreSQL. {@code bench/calls.sh} runs it; figures are in docs/performance.md.
 */
final class CallBench {

    private static final int CLIENTS = 4;
    private static final int EMPLOYEES = 200;
    private static final int CALLS = 1_000_000;
    private static final int CALLEES = 50_000;
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 6_000_000_000L;
    private static final int BATCH = 1_000;
    private static final int BATCHES = 40;

    /** Tomorrow, half past ten in Shanghai. */
    private static final Instant NOW = LocalDate.now(ZoneId.of("Asia/Shanghai"))
            .plusDays(1)
            .atTime(10, 30)
            .atZone(ZoneId.of("Asia/Shanghai"))
            .toInstant();

    private static final String PLAIN = """
            select a.status, a.calling_open,
                (select count(*) from call_record c where c.employee_id = a.employee_id and c.started_at > ?)
            from card k join account a on a.open_card_id = k.id
            where k.mobile_index = ?
            """;

    private static final String PLAIN_INSERT = """
            insert into call_record (call_reference, employee_id, account_id, callee_index, callee_mask, started_at,
                duration_seconds, outcome, script_code)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """;

    private final String url;
    private final ConfigurableApplicationContext application;
    private final Vault vault;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    private CallBench(String url) {
        this.url = url;
        ClockUtil.setCurrentTime(Date.from(NOW));
        application = new SpringApplicationBuilder(JiefengApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=postgres",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--jiefeng.calling.check.requests-a-second=1000000",
                        "--logging.level.root=warn");
        vault = application.getBean(Vault.class);
    }

    public static void main(String[] arguments) throws Exception {
        CallBench bench = new CallBench(Postgres.freshDatabase());
        try {
            bench.fill();
            // All of it, or the one part that is named.
            String part = arguments.length == 0 ? "" : arguments[0];
            if (part.isEmpty() || part.equals("checks")) {
                bench.checks();
            }
            if (part.isEmpty() || part.equals("http")) {
                bench.overHttp();
            }
            if (part.isEmpty() || part.equals("reports")) {
                bench.reports();
            }
        } finally {
            bench.clients.shutdownNow();
            bench.application.close();
        }
        System.exit(0);
    }

    private static String mobile(int employee) {
        return "135%08d".formatted(employee);
    }

    private static String callee(int callee) {
        return "136%08d".formatted(callee);
    }

    private void fill() {
        JdbcClient jdbc = application.getBean(JdbcClient.class);
        String department =
                jdbc.sql("select min(id) from department").query(String.class).single();
        for (int i = 0; i < EMPLOYEES; i++) {
            jdbc.sql("insert into employee (user_id, name, department_id, id_number_sealed, id_number_mask)"
                            + " values (?, 'Li Na', ?, 'x', 'x')")
                    .params("bench-" + i, department)
                    .update();
            jdbc.sql(
                            "insert into card (id, carrier, mobile_sealed, mobile_mask, mobile_index, iccid_sealed, iccid_mask)"
                                    + " values (?, 'CHINA_MOBILE', 'x', 'x', ?, 'x', 'x')")
                    .params("CD-bench-" + i, vault.index(mobile(i)))
                    .update();
            jdbc.sql("insert into account (id, employee_id, card_id, opened_at, open_card_id, status, calling_open)"
                            + " values (?, ?, ?, now() - interval '90 days', ?, 'ACTIVE', true)")
                    .params("AC-bench-" + i, "bench-" + i, "CD-bench-" + i, "CD-bench-" + i)
                    .update();
        }
        jdbc.sql("create table bench_callee (n integer primary key, i varchar(64) not null)")
                .update();
        List<Object[]> indexes = IntStream.range(0, CALLEES)
                .mapToObj(n -> new Object[] {n, vault.index(callee(n))})
                .toList();
        new JdbcTemplate(application.getBean(DataSource.class))
                .batchUpdate("insert into bench_callee values (?, ?)", indexes);
        // A month of calls, each person's spread over the day; half of the people are on probation and certified.
        jdbc.sql("""
                        insert into call_record (call_reference, employee_id, account_id, callee_index, callee_mask,
                            started_at, duration_seconds, outcome, script_code)
                        select 'B-' || g.s, 'bench-' || g.s %% %1$d, 'AC-bench-' || g.s %% %1$d, c.i, 'x',
                            cast(:now as timestamp with time zone) - interval '31 minutes'
                                - (g.s / %1$d) * (interval '30 days' / %2$d),
                            30, 'ANSWERED', 'PRODUCT-A'
                        from generate_series(cast(0 as bigint), %3$d - 1) as g (s)
                        join bench_callee c on c.n = (g.s * 7919) %% %4$d
                        """.formatted(EMPLOYEES, CALLS / EMPLOYEES, CALLS, CALLEES))
                .param("now", NOW.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                insert into consent_proof (reference, callee_index, callee_mask, given_at, channel)
                select 'B-' || n, i, 'x', now() - interval '90 days', 'WEB' from bench_callee
                """).update();
        jdbc.sql("""
                insert into release_condition (appeal_number, employee_id, kind, rule_value, origin, source_text,
                    from_day, valid_from)
                select 'AP-0', 'bench-' || e, kind, rule_value, 'DECISION', kind, 1, now() - interval '9 days'
                from generate_series(0, 199, 2) e, (values ('DAILY_CAP', '150'), ('HOURLY_CAP', '15'),
                    ('SAME_CALLEE', '3/day'), ('SAME_CALLEE_GAP', '30'), ('HOURS', '09:00-21:00'),
                    ('BAR_DO_NOT_CALL', ''), ('BAR_COMPLAINANTS', '')) as r (kind, rule_value)
                """).update();
        jdbc.sql("""
                insert into enrolment (business_key, employee_id, courses, pass_mark, enrolled_at)
                select 'AP-0', 'bench-' || e, 'CADENCE', 80, now() from generate_series(0, 199, 2) e
                """).update();
        jdbc.sql("""
                insert into certificate (number, enrolment_id, employee_id, courses, issued_at, signed_by, valid_to)
                select 'CT-' || id, id, employee_id, 'CADENCE', now(), 'manager', current_date + 300 from enrolment
                where business_key = 'AP-0'
                """).update();
        // What the filling leaves the database to do is no part of what is measured.
        jdbc.sql("vacuum analyze").update();
        jdbc.sql("checkpoint").update();
        System.out.printf(
                "calls stored: %,d%n",
                jdbc.sql("select count(*) from call_record").query(Long.class).single());
    }

    private interface Question {
        boolean ask(int employee, int callee) throws Exception;
    }

    /** Questions a second of four clients; each gets a question of its own. */
    private double rate(Callable<Question> client, long nanos) throws Exception {
        List<Future<long[]>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            long seed = i;
            running.add(clients.submit(() -> {
                Question question = client.call();
                Random random = new Random(seed);
                long asked = 0;
                long yes = 0;
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < nanos) {
                    if (question.ask(random.nextInt(EMPLOYEES), random.nextInt(CALLEES))) {
                        yes++;
                    }
                    asked++;
                }
                return new long[] {asked, yes, System.nanoTime() - begin};
            }));
        }
        double rate = 0;
        long yes = 0;
        for (Future<long[]> one : running) {
            rate += one.get()[0] * 1e9 / one.get()[2];
            yes += one.get()[1];
        }
        if (yes == 0) {
            throw new IllegalStateException("Nobody was told yes: that is not what is to be measured");
        }
        return rate;
    }

    private Question plain() throws Exception {
        Connection connection = DriverManager.getConnection(url, "postgres", "");
        PreparedStatement statement = connection.prepareStatement(PLAIN);
        OffsetDateTime since = NOW.minusSeconds(86_400).atOffset(ZoneOffset.UTC);
        return (employee, callee) -> {
            statement.setObject(1, since);
            statement.setString(2, vault.index(mobile(employee)));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getLong(3) >= 0;
            }
        };
    }

    private Question check() {
        CallCheck check = application.getBean(CallCheck.class);
        return (employee, callee) -> check.check(new CallRequest(mobile(employee), callee(callee), null, null, null))
                .allowed();
    }

    private void checks() throws Exception {
        rate(this::plain, ROUND_NANOS);
        rate(this::check, ROUND_NANOS);
        double[] ratios = new double[ROUNDS];
        double[] plain = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            plain[round] = rate(this::plain, ROUND_NANOS);
            ours[round] = rate(this::check, ROUND_NANOS);
            ratios[round] = ours[round] / plain[round];
        }
        System.out.printf(
                "checks a second: plain JDBC %,.0f, call check %,.0f, ratio %.2f (median of %d; %s)%n",
                median(plain), median(ours), median(ratios), ROUNDS, Arrays.toString(ratios));
    }

    private void overHttp() throws Exception {
        String port = application.getEnvironment().getProperty("local.server.port");
        String basic = Base64.getEncoder().encodeToString("dialler:Jiefeng-Demo-1".getBytes(StandardCharsets.UTF_8));
        List<long[]> times = Collections.synchronizedList(new ArrayList<>());
        Callable<Question> client = () -> {
            Line line = new Line(Integer.parseInt(port), basic);
            long[] took = new long[400_000];
            int[] count = new int[1];
            times.add(took);
            return (employee, callee) -> {
                String question = "{\"caller\":\"" + mobile(employee) + "\",\"callee\":\"" + callee(callee) + "\"}";
                long begin = System.nanoTime();
                String answer = line.ask(question);
                took[count[0]++] = System.nanoTime() - begin;
                return answer.equals("{\"allowed\":true}");
            };
        };
        // Until the compiler has nothing left to do: a server runs for months.
        rate(client, 5 * ROUND_NANOS);
        times.clear();
        double rate = rate(client, 3 * ROUND_NANOS);
        long[] all = times.stream()
                .flatMapToLong(Arrays::stream)
                .filter(nanos -> nanos > 0)
                .sorted()
                .toArray();
        System.out.printf(
                "over HTTP, %d clients: %,.0f a second, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms%n",
                CLIENTS, rate, at(all, 0.5), at(all, 0.99), at(all, 0.999));
    }

    /**
     * A dialler's connection that is kept: a client made for it, because a general one would take more of the two cores than
     * what is measured.
     */
    private static final class Line {

        private final Socket socket;
        private final InputStream answers;
        private final String head;

        Line(int port, String basic) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            answers = new BufferedInputStream(socket.getInputStream());
            head = "POST /api/calls/check HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic " + basic
                    + "\r\nContent-Type: application/json\r\nContent-Length: ";
        }

        String ask(String question) throws IOException {
            socket.getOutputStream()
                    .write((head + question.length() + "\r\n\r\n" + question).getBytes(StandardCharsets.US_ASCII));
            String status = header();
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException(status);
            }
            boolean chunked = false;
            int length = 0;
            for (String line = header(); !line.isEmpty(); line = header()) {
                String lower = line.toLowerCase(Locale.ROOT);
                chunked |= lower.equals("transfer-encoding: chunked");
                if (lower.startsWith("content-length: ")) {
                    length = Integer.parseInt(lower.substring(16));
                }
            }
            return chunked ? chunks() : new String(answers.readNBytes(length), StandardCharsets.UTF_8);
        }

        private String chunks() throws IOException {
            StringBuilder body = new StringBuilder();
            for (int size = Integer.parseInt(header(), 16); ; size = Integer.parseInt(header(), 16)) {
                body.append(new String(answers.readNBytes(size), StandardCharsets.UTF_8));
                header();
                if (size == 0) {
                    return body.toString();
                }
            }
        }

        private String header() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = answers.read(); c != '\r'; c = answers.read()) {
                if (c < 0) {
                    throw new IOException("The line is cut");
                }
                line.append((char) c);
            }
            answers.read();
            return line.toString();
        }
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) (sorted.length * share)] / 1e6;
    }

    private void reports() throws Exception {
        CallReports reports = application.getBean(CallReports.class);
        double[] ratios = new double[ROUNDS];
        double[] plain = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        plainBatches(5);
        ourBatches(reports, 5);
        for (int round = 0; round < ROUNDS; round++) {
            plain[round] = plainBatches(BATCHES);
            ours[round] = ourBatches(reports, BATCHES);
            ratios[round] = ours[round] / plain[round];
        }
        System.out.printf(
                "calls recorded a second, batches of %d: plain JDBC %,.0f, ours %,.0f, ratio %.2f (median of %d; %s)%n",
                BATCH, median(plain), median(ours), median(ratios), ROUNDS, Arrays.toString(ratios));
    }

    private double plainBatches(int batches) throws Exception {
        String run = UUID.randomUUID().toString().substring(0, 8);
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                PreparedStatement statement = connection.prepareStatement(PLAIN_INSERT)) {
            connection.setAutoCommit(false);
            long begin = System.nanoTime();
            for (int batch = 0; batch < batches; batch++) {
                for (int i = 0; i < BATCH; i++) {
                    int employee = i % EMPLOYEES;
                    statement.setString(1, run + "-" + batch + "-" + i);
                    statement.setString(2, "bench-" + employee);
                    statement.setString(3, "AC-bench-" + employee);
                    statement.setString(4, vault.index(callee(i)));
                    statement.setString(5, "136****0000");
                    statement.setObject(6, NOW.minusSeconds(i).atOffset(ZoneOffset.UTC));
                    statement.setInt(7, 30);
                    statement.setString(8, "ANSWERED");
                    statement.setString(9, "PRODUCT-A");
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
            }
            return batches * BATCH * 1e9 / (System.nanoTime() - begin);
        }
    }

    private double ourBatches(CallReports reports, int batches) {
        String run = UUID.randomUUID().toString().substring(0, 8);
        long begin = System.nanoTime();
        for (int batch = 0; batch < batches; batch++) {
            int number = batch;
            reports.record(IntStream.range(0, BATCH)
                    .mapToObj(i -> new CallReports.Report(
                            run + "-" + number + "-" + i,
                            mobile(i % EMPLOYEES),
                            callee(i),
                            NOW.minusSeconds(i).toString(),
                            30,
                            "ANSWERED",
                            "PRODUCT-A"))
                    .toList());
        }
        return batches * BATCH * 1e9 / (System.nanoTime() - begin);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
