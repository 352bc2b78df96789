package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.appeal.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who reads what was deleted, and who holds a case, by the pages. */
class RetentionPagesTest extends RunningApp {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AppealService appeals;

    @Autowired
    private Accounts accounts;

    @Autowired
    private LegalHolds holds;

    private String number = "";

    private String closedAppeal() {
        String account = accounts.open("employee", Carrier.CHINA_MOBILE, "13700029999", "89860033345679999999");
        accounts.pauseCalling(account, Account.Status.SUSPENDED, null);
        number = appeals.open(account, "employee", true).number();
        appeals.close(number, Outcome.WITHDRAWN);
        return number;
    }

    /** Other tests of this application look at the same people. */
    @AfterEach
    void leaveNothingBehind() {
        jdbc.sql("update employee set left_on = null").update();
        if (!number.isEmpty()) {
            String account = jdbc.sql("select account_id from appeal where number = :number")
                    .param("number", number)
                    .query(String.class)
                    .single();
            for (String rows :
                    List.of("timeline where appeal_number", "legal_hold where appeal_number", "appeal where number")) {
                jdbc.sql("delete from " + rows + " = :number")
                        .param("number", number)
                        .update();
            }
            accounts.close(account);
            jdbc.sql("delete from account where id = :id").param("id", account).update();
            jdbc.sql("delete from card where id not in (select card_id from account)")
                    .update();
        }
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
    @CsvSource({
        "compliance, 200",
        "auditor, 200",
        "manager, 403",
        "liaison, 403",
        "trainer, 403",
        "owner, 403",
        "admin, 403",
        "employee, 403"
    })
    void whatIsKeptAndWhatWentIsForComplianceAndAuditors(String user, int status) {
        assertThat(browser(user).send("GET", "/retention", "").statusCode()).isEqualTo(status);
        assertThat(browser(user)
                        .send("GET", "/appeals/" + closedAppeal() + "/hold", "")
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void evidenceOfADeletionIsReadWithItsRule() {
        jdbc.sql("""
                        insert into deletion (deleted_at, kind, case_number, rows_deleted, files_deleted,
                            histories_deleted, kept_for, rule_version, run_id)
                        values (current_timestamp, 'CASE', 'AP-2020-000777', 4321, 17, 6, '3 YEARS', 7, 'a run')
                        """).update();

        assertThat(browser("auditor").send("GET", "/retention", "").body())
                .contains("AP-2020-000777", "4321", "3 years", "version 7", "Closed cases")
                .doesNotContain("/retention/leavers");
        jdbc.sql("delete from deletion").update();
    }

    @Test
    void complianceHoldsACaseAndLiftsItWithReasonsAndTheCaseShowsIt() {
        String path = "/appeals/" + closedAppeal() + "/hold";
        Session compliance = browser("compliance");
        post(compliance, path, "reason", "short");
        assertThat(compliance.send("GET", path, "").body())
                .contains("Give a reason of 10 to 1,000 characters.", "short");
        assertThat(holds.isHeld(number)).isFalse();

        post(compliance, path, "reason", "A claim is expected");

        assertThat(holds.isHeld(number)).isTrue();
        assertThat(compliance.send("GET", "/appeals/" + number, "").body())
                .contains("This case is under legal hold", path, "Legal hold begun");
        assertThat(browser("employee").send("GET", "/appeals/" + number, "").body())
                .contains("This case is under legal hold")
                .doesNotContain(path);
        assertThat(browser("auditor").send("GET", path, "").body())
                .contains("A claim is expected")
                .doesNotContain("<form");
        assertThat(compliance.send("GET", "/retention", "").body()).contains(number, "Held by compliance");

        post(compliance, path + "/lift", "ground", "COMPLIANCE", "reason", "The claim was withdrawn");
        assertThat(holds.isHeld(number)).isFalse();
        assertThat(compliance.send("GET", path, "").body())
                .contains("This case is not held", "The claim was withdrawn");
    }

    @Test
    void nobodyElseHoldsACaseAndNobodyTheOwn() {
        String path = "/appeals/" + closedAppeal() + "/hold";
        for (String user : List.of("auditor", "manager", "liaison", "employee", "owner", "admin")) {
            for (String at : List.of(path, path + "/lift")) {
                assertThat(post(browser(user), at, "reason", "For a good reason", "ground", "COMPLIANCE")
                                .statusCode())
                        .as(user + " at " + at)
                        .isEqualTo(403);
            }
            assertThat(post(browser(user), "/retention/leavers", "person", "employee", "lastDay", "2026-01-31")
                            .statusCode())
                    .as(user)
                    .isEqualTo(403);
        }
        jdbc.sql("update appeal set employee_id = 'compliance' where number = :number")
                .param("number", number)
                .update();

        assertThat(post(browser("compliance"), path, "reason", "For a good reason")
                        .statusCode())
                .isEqualTo(404);
        assertThat(browser("compliance").send("GET", path, "").body()).doesNotContain("<form");
        assertThat(holds.of(number)).isEmpty();
    }

    @Test
    void complianceNotesThatSomebodyLeft() {
        Session compliance = browser("compliance");
        post(compliance, "/retention/leavers", "person", "nobody", "lastDay", "2026-01-31");
        assertThat(compliance.send("GET", "/retention", "").body()).contains("Nobody has this user id.");
        post(compliance, "/retention/leavers", "person", "employee2", "lastDay", "2999-01-31");
        assertThat(compliance.send("GET", "/retention", "").body()).contains("A day until today.");

        post(compliance, "/retention/leavers", "person", "employee2", "lastDay", "2026-01-31");

        assertThat(compliance.send("GET", "/retention", "").body()).contains("Noted: employee2 has left.");
        assertThat(jdbc.sql("select left_on from employee where user_id = 'employee2'")
                        .query(String.class)
                        .single())
                .isEqualTo("2026-01-31");
    }
}
