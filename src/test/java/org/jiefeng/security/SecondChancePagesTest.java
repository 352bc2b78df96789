package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.Timeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may ask for an ended case to be reopened and who takes a legal file, by the pages. */
class SecondChancePagesTest extends RunningApp {

    private static int cards;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AppealService appeals;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Timeline timeline;

    private final List<String> opened = new ArrayList<>();

    private String appeal(String employee, Stage stage) {
        String account = accounts.open(
                employee, Carrier.CHINA_MOBILE, "1370001%04d".formatted(++cards), "8986003334567%07d".formatted(cards));
        accounts.pauseCalling(account, Account.Status.SUSPENDED, null);
        String number = appeals.open(account, employee, true).number();
        appeals.enterStage(number, stage);
        opened.add(number);
        return number;
    }

    /** Other tests of this application look at the same people. */
    @AfterEach
    void leaveNothingBehind() {
        for (String number : opened) {
            accounts.close(appeals.get(number).accountId());
            for (String table : List.of("timeline", "timeline_chain", "case_sheet", "disclosure", "reopening")) {
                jdbc.sql("delete from " + table + " where appeal_number = :number")
                        .param("number", number)
                        .update();
            }
            jdbc.sql("delete from appeal where number = :number")
                    .param("number", number)
                    .update();
        }
        opened.clear();
    }

    private HttpResponse<String> post(Session browser, String path, String... fields) {
        Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"")
                .matcher(browser.send("GET", "/api/csrf", "").body());
        assertThat(token.find()).isTrue();
        List<String> pairs = new ArrayList<>(List.of("_csrf=" + encoded(token.group(1))));
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(fields[i] + "=" + encoded(fields[i + 1]));
        }
        return browser.exchange(HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", pairs)))
                .build());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"compliance, 200", "manager, 403", "liaison, 403", "auditor, 403", "employee, 403"})
    void onlyComplianceTakesALegalFile(String user, int status) {
        String path = "/appeals/" + appeal("employee", Stage.ALTERNATIVES) + "/legal-file";

        assertThat(browser(user).send("GET", path, "").statusCode()).isEqualTo(status);
    }

    @Test
    void legalFileIsSentOnlyWithFirmAndReasonAndOnlyWhenAdviceWasChosenAndNotOfTheOwnCase() {
        String number = appeal("employee", Stage.ALTERNATIVES);
        String path = "/appeals/" + number + "/legal-file";
        Session compliance = browser("compliance");
        assertThat(compliance.send("GET", path, "").body())
                .contains("There is no legal file to be taken now")
                .doesNotContain("id=\"take\"");
        timeline.record(number, "system", "LEGAL_FILE_PREPARED", null);

        assertThat(post(compliance, path, "firm", "Example Law Firm", "reason", " ")
                        .body())
                .contains("why the firm needs the file", "value=\"Example Law Firm\"");
        assertThat(disclosures(number)).isZero();
        HttpResponse<String> file =
                post(compliance, path, "firm", "Example Law Firm", "reason", "Opinion on the suspension");

        assertThat(file.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                .contains("legal-file-" + number + ".zip");
        assertThat(file.body()).startsWith("PK");
        assertThat(disclosures(number)).isEqualTo(1);
        assertThat(compliance.send("GET", path, "").body()).contains("Example Law Firm", "Opinion on the suspension");
        jdbc.sql("update appeal set employee_id = 'compliance' where number = :number")
                .param("number", number)
                .update();
        assertThat(compliance.send("GET", path, "").statusCode())
                .as("the own case")
                .isEqualTo(404);
    }

    private long disclosures(String number) {
        return jdbc.sql("select count(*) from disclosure where appeal_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
    }

    @Test
    void employeeAsksForASecondChanceOnThePageOfTheCaseAndAnotherDoesNotSeeIt() {
        String number = appeal("employee", Stage.COLLECTING);
        appeals.close(number, Outcome.WITHDRAWN);
        String path = "/appeals/" + number;
        Session employee = browser("employee");
        assertThat(employee.send("GET", path, "").body()).contains("/reopening", "Withdrawn by accident");
        assertThat(browser("compliance").send("GET", path, "").body()).doesNotContain("/reopening");
        assertThat(post(browser("employee2"), path + "/reopening", "cause", "MISTAKE", "reason", "Let me see it")
                        .statusCode())
                .isEqualTo(404);

        post(employee, path + "/reopening", "cause", "WITHDRAWN_BY_ACCIDENT", "reason", "short");
        assertThat(employee.send("GET", path, "").body()).contains("Say in 10 to 4000 characters", "short");
        post(employee, path + "/reopening", "cause", "WITHDRAWN_BY_ACCIDENT", "reason", "I pressed the wrong button");

        assertThat(employee.send("GET", path, "").body())
                .contains("Compliance is deciding whether the case is reopened.", "Judge reopening")
                .doesNotContain("/reopening\"");
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .list()
                .forEach(one -> engine.getRuntimeService().deleteProcessInstance(one.getId(), "tried out"));
    }

    @Test
    void pageOfACaseThatIsOverForGoodSaysWhyItIsNotReopened() {
        String number = appeal("employee", Stage.COLLECTING);
        appeals.close(number, Outcome.WITHDRAWN);
        jdbc.sql("update appeal set closed_at = :then where number = :number")
                .param("then", OffsetDateTime.now(ZoneOffset.UTC).minusDays(40))
                .param("number", number)
                .update();

        assertThat(browser("employee").send("GET", "/appeals/" + number, "").body())
                .contains("It cannot be reopened: the time for that is over.")
                .doesNotContain("/reopening\"");
    }
}
