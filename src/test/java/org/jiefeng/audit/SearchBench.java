package org.jiefeng.audit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jiefeng.JiefengApplication;
import org.jiefeng.app.Postgres;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The auditors' search with 100,000 ended cases on PostgreSQL, over HTTP, beside the plainest search there is: all columns
 * of the newest 25 rows and their count. {@code bench/search.sh} runs it; figures are in docs/performance.md.
 */
final class SearchBench {

    private static final int CASES = 100_000;
    private static final int PEOPLE = 2_000;
    private static final int ROUNDS = 60;
    private static final long BOUND_MILLIS = 200;

    /** What auditors ask for, in turn. */
    private static final List<String> ASKED = List.of(
            "",
            "state=ENDED",
            "number=AP-2024-0500",
            "number=AP-2024-050123",
            "number=50123",
            "person=bench-77",
            "person=Li%20Na%20123",
            "carrier=CHINA_UNICOM",
            "cause=OUT_OF_HOURS",
            "carrier=MVNO&cause=COMPLAINT&outcome=REINSTATED",
            "outcome=WITHDRAWN&openedFrom=2024-03-01&openedTo=2024-03-31",
            "closedFrom=2024-05-01&closedTo=2024-05-02&order=CLOSED",
            "order=NUMBER&ascending=true&page=399",
            "cause=ARREARS&order=CLOSED&page=20");

    private SearchBench() {}

