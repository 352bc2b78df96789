package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Diallers over HTTP: who may ask, what they are told, and how mistakes are named. */
class CallApiTest extends RunningApp {

    private static final String CHECK = "/api/calls/check";
    private static final String CALLS = "/api/calls";

    /** Of employee2 in the demo; the callees agreed there. */
    private static final String CALLER = "13900000006";

    @Autowired
    private JdbcClient jdbc;

    private Instant now = Instant.EPOCH;

    /** Tomorrow at ten in Shanghai: an hour at which calls go out, on a day without calls. */
    @BeforeEach
    void tomorrow() {
        now = LocalDate.now(ZoneId.of("Asia/Shanghai"))
                .plusDays(1)
                .atTime(10, 0)
                .atZone(ZoneId.of("Asia/Shanghai"))
                .toInstant();
        ClockUtil.setCurrentTime(Date.from(now));
    }

    @AfterEach
    void today() {
        ClockUtil.reset();
        jdbc.sql("delete from call_record where call_reference like 'API-%'").update();
    }

    @Test
    void diallerAsksReportsAndIsToldToWait() {
        assertThat(as("dialler", "POST", CHECK, request("19900000010")).body()).isEqualTo("{\"allowed\":true}");

        HttpResponse<String> reported = as("dialler", "POST", CALLS, """
                {"callReference":"API-1","caller":"%s","callee":"19900000010","startedAt":"%s"}
                """.formatted(CALLER, now));
        assertThat(reported.statusCode()).isEqualTo(200);
        assertThat(reported.body()).isEqualTo("{\"recorded\":1,\"ended\":0,\"known\":0}");

        HttpResponse<String> second = as("dialler", "POST", CHECK, request("19900000010"));
        assertThat(second.statusCode()).isEqualTo(200);
        JsonNode no = json(second);
        assertThat(no.path("allowed").asBoolean()).isFalse();
        assertThat(no.path("rule").asText()).isEqualTo("SAME_CALLEE_GAP");
        assertThat(no.path("reason").path("en").asText()).isEqualTo("The last call to this number is too recent.");
        assertThat(no.path("reason").path("zh").asText()).isEqualTo("距上一次呼叫该号码间隔过短。");
        assertThat(Instant.parse(no.path("retryAt").asText())).isEqualTo(now.plusSeconds(1800));
        assertThat(second.body()).doesNotContain(CALLER, "19900000010", "employee");

        HttpResponse<String> over = as("dialler", "POST", CALLS, """
                [{"callReference":"API-1","caller":"%1$s","callee":"19900000010","startedAt":"%2$s",
                  "durationSeconds":61,"outcome":"ANSWERED"},
                 {"callReference":"API-2","caller":"%1$s","callee":"19900000011","startedAt":"%2$s",
                  "durationSeconds":0,"outcome":"NO_ANSWER"}]
                """.formatted(CALLER, now));
        assertThat(over.body()).isEqualTo("{\"recorded\":1,\"ended\":1,\"known\":0}");
    }

    /** Tomcat hangs up after a hundred requests unless told otherwise, and the next call would wait for a new connection. */
    @Test
    void diallerKeepsItsConnection() {
        for (int i = 0; i < 101; i++) {
            assertThat(as("dialler", "POST", CHECK, request("19900000010"))
                            .headers()
                            .firstValue("connection"))
                    .as("after %s requests", i)
                    .isNotEqualTo(Optional.of("close"));
        }
    }

    @Test
    void onlyDiallersComeIn() {
        for (String path : List.of(CHECK, CALLS)) {
            assertThat(anonymously("POST", path).statusCode()).as(path).isEqualTo(401);
            assertThat(as("admin", "POST", path, "{}").statusCode()).as(path).isEqualTo(401);
            assertThat(as("manager", "POST", path, "{}").statusCode()).as(path).isEqualTo(401);
            assertThat(browser("manager").send("POST", path, "{}").statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(as("notice-feed", "POST", path, request("19900000010")).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(as("dialler", "POST", "/api/suspensions", "{}").statusCode()).isEqualTo(403);
        assertThat(as("dialler", "GET", "/api/appeals/AP-2026-000001", "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void mistakesAreNamed() {
        assertProblem(as("dialler", "POST", CHECK, "{\"caller\":\"x\"}"), 400, "caller", "callee");
        assertProblem(as("dialler", "POST", CHECK, "{\"caller\":"), 400);
        assertProblem(
                as("dialler", "POST", CALLS, """
                        [{"callReference":"API-3","caller":"%s","callee":"19900000011","startedAt":"%s"},
                         {"callReference":"API-4","caller":"%s","callee":"-","startedAt":"now"}]
                        """.formatted(CALLER, now, CALLER)), 400, "[1].callee", "[1].startedAt");
        assertProblem(as("dialler", "POST", CALLS, "[{\"durationSeconds\":\"long\"}]"), 400, "[0].durationSeconds");
        assertProblem(as("dialler", "POST", CALLS, "[null]"), 400, "[0].callReference");
        assertProblem(as("dialler", "POST", CALLS, "[" + " ".repeat(1 << 20) + "]"), 413);
        assertThat(jdbc.sql("select count(*) from call_record where call_reference like 'API-%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String... fields) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).path("errors").findValuesAsText("field")).containsExactly(fields);
    }

    private static String request(String callee) {
        return "{\"caller\":\"%s\",\"callee\":\"%s\",\"employee\":\"employee2\"}".formatted(CALLER, callee);
    }
}
