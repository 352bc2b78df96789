package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.Timeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may bring the notice of a year, who may read along, and where a missing one is told of. */
class CalendarPageTest extends RunningApp {

    /** A year no other test of this application counts in. */
    private static final String NOTICE = """
            # Source: notice of a test
            2031-01-01,2031-01-01,HOLIDAY,New Year
            """;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AppealService appeals;

    @Autowired
    private Timeline timeline;

    @AfterEach
    void forget() {
        ClockUtil.reset();
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey("calendar-change")
                .list()
                .forEach(change -> engine.getRuntimeService().deleteProcessInstance(change.getId(), "tried out"));
        jdbc.sql("delete from moved_date").update();
        jdbc.sql("delete from calendar_notice").update();
    }

    @Test
    void anOwnerBringsANoticeAndAnAuditorReadsIt() {
        Session owner = browser("owner");
        assertThat(owner.send("GET", "/calendar", "").body())
                .contains("2026-10-01 Thu – 2026-10-07 Wed", "State Council notice of 4 November 2025");

        assertThat(bring(owner, "2031", NOTICE).statusCode()).isEqualTo(302);

        assertThat(owner.send("GET", "/calendar", "").body())
                .contains("The notice of 2031 is in force now.", "2031-01-01 Wed", "notice of a test", "owner");
        Session auditor = browser("auditor");
        assertThat(auditor.send("GET", "/calendar", "").body())
                .contains("2031-01-01 Wed")
                .doesNotContain("type=\"file\"");
        assertThat(auditor.send("GET", "/calendar/2031", "").body()).isEqualTo(NOTICE);
        assertThat(auditor.send("GET", "/calendar/2040", "").statusCode()).isEqualTo(404);
        long id = jdbc.sql("select max(id) from calendar_notice")
                .query(Long.class)
                .single();
        assertThat(auditor.send("GET", "/calendar/notices/" + id, "").body()).isEqualTo(NOTICE);
    }

    @Test
    void anOwnerIsToldWhichLineIsWrong() {
        Session owner = browser("owner");

        bring(owner, "2030", NOTICE);

        assertThat(owner.send("GET", "/calendar", "").body()).contains("Line 2: The days do not lie in 2030.");
        assertThat(brought()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"employee", "manager", "compliance", "liaison", "trainer", "admin"})
    void nobodyElseReads(String person) {
        Session browser = browser(person);

        assertThat(browser.send("GET", "/calendar", "").statusCode()).isEqualTo(403);
        assertThat(browser.send("GET", "/calendar/2026", "").statusCode()).isEqualTo(403);
        assertThat(browser.send("GET", "/calendar/notices/1", "").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"employee", "manager", "compliance", "liaison", "trainer", "admin", "auditor"})
    void nobodyElseBringsOne(String person) {
        assertThat(bring(browser(person), "2031", NOTICE).statusCode()).isEqualTo(403);

        assertThat(brought()).isZero();
    }

    @Test
    void aPageOfAnotherSiteCannotMakeAnOwnerDoIt() {
        assertThat(post(browser("owner"), "", "2031", NOTICE).statusCode()).isEqualTo(403);

        assertThat(brought()).isZero();
    }

    @Test
    void aCasePageSaysWhenSomethingIsDueInAYearThatIsNotKnown() {
        String account = jdbc.sql("select min(id) from account where employee_id = 'employee'")
                .query(String.class)
                .single();
        String number = appeals.open(account, "employee", true).number();
        String instance = startCase(number);
        try {
            Task task = engine.getTaskService()
                    .createTaskQuery()
                    .processInstanceId(instance)
                    .list()
                    .get(0);
            task.setDueDate(Date.from(Instant.parse("2031-01-02T10:00:00Z")));
            engine.getTaskService().saveTask(task);

            assertThat(browser("compliance")
                            .send("GET", "/appeals/" + number, "")
                            .body())
                    .contains("The holidays of 2031 have not been published here yet.");

            bring(browser("owner"), "2031", NOTICE);
            assertThat(browser("compliance")
                            .send("GET", "/appeals/" + number, "")
                            .body())
                    .contains(number)
                    .doesNotContain("have not been published here yet");
        } finally {
            engine.getRuntimeService().deleteProcessInstance(instance, "tried out");
            jdbc.sql("delete from appeal where number = :number")
                    .param("number", number)
                    .update();
        }
    }