    public static void main(String[] arguments) throws Exception {
        String url = Postgres.freshDatabase();
        boolean kept;
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(JiefengApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=postgres",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--logging.level.root=warn")) {
            fill(application.getBean(JdbcClient.class));
            plain(url);
            kept = search(application.getEnvironment().getRequiredProperty("local.server.port"));
        }
        System.exit(kept ? 0 : 1);
    }

    private static void fill(JdbcClient jdbc) {
        jdbc.sql("""
                insert into employee (user_id, name, department_id, id_number_sealed, id_number_mask)
                select 'bench-' || n, 'Li Na ' || n, (select min(id) from department), 'x', 'x'
                from generate_series(1, %d) n
                """.formatted(PEOPLE)).update();
        jdbc.sql("""
                insert into card (id, carrier, mobile_sealed, mobile_mask, mobile_index, iccid_sealed, iccid_mask)
                select 'CD-' || n, (array['CHINA_MOBILE', 'CHINA_UNICOM', 'CHINA_TELECOM', 'CHINA_BROADNET', 'MVNO'])[n %% 5 + 1],
                    'x', '138****' || lpad(cast(n as varchar), 4, '0'), 'bench-' || n, 'x', 'x'
                from generate_series(1, %d) n
                """.formatted(PEOPLE)).update();
        jdbc.sql("""
                insert into account (id, employee_id, card_id, opened_at, open_card_id, status, calling_open)
                select 'AC-' || n, 'bench-' || n, 'CD-' || n, now() - interval '4 years', 'CD-' || n, 'ACTIVE', true
                from generate_series(1, %d) n
                """.formatted(PEOPLE)).update();
        jdbc.sql("""
                insert into appeal (number, account_id, employee_id, stage, opened_at, counts_as_repeat, outcome, closed_at)
                select 'AP-2024-' || lpad(cast(n as varchar), 6, '0'), 'AC-' || (n * 7919 %% %1$d + 1),
                    'bench-' || (n * 7919 %% %1$d + 1), 'CLOSED', timestamp with time zone '2024-01-01 00:00:00+08' + n * interval '5 minutes',
                    false, (array['REINSTATED', 'LIFTED', 'NOT_SUPPORTED', 'NOT_RESTORABLE', 'WITHDRAWN', 'SUSPENDED_AGAIN'])[n %% 6 + 1],
                    timestamp with time zone '2024-01-20 00:00:00+08' + n * interval '5 minutes'
                from generate_series(1, %2$d) n
                """.formatted(PEOPLE, CASES)).update();
        jdbc.sql("""
                insert into notice (carrier, notice_id, digest, source, account_id, state, restriction_type, causes, suspended_at,
                    notice_text, stated_reason, received_at, received_by, appeal_number, attached)
                select 'CHINA_MOBILE', 'B-' || number, repeat('d', 64), 'CARRIER', account_id, 'SUSPENDED', 'LOCKED',
                    (array['COMPLAINT', 'HIGH_FREQUENCY', 'COMPLAINT,OUT_OF_HOURS', 'ARREARS', 'NO_CONSENT', 'CARRIER_POLICY', 'COMPLAINT,NO_CONSENT'])
                        [cast(right(number, 6) as integer) %% 7 + 1],
                    opened_at, repeat('text of a notice ', 12), repeat('reason ', 5), opened_at, 'feed', number, false
                from appeal
                """.replace("%%", "%")).update();
        jdbc.sql("vacuum analyze").update();
        System.out.printf(
                "ended cases: %,d%n",
                jdbc.sql("select count(*) from appeal").query(Long.class).single());
    }

    /** What the database alone needs for the plainest search. */
    private static void plain(String url) throws Exception {
        List<Long> times = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < ROUNDS * 2; i++) {
                long begin = System.nanoTime();
                for (String sql : List.of(
                        "select * from appeal order by opened_at desc fetch first 25 rows only",
                        "select count(*) from appeal")) {
                    try (ResultSet rows = statement.executeQuery(sql)) {
                        while (rows.next()) {
                            rows.getString(1);
                        }
                    }
                }
                if (i >= ROUNDS) {
                    times.add(System.nanoTime() - begin);
                }
            }
        }
        print("plain JDBC, newest 25 and their count", times);
    }

    private static boolean search(String port) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> login = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String cookie = session(client, port, login);
        Map<String, List<Long>> times = new LinkedHashMap<>();
        List<Long> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS + 10; round++) {
            for (String asked : ASKED) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/api/audit/cases?" + asked))
                        .header("Cookie", cookie)
                        .build();
                long begin = System.nanoTime();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                long took = System.nanoTime() - begin;
                if (answer.statusCode() != 200 || answer.body().startsWith("{\"total\":0")) {
                    throw new IllegalStateException(asked + " -> " + answer.statusCode() + " "
                            + answer.body()
                                    .substring(0, Math.min(200, answer.body().length())));
                }
                if (round >= 10) {
                    times.computeIfAbsent(asked, key -> new ArrayList<>()).add(took);
                    all.add(took);
                }
            }
        }
        times.forEach((asked, taken) -> print(asked.isEmpty() ? "(everything)" : asked, taken));
        return print("all of them in turn", all) <= BOUND_MILLIS;
    }

    /** Signed in as in the browser: HTTP Basic would measure the slow hash of the password with every request. */
    private static String session(HttpClient client, String port, HttpResponse<String> login) throws Exception {
        String body = login.body();
        int at = body.indexOf("name=\"_csrf\" value=\"") + 20;
        String token = body.substring(at, body.indexOf('"', at));
        HttpResponse<String> in = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"))
                        .header("Cookie", cookie(login))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "username=auditor&password=Jiefeng-Demo-1&_csrf=" + token))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return cookie(in);
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith("JSESSIONID="))
                .findFirst()
                .orElseThrow()
                .split(";")[0];
    }

    /** @return the 95th percentile in milliseconds, rounded up */
    private static long print(String what, List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        double p95 = sorted[(int) Math.ceil(sorted.length * 0.95) - 1] / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%-62s p50 %6.1f ms  p95 %6.1f ms  max %6.1f ms%n",
                what,
                sorted[sorted.length / 2] / 1e6,
                p95,
                Arrays.stream(sorted).max().orElseThrow() / 1e6);
        return (long) Math.ceil(p95);
    }
}
