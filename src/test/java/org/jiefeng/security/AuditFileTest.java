package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.Timeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who takes the audit file of a case, what it says and what it must not say. */
class AuditFileTest extends RunningApp {

    private static final String MOBILE = "13700028888";

    /** Typed by people into fields that are not made for them. */
    private static final List<String> CANARIES =
            List.of(MOBILE, "13911112222", "110101199003078811", "8986003334561234567");

    private static int cards;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AppealService appeals;

    @Autowired
    private Accounts accounts;

    @Autowired
    private CaseSheet sheet;

    @Autowired
    private Timeline timeline;

    private String number = "";
    private String name = "";
    private String instance = "";

    @BeforeEach
    void openCase() {
        String account = accounts.open(
                "employee",
                Carrier.CHINA_MOBILE,
                "1370002%04d".formatted(8888 + cards),
                "8986003334568%06d".formatted(++cards));
        accounts.pauseCalling(account, Account.Status.SUSPENDED, null);
        number = appeals.open(account, "employee", true).number();
        name = accounts.identityOf(account).name();
        appeals.enterStage(number, Stage.REPORTING);
        sheet.write(number, "employeeName", name);
        sheet.write(number, "noticeText", "Complaint of 139-1111-2222 about " + name);
        instance = startCase(number);
        String task = task(instance, "Task_Compliance");
        sheet.writeAnswers(
                number,
                task,
                "compliance",
                Map.of("reviewReason", "ID 110101199003078811, " + name + " 说了, Li Na, 李娜, 139-1111-2222"));
        engine.getTaskService().setAssignee(task, "compliance");
        engine.getTaskService().complete(task, Map.of("appealSupported", true));
        timeline.record(number, "liaison", "MATTER_HEALED", "rang " + MOBILE);
        jdbc.sql("""
                        insert into carrier_contact (appeal_number, channel, contacted_on, answer, note, recorded_at, recorded_by)
                        values (:number, 'HOTLINE', current_date, 'NO_NEWS', 'ICCID 8986003334561234567', :now, 'liaison')
                        """)
                .param("number", number)
                .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                .update();
    }

    /** Other tests of this application look at the same people. */
    @AfterEach
    void leaveNothingBehind() {
        engine.getRuntimeService().deleteProcessInstance(instance, "tried out");
        accounts.close(appeals.get(number).accountId());
        for (String table : List.of("timeline", "timeline_chain", "case_sheet", "disclosure", "carrier_contact")) {
            jdbc.sql("delete from " + table + " where appeal_number = :number")
                    .param("number", number)
                    .update();
        }
        jdbc.sql("delete from appeal where number = :number")
                .param("number", number)
                .update();
    }

    private String path(String query) {
        return "/api/appeals/" + number + "/file" + query;
    }