    /** In the guarded engine, from the upload to the page. */
    @Test
    void anOwnerSeesHowManyOpenDatesANoticeMoved() {
        ClockUtil.setCurrentTime(Date.from(Instant.parse("2030-12-31T02:00:00Z")));
        String instance = engine.getRuntimeService()
                .createProcessInstanceByKey("carrier-review")
                .businessKey("AP-2030-000001")
                .startBeforeActivity("Task_ContactCarrier")
                .execute()
                .getId();
        ClockUtil.reset();
        Session owner = browser("owner");
        try {
            bring(owner, "2031", NOTICE);
            assertThat(owner.send("GET", "/calendar", "").body()).contains("none moved", "still being counted");

            work("Event_StepsUnderWayDone");
            work("Task_HandOutCases");
            work("Task_CountDatesAgain");

            assertThat(engine.getTaskService()
                            .createTaskQuery()
                            .processInstanceId(instance)
                            .singleResult()
                            .getDueDate()
                            .toInstant())
                    .isEqualTo("2031-01-02T10:00:00Z");
            assertThat(timeline.entries("AP-2030-000001"))
                    .extracting(Timeline.Entry::detail)
                    .containsExactly(
                            "Contact carrier: 2031-01-01 18:00 → 2031-01-02 18:00 (notice of a test)",
                            "Reminder of Contact carrier: 2031-01-01 18:00 → 2031-01-02 18:00 (notice of a test)");
            assertThat(owner.send("GET", "/calendar", "").body())
                    .contains("2 moved")
                    .doesNotContain("still being counted", "could not be counted");
        } finally {
            engine.getRuntimeService().deleteProcessInstance(instance, "tried out");
            for (String table : List.of("timeline", "timeline_chain")) {
                jdbc.sql("delete from " + table + " where appeal_number = 'AP-2030-000001'")
                        .update();
            }
        }
    }

    @Test
    void anOwnerSeesWhatCouldNotBeCounted() {
        Session owner = browser("owner");
        bring(owner, "2031", NOTICE);
        work("Event_StepsUnderWayDone");
        String stuck = engine.getManagementService()
                .createJobQuery()
                .activityId("Task_HandOutCases")
                .singleResult()
                .getId();

        engine.getManagementService().setJobRetries(stuck, 0);

        assertThat(owner.send("GET", "/calendar", "").body()).contains("1 could not be counted: see Cockpit");
    }

    private void work(String step) {
        engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("calendar-change")
                .activityId(step)
                .list()
                .forEach(job -> engine.getManagementService().executeJob(job.getId()));
    }

    private long brought() {
        return jdbc.sql("select count(*) from calendar_notice")
                .query(Long.class)
                .single();
    }

    private HttpResponse<String> bring(Session browser, String year, String content) {
        Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"")
                .matcher(browser.send("GET", "/api/csrf", "").body());
        assertThat(token.find()).isTrue();
        return post(browser, token.group(1), year, content);
    }

    private HttpResponse<String> post(Session browser, String token, String year, String content) {
        String body = """
                --edge\r
                Content-Disposition: form-data; name="_csrf"\r
                \r
                %s\r
                --edge\r
                Content-Disposition: form-data; name="year"\r
                \r
                %s\r
                --edge\r
                Content-Disposition: form-data; name="file"; filename="x.csv"\r
                Content-Type: text/csv\r
                \r
                %s\r
                --edge--\r
                """.formatted(token, year, content);
        return browser.exchange(HttpRequest.newBuilder(at("/calendar"))
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(BodyPublishers.ofString(body))
                .build());
    }
}
