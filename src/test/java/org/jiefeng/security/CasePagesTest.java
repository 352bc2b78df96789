package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the "Cases" pages in Cockpit read: who may, and that nobody reads personal data there. */
class CasePagesTest extends RunningApp {

    private static final String MOBILE = "13800004321";
    private static final String ID_NUMBER = "310115198512310002";

    @Autowired
    Employees employees;

    @Autowired
    Accounts accounts;

    @Autowired
    AppealService appeals;

    private static String number = "";

    @BeforeEach
    void endedCase() {
        if (!number.isEmpty()) {
            return;
        }
        employees.add("audited", "=Qin Sou 秦搜", "sales-1", ID_NUMBER);
        String account = accounts.open("audited", Carrier.CHINA_MOBILE, MOBILE, "89860012345678943215");
        number = appeals.open(account, "audited", false).number();
        startCase(number);
        appeals.close(number, Outcome.WITHDRAWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor", "compliance"})
    void endedCaseIsFoundByNumberAndByPerson(String reader) {
        for (String asked : List.of("number=" + number, "person=audited", "person=qin%20sou")) {
            JsonNode found = json(get(reader, "/api/audit/cases?state=ENDED&openedFrom=2020-01-01&" + asked));
            assertThat(found.get("total").asLong()).as(asked).isEqualTo(1);
            assertThat(found.at("/cases/0/number").asText()).isEqualTo(number);
            assertThat(found.at("/cases/0/outcome").asText()).isEqualTo("Closed: appeal withdrawn");
        }
        assertThat(json(get(reader, "/api/audit/cases?state=RUNNING&number=" + number))
                        .get("total")
                        .asLong())
                .isZero();
    }

    @Test
    void caseIsShownWithItsProcessAndWithoutPersonalData() {
        HttpResponse<String> answer = get("auditor", "/api/audit/cases/" + number + "?language=zh");
        JsonNode one = json(answer);
        String process = one.at("/processes/0/id").asText();
        HttpResponse<String> inside = get("auditor", "/api/audit/cases/" + number + "/processes/" + process);

        assertThat(one.at("/summary/outcome").asText()).isEqualTo("结案：申诉已撤回");
        assertThat(json(inside).at("/details/steps").size()).isPositive();
        assertThat(json(inside).get("diagram").asText()).contains("Task_Manager");
        assertThat(answer.body() + inside.body()).doesNotContain(MOBILE, ID_NUMBER);
        assertThat(get("auditor", "/api/audit/cases/AP-2026-999999").statusCode())
                .isEqualTo(404);
        assertThat(get("auditor", "/api/audit/cases/AP-2026-999999/processes/" + process)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void exportOpensInASpreadsheetAndNamesNobody() {
        HttpResponse<String> table = get("auditor", "/api/audit/cases.csv?language=zh&number=" + number);

        assertThat(table.body()).startsWith("\ufeff编号,用户账号,").contains("\r\n" + number + ",audited,中国移动,138****4321,");
        assertThat(table.body()).doesNotContain("Qin Sou", "秦搜", MOBILE);
        assertThat(table.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
    }

    @Test
    void processOwnersReadFiguresAndNoCase() {
        JsonNode figures = json(get("owner", "/api/audit/statistics?process=manager-report"));

        assertThat(figures.get("steps").toString()).contains("Task_Manager");
        assertThat(figures.get("diagram").asText()).contains("manager-report");
        assertThat(figures.toString()).doesNotContain("audited", number);
        assertThat(get("owner", "/api/audit/statistics?process=nothing").statusCode())
                .isEqualTo(404);
        assertThat(get("owner", "/api/audit/cases").statusCode()).isEqualTo(403);
    }

    @Test
    void pastVariablesAreForAuditorsOnly() {
        String process = json(get("compliance", "/api/audit/cases/" + number))
                .at("/processes/0/id")
                .asText();
        String path = "/api/audit/cases/" + number + "/processes/" + process;

        assertThat(get("auditor", path).body()).contains("CANARY-CAUSE");
        assertThat(get("compliance", path).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"employee", "manager", "liaison", "trainer", "admin", "notice-feed"})
    void nobodyElseReadsAnything(String person) {
        for (String path : List.of(
                "cases",
                "cases.csv",
                "cases/" + number,
                "cases/" + number + "/processes/x",
                "statistics",
                "decisions/x")) {
            assertThat(get(person, "/api/audit/" + path).statusCode()).as(path).isEqualTo(403);
        }
    }

    @Test
    void pagesAreOfferedToThoseWhoMayOpenThemInTheLanguageOfTheWebApp() {
        JsonNode auditor = json(get("auditor", "/api/audit/desk?language=zh"));
        JsonNode owner = json(get("owner", "/api/audit/desk"));

        assertThat(auditor.at("/texts/title").asText()).isEqualTo("案件");
        assertThat(auditor.get("mayChange").asBoolean()).isFalse();
        assertThat(owner.get("cases").asBoolean()).isFalse();
        assertThat(owner.get("statistics").asBoolean()).isTrue();
        assertThat(owner.at("/texts/title").asText()).isEqualTo("Cases");
    }
}