    private Map<String, byte[]> take(String query) throws Exception {
        String basic = Base64.getEncoder().encodeToString(("auditor:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(at(path(query)))
                                .header("Authorization", "Basic " + basic)
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/zip");
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static String text(Map<String, byte[]> files, String path) {
        return new String(files.get(path), StandardCharsets.UTF_8);
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table + " where appeal_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @CsvSource({
        "auditor, 200",
        "compliance, 200",
        "employee, 403",
        "employee2, 403",
        "manager, 403",
        "liaison, 403",
        "trainer, 403",
        "owner, 403",
        "admin, 403"
    })
    void auditorsAndComplianceTakeIt(String user, int status) {
        assertThat(get(user, path("")).statusCode()).isEqualTo(status);
        assertThat(get(user, path("?unmasked=true&reason=Because%20I%20want%20to"))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void nobodyTakesThatOfTheOwnCase() {
        jdbc.sql("update appeal set employee_id = 'compliance' where number = :number")
                .param("number", number)
                .update();

        assertThat(get("compliance", path("")).statusCode()).isEqualTo(403);
        assertThat(get("auditor", "/api/appeals/AP-1999-000001/file").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theMaskedFileHoldsNoNumberAndNoName() throws Exception {
        Map<String, byte[]> files = take("");

        assertThat(text(files, "index.html"))
                .contains(
                        number,
                        "The timeline is as it was written",
                        "NO_NEWS",
                        "139****2222",
                        "reviewReason",
                        "data-diagram=\"0\"");
        files.forEach((path, content) -> {
            String whole = new String(content, StandardCharsets.UTF_8);
            assertThat(CANARIES).as(path).noneMatch(whole::contains);
            assertThat(whole).as(path).doesNotContain(name, "Li Na", "李娜", "139-1111-2222");
        });
        assertThat(files.keySet()).noneMatch(path -> path.startsWith("evidence/"));
        assertThat(count("disclosure")).isZero();
    }

    @Test
    void everyFileIsInTheManifestAndNothingIsLoadedFromElsewhere() throws Exception {
        Map<String, byte[]> files = take("");

        Map<String, String> sums = new LinkedHashMap<>();
        text(files, "SHA256SUMS").lines().forEach(line -> sums.put(line.substring(66), line.substring(0, 64)));
        assertThat(sums.keySet()).hasSize(files.size() - 1);
        for (Map.Entry<String, String> sum : sums.entrySet()) {
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(files.get(sum.getKey()))))
                    .as(sum.getKey())
                    .isEqualTo(sum.getValue());
        }
        assertThat(JSON.readTree(files.get("manifest.json")).at("/chain/intact").asBoolean())
                .isTrue();
        Pattern loaded = Pattern.compile("(?:src|href|action)=\"([^\"]*)\"|@import|url\\(['\"]?+((?!data:)[^)]*)");
        files.forEach((path, content) -> {
            if (path.matches(".*\\.(html|css)")) {
                loaded.matcher(new String(content, StandardCharsets.UTF_8))
                        .results()
                        .forEach(found -> assertThat(found.group(1) != null
                                        && (found.group(1).startsWith("#") || files.containsKey(found.group(1))))
                                .as(path + ": " + found.group())
                                .isTrue());
            }
        });
    }

    @Test
    void anAlteredRowIsSaidOnTheFirstPageAndInTheManifest() throws Exception {
        jdbc.sql("update timeline set actor = 'deputy' where appeal_number = :number and position = 2")
                .param("number", number)
                .update();

        Map<String, byte[]> files = take("");

        assertThat(text(files, "index.html"))
                .contains("The timeline was altered past the application", number + ", entry 2: the entry was altered");
        assertThat(JSON.readTree(files.get("manifest.json")).at("/chain/intact").asBoolean(true))
                .isFalse();
    }

    @Test
    void unmaskedOnlyWithAReasonWhichLeavesOneEntryEach() throws Exception {
        long entries = count("timeline");
        for (String query : List.of("?unmasked=true", "?unmasked=true&reason=", "?unmasked=true&reason=short")) {
            HttpResponse<String> refused = get("auditor", path(query));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        }
        assertThat(count("disclosure")).isZero();
        assertThat(count("timeline")).isEqualTo(entries);

        Map<String, byte[]> files = take(
                "?unmasked=true&reason=" + URLEncoder.encode("Audit of the quarter, sample 7", StandardCharsets.UTF_8));

        assertThat(text(files, "index.html"))
                .contains(name, "139-1111-2222", "110101199003078811", "Audit of the quarter, sample 7");
        assertThat(count("disclosure")).isEqualTo(1);
        assertThat(timeline.entries(number)).hasSize((int) entries + 1).last().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo("AUDIT_FILE_UNMASKED");
            assertThat(entry.actor()).isEqualTo("auditor");
        });
    }

    /** A page elsewhere could otherwise make an auditor's browser leave entries. */
    @Test
    void anotherSiteCannotAskForTheUnmaskedFile() throws IOException {
        String basic = Base64.getEncoder().encodeToString(("auditor:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

        assertThat(send(request("GET", path("?unmasked=true&reason=Because%20I%20want%20to"), "")
                                .header("Authorization", "Basic " + basic)
                                .header("Sec-Fetch-Site", "cross-site")
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(count("disclosure")).isZero();
    }

    @Test
    void thePageOfTheCaseOffersItToThoseWhoMay() {
        assertThat(browser("auditor").send("GET", "/appeals/" + number, "").body())
                .contains("/api/appeals/" + number + "/file");
        assertThat(browser("employee").send("GET", "/appeals/" + number, "").body())
                .doesNotContain("/api/appeals/" + number + "/file");
    }
}
