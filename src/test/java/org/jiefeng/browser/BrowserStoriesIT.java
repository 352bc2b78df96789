package org.jiefeng.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.RequestOptions;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Carrier;
import org.jiefeng.account.Employees;
import org.jiefeng.app.FreePort;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Appeals from the notice to the end, in the browser, each step by the person it belongs to, with the simulated carrier
 * on the far side of HTTP. Pictures of every step are in {@code target/screenshots}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT)
class BrowserStoriesIT {

    private static final int PORT = FreePort.find();

    @TempDir
    static Path folder;

    private static Chromium chromium;

    /** Of the demo's account customer-service. */
    private static final String CUSTOMER_SERVICE = "Basic "
            + Base64.getEncoder().encodeToString("customer-service:Jiefeng-Demo-1".getBytes(StandardCharsets.UTF_8));

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AppealService appeals;

    @Autowired
    CaseSheet sheet;

    @Autowired
    Accounts accounts;

    @Autowired
    Employees employees;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    private final Desk.Counter counter = new Desk.Counter();

    @DynamicPropertySource
    static void application(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> PORT);
        properties.add("spring.datasource.url", () -> "jdbc:h2:file:" + folder.resolve("jiefeng") + ";WRITE_DELAY=0");
    }

    @BeforeAll
    static void startBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
    }

    @AfterEach
    void presentTime() {
        ClockUtil.reset();
    }

    @Test
    void accountComesBackUnderConditionsAndStaysThroughProbation() {
        String story = "conditional-reinstatement";
        String number = startedByTheEmployee(story, "138****0001");
        linksOpenTheTask(story, number);
        reportedAndSupported(story, "employee", number);
        appliedAndApproved(story, "employee", number);

        as("liaison", story, desk -> {
            Page page = simulatorWith(desk, number);
            Locator appeal = page.locator("section.card").filter(new Locator.FilterOptions().setHasText(number));
            appeal.locator("summary")
                    .filter(new Locator.FilterOptions().setHasText("conditions"))
                    .click();
            appeal.locator("textarea[name=text]").first().fill("At most 50 calls a day during probation.");
            desk.shot("the carrier decides");
            appeal.locator("form[action='/simulator/conditions'] button").click();
            page.waitForLoadState();
        });
        as("employee", story, desk -> {
            desk.open("Accept terms", number);
            desk.tick("I have read the conditions");
            desk.tick("I accept the conditions");
            desk.complete("terms");
        });
        failsOnce(story, "employee", number);
        retrained(story, "employee", number);
        as("manager", story, desk -> {
            desk.page().navigate(address() + "/training");
            desk.shot("training of the department");
            desk.page()
                    .locator("tr", new Page.LocatorOptions().setHasText(number))
                    .locator("a[href*='/certificate/']")
                    .click();
            assertThat(desk.page().locator("#certificate")).containsText("This certificate holds.");
            desk.shot("certificate");
        });

        as("employee", story, desk -> {
            desk.page().navigate(address() + "/demo/clock");
            desk.page().locator("#days").fill("100");
            desk.shot("days pass");
            desk.page().locator("main button").click();
            desk.page().waitForLoadState();
        });
        as("employee", story, desk -> {
            desk.open("Complete self-check", number);
            desk.tick("I followed the filed script");
            desk.tick("I kept the daily and hourly caps");
            desk.tick("I called only within the permitted hours");
            desk.complete("self-check");
        });
        as("employee", story, desk -> {
            assertEnds(desk, number, "Closed: account reinstated");
            desk.shot("account reinstated");
        });
    }

    @Test
    void rejectedAppealLeadsToAReplacementCardAndLegalAdviceSideBySide() {
        String story = "rejection";
        String number = suspendedByTheCarrier(story);
        reportedAndSupported(story, "employee2", number);
        faultDisputed(story, number);
        appliedAndApproved(story, "employee2", number);

        as("liaison", story, desk -> {
            Page page = simulatorWith(desk, number);
            Locator appeal = page.locator("section.card").filter(new Locator.FilterOptions().setHasText(number));
            Locator rejection = appeal.locator("details")
                    .filter(new Locator.FilterOptions().setHas(page.locator("form[action='/simulator/rejection']")));
            rejection.locator("summary").click();
            rejection.locator("select[name=code]").selectOption("VIOLATION_CONFIRMED");
            rejection.locator("textarea[name=text]").fill("The complaints are confirmed.");
            desk.shot("the carrier rejects");
            rejection.locator("button").click();
            page.waitForLoadState();
        });
        as("employee2", story, desk -> {
            desk.open("Choose next step", number);
            desk.page()
                    .getByText("The carrier’s reasons, and what to do about them")
                    .waitFor();
            desk.page()
                    .getByText("Violation confirmed: Do not dispute what is proven")
                    .waitFor();
            desk.shot("reasons and options");
            desk.page().navigate(address() + "/appeals/" + number);
            assertThat(desk.page().locator("#rejection"))
                    .containsText("To be brought anew: Written commitment to rectify");
            assertThat(desk.page().locator("#rejection"))
                    .containsText(Pattern.compile("must be with the carrier by \\d{4}-\\d\\d-\\d\\d"));
            desk.shot("why it was rejected, on the page of the case");
        });
        chosen(story, number, "Complain to the regulator", List.of());
        as("compliance", story, desk -> {
            desk.open("File regulator complaint", number);
            desk.tick("The carrier was asked first");
            desk.tick("No court and no consumer body");
            desk.write("Complaint number", "12300-2026-77");
            desk.day("filedOn", today());
            desk.complete("complaint filed");
        });
        as("compliance", story, desk -> {
            desk.open("Record regulator’s answer", number);
            desk.choose("Dismissed");
            desk.day("answeredOn", today());
            desk.write("The answer in words", "The suspension was found to be justified.");
            desk.complete("regulator dismissed");
        });
        chosen(
                story,
                number,
                "Replacement card or legal advice",
                List.of("Apply for a replacement card", "Consult a lawyer"));
        as("compliance", story, desk -> {
            desk.open("Approve replacement card", number);
            desk.choose("Approve");
            for (String gate : List.of(
                    "No suspension of this account was for suspected fraud",
                    "No other appeal or probation",
                    "The card will be registered",
                    "Only numbers with recorded consent",
                    "Caps, hours and the do-not-call list")) {
                desk.tick(gate);
            }
            desk.write("Reason", "The measures are in place and under control.");
            desk.complete("replacement approved");
        });
        as("compliance", story, desk -> {
            desk.open("Consult lawyer", number);
            desk.page().getByText("take it for the firm").waitFor();
            desk.shot("the lawyer's task links to the legal file");
            takesTheLegalFile(desk, number);
        });
        as("compliance", story, desk -> {
            desk.open("Consult lawyer", number);
            desk.write("Law firm", "Example & Partners");
            desk.day("advisedOn", today());
            desk.choose("No case");
            desk.write("Summary of the advice", "The suspension rests on upheld complaints; no claim is seen.");
            desk.complete("legal advice");
        });
        retrained(story, "employee2", number);
        as("liaison", story, desk -> {
            desk.open("Register replacement card", number);
            desk.page().locator("#card-carrier").selectOption("CHINA_UNICOM");
            desk.page().locator("#card-mobile").fill("13100000011");
            desk.page().locator("#card-iccid").fill("89860112345678900114");
            desk.complete("replacement card");
        });
        as("employee2", story, desk -> {
            assertEnds(desk, number, "Closed: account not restorable");
            desk.shot("old account ended, new card in use");
        });
    }

    /**
     * Beside the long stories, so that it takes seconds: the appeal begins where its terms are accepted and training is
     * passed. Seven clean days raise the calls a day, a complaint of a customer lowers them at once.
     */
    @Test
    void managerSeesTheCallsADayRiseAndFall() {
        String story = "stepped-release";
        employees.add("stepped", "Zhao Min 赵敏", "sales-1", "310115198512310002");
        String account = accounts.open("stepped", Carrier.CHINA_MOBILE, "13800007777", "89860012345678977777");
        String number = appeals.open(account, "stepped", false).number();
        sheet.write(number, "employeeName", "Zhao Min 赵敏");
        sheet.write(number, "accountMask", "138****7777");
        sheet.write(number, "carrierName", "China Mobile");
        sheet.write(number, "causeNames", "Calls out of hours");
        String reinstatement = runtime.startProcessInstanceByKey(
                        "conditional-reinstatement",
                        number,
                        Map.of(
                                "employeeId", "stepped",
                                "managerId", "manager",
                                "causes", "OUT_OF_HOURS",
                                "severity", "MEDIUM",
                                "repeatCount", 0L))
                .getId();
        runtime.createProcessInstanceModification(reinstatement)
                .cancelAllForActivity("Task_AcceptTerms")
                .startBeforeActivity("Task_ReopenCalling")
                .execute();
        as("manager", story, desk -> {
            Page page = desk.page();
            page.navigate(address() + "/appeals/" + number);
            assertThat(page.locator("#cap strong").first()).hasText("At most 50 calls today");
            desk.shot("the first step");
            page.navigate(address() + "/demo/clock");
            page.locator("#days").fill("7");
            page.locator("main button").click();
            page.waitForLoadState();
            aNewDayBegins(number);
            page.navigate(address() + "/appeals/" + number);
            assertThat(page.locator("#cap strong").first()).hasText("At most 80 calls today");
            assertThat(page.locator("#cap tbody tr").first()).containsText("50 ↑ 80");
            assertThat(page.locator("#cap tbody tr").first()).containsText("clean days");
            desk.shot("seven clean days");

            APIResponse complaint = page.request()
                    .post(
                            address() + "/api/complaints",
                            RequestOptions.create()
                                    .setHeader("Authorization", CUSTOMER_SERVICE)
                                    .setData(Map.of(
                                            "reference", "CRM-1",
                                            "caller", "13800007777",
                                            "complainant", "19900000099",
                                            "receivedAt",
                                                    ClockUtil.getCurrentTime()
                                                            .toInstant()
                                                            .toString(),
                                            "source", "CUSTOMER",
                                            "kind", "ATTITUDE")));
            Assertions.assertThat(complaint.status()).isEqualTo(201);
            page.reload();
            assertThat(page.locator("#cap strong").first()).hasText("At most 50 calls today");
            assertThat(page.locator("#cap tbody tr").first()).containsText("80 ↓ 50");
            desk.shot("a complaint");
        });
    }

    /** What the clock page leaves to the job executor, done at once; whoever of the two comes second finds it done. */
    private void aNewDayBegins(String number) {
        String probation = runtime.createProcessInstanceQuery()
                .processDefinitionKey("probation")
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
        management
                .createJobQuery()
                .processInstanceId(probation)
                .activityId("BoundaryEvent_DayBegun")
                .executable()
                .list()
                .forEach(job -> {
                    try {
                        management.executeJob(job.getId());
                    } catch (ProcessEngineException e) {
                        // The executor has it.
                    }
                });
    }

    /**
     * A carrier without an interface: the liaison hands in and asks, the employee can see how it stands, and a deputy does
     * what the department head, who is away, cannot.
     */
    @Test
    void liaisonEmployeeAndDeputyDoTheirPart() {
        String story = "far-side";
        String number = startedByTheEmployee(story, "133****0002");
        as("employee", story, desk -> {
            desk.open("Report suspension to manager", number);
            desk.write("What happened, and why", "I called the numbers of a new list too fast on Monday morning.");
            desk.choose("The carrier’s notice");
            desk.write("What you have already changed", "The dialler now waits three minutes between calls.");
            desk.complete("report to the manager");
        });
        as("manager", story, desk -> {
            Page page = desk.page();
            page.navigate(address() + "/absence");
            page.locator("#deputy").selectOption("deputy");
            page.locator("#from").fill(today().toString());
            page.locator("#note").fill("The list for Monday was mine, judge mildly.");
            desk.shot("the head goes away");
            page.locator("#submit").click();
            assertThat(page.locator("#done")).containsText("stands in");
        });
        try {
            deputyJudges(story, number);
            applied(story, "employee", number);
            approved(story, "deputy", number);
            handedInByTheLiaison(story, number);
            as("employee", story, desk -> {
                desk.page().navigate(address() + "/appeals/" + number);
                assertThat(desk.page().locator("#next")).containsText("Follow-up");
                assertThat(desk.page().locator("#contacts")).containsText("Answer promised");
                assertThat(desk.page().locator("#receipts")).containsText("receipt.png");
                desk.shot("how it stands");
            });
            decidedByHotline(story, number);
            as("employee", story, desk -> {
                desk.open("Accept terms", number);
                desk.shot("terms after the decision");
            });
            givenBack(story);
        } finally {
            as("manager", story, desk -> {
                desk.page().navigate(address() + "/absence");
                desk.page().locator("form[action$='/end'] button").first().click();
                assertThat(desk.page().locator("#done")).containsText("ended");
                desk.shot("the head is back");
            });
        }
    }

    private void deputyJudges(String story, String number) {
        as("deputy", story, desk -> {
            desk.page().navigate(address() + "/absence");
            assertThat(desk.page().locator("#stands-in")).containsText("judge mildly");
            desk.shot("who stands in for whom");
            desk.page().navigate(address() + "/");
            desk.open("Judge report", number);
            desk.choose("Support the appeal");
            desk.pick("Main reason", "plausible");
            desk.write("Reason in words", "The explanation fits the call list.");
            desk.complete("deputy supports");
        });
    }

    private void handedInByTheLiaison(String story, String number) {
        as("liaison", story, desk -> {
            desk.open("Submit through portal", number);
            desk.pick("Channel used", "Portal");
            desk.write("Ticket number", "TEL-2026-0815");
            desk.moment("submittedAt");
            desk.complete("handed in through the portal");
            Page page = desk.page();
            page.navigate(address() + "/carrier/appeals/" + number);
            page.locator("#receipt").setInputFiles(new FilePayload("receipt.png", "image/png", picture(7)));
            page.locator("form[action$='/receipts'] button").click();
            assertThat(page.locator("body")).containsText("receipt.png");
            page.locator("#contactChannel").selectOption("HOTLINE");
            page.locator("#contactedOn").fill(today().toString());
            page.locator("#contactAnswer").selectOption("PROMISED_DATE");
            page.locator("#contactNote").fill("They answer within the week.");
            page.locator("details:has(#promisedOn) summary").click();
            page.locator("#promisedOn").fill(today().plusDays(6).toString());
            desk.shot("an answer is promised");
            page.locator("form[action$='/contacts'] button").click();
            assertThat(page.locator("#dates")).containsText(today().getYear() + "");
            desk.shot("what the liaison knows");
        });
    }

    private void decidedByHotline(String story, String number) {
        as("liaison", story, desk -> {
            Page page = desk.page();
            page.navigate(address() + "/carrier/appeals/" + number);
            page.locator("#contactChannel").selectOption("HOTLINE");
            page.locator("#contactedOn").fill(today().toString());
            page.locator("#contactAnswer").selectOption("REINSTATED");
            page.locator("#contactNote").fill("Reinstated, they say, from today on.");
            page.locator("details:has(#decidedOn) summary").click();
            page.locator("#decidedOn").fill(today().toString());
            desk.shot("the carrier decides by hotline");
            page.locator("form[action$='/contacts'] button").click();
            page.waitForLoadState();
        });
    }

    /** The manager finds the employee at fault, who disputes it; compliance finds that the carrier erred. */
    private void faultDisputed(String story, String number) {
        as("manager", story, desk -> {
            desk.open("Find whose fault it was", number);
            desk.choose("The employee’s own fault");
            desk.write("Reasons", "Three complaints about the manner of one caller.");
            desk.complete("whose fault it was");
        });
        as("employee2", story, desk -> {
            desk.open("Answer the finding", number);
            desk.choose("I dispute the finding");
            desk.write("Why the finding is wrong", "Two of the three complaints are about another number.");
            desk.complete("finding disputed");
        });
        as("compliance", story, desk -> {
            desk.open("Review the dispute", number);
            desk.choose("An error of the carrier");
            desk.write("Reasons for your decision", "The carrier’s own list names another number twice.");
            desk.complete("dispute reviewed");
            desk.page().navigate(address() + "/appeals/" + number);
            assertThat(desk.page().locator("#fault-history")).containsText("employee");
            desk.shot("history of the finding");
        });
        as("employee2", story, desk -> {
            desk.page().navigate(address() + "/appeals/" + number);
            assertThat(desk.page().locator("#fault")).containsText("an error of the carrier");
            assertThat(desk.page().locator("#fault")).containsText("does not count");
            assertThat(desk.page().locator("#fault-history")).hasCount(0);
            desk.shot("it does not count");
        });
    }

    /** What the deputy still holds goes back in one go. */
    private void givenBack(String story) {
        as("deputy", story, desk -> {
            Page page = desk.page();
            page.navigate(address() + "/team?person=deputy");
            Locator mine = page.locator("#tasks tbody input[type=checkbox]:enabled");
            assertThat(mine.first()).isVisible();
            for (int i = 0; i < mine.count(); i++) {
                mine.nth(i).check();
            }
            page.locator("#to").selectOption("compliance");
            page.locator("#note").fill("The head is away and so am I.");
            desk.shot("several tasks at once");
            page.locator("#move").click();
            page.locator("[id^=result-]").first().waitFor();
            desk.shot("what became of each");
        });
    }

    private String startedByTheEmployee(String story, String account) {
        // Each story is the person's first suspension, in whatever order they are told.
        jdbc.sql("update appeal set counts_as_repeat = false where employee_id = 'employee'")
                .update();
        as("employee", story, desk -> {
            Page page = desk.page();
            page.getByText("Start process").first().click();
            page.getByText("Appeal for a suspended account").first().click();
            page.locator("#jf-account option")
                    .first()
                    .waitFor(new Locator.WaitForOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
            page.locator("#jf-account")
                    .selectOption(page.locator("#jf-account option")
                            .filter(new Locator.FilterOptions().setHasText(account))
                            .getAttribute("value"));
            page.locator("input[name=jf-cause][value=HIGH_FREQUENCY]").check();
            page.locator("#jf-suspended").fill(today().minusDays(1) + "T10:15");
            page.locator("#jf-text").fill("More than 300 calls within an hour.");
            page.locator("#jf-reason").fill("High-frequency calling");
            page.locator("#jf-channel").fill("Service hall or hotline");
            page.locator("#jf-materials").fill("Licence, ID, statement");
            desk.shot("notice typed in");
            page.locator(".modal-footer button:visible")
                    .filter(new Locator.FilterOptions().setHasText("Start"))
                    .first()
                    .click();
            page.locator("#jf-account")
                    .waitFor(new Locator.WaitForOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        });
        return newestAppeal();
    }

    private String suspendedByTheCarrier(String story) {
        as("employee2", story, desk -> {
            Page page = desk.page();
            page.navigate(address() + "/simulator");
            page.locator("select[name=mobile]").selectOption("13900000006");
            page.locator("select[name=causes]").selectOption("COMPLAINT");
            page.locator("textarea[name=noticeText]").fill("Seven complaints within a week.");
            desk.shot("the carrier suspends an account");
            page.locator("form[action='/simulator/suspension'] button").click();
            page.waitForLoadState();
        });
        return newestAppeal();
    }

    private String newestAppeal() {
        return jdbc.sql("select max(number) from appeal").query(String.class).single();
    }

    private void reportedAndSupported(String story, String employee, String number) {
        as(employee, story, desk -> {
            desk.open("Report suspension to manager", number);
            desk.write("What happened, and why", "I called the numbers of a new list too fast on Monday morning.");
            desk.choose("The carrier’s notice");
            desk.write("What you have already changed", "The dialler now waits three minutes between calls.");
            desk.complete("report to the manager");
        });
        as("manager", story, desk -> {
            desk.open("Judge report", number);
            desk.choose("Support the appeal");
            desk.pick("Main reason", "plausible");
            desk.write("Reason in words", "The explanation fits the call list.");
            desk.complete("manager supports");
        });
    }

    private void appliedAndApproved(String story, String employee, String number) {
        applied(story, employee, number);
        approved(story, "manager", number);
    }

    private void approved(String story, String reviewer, String number) {
        as(reviewer, story, desk -> {
            desk.open("Review application", number);
            desk.page().locator("input[name=decision][value=APPROVE]").check();
            desk.complete("company approves");
        });
    }

    private void applied(String story, String employee, String number) {
        as(employee, story, desk -> {
            desk.open("Prepare application", number);
            Page page = desk.page();
            page.locator("[data-part=items] li.list-group-item").first().waitFor();
            Locator inputs = page.locator("[data-part=items] [data-field=drop] input");
            for (int i = 0; i < inputs.count(); i++) {
                if (!inputs.nth(i).isVisible()) {
                    continue;
                }
                inputs.nth(i).setInputFiles(new FilePayload("paper-" + i + ".png", "image/png", picture(i)));
                page.locator("[data-file] a[download='paper-" + i + ".png']").waitFor();
            }
            page.locator("#application-problem").fill("On Monday 312 calls left my number within one hour.");
            page.locator("#application-rootCause").fill("The dialler had no lower limit for the gap between calls.");
            page.locator("#application-doneNow").fill("The gap was set to three minutes and the list was split.");
            page.locator("#application-prevention")
                    .fill("The gap is fixed in the dialler's settings; QA checks weekly.");
            if (page.locator("[data-measure=description]:visible").count() == 0) {
                page.locator("[data-part=addMeasure]").click();
            }
            page.locator("[data-measure=description]:visible").first().fill("Weekly check of the dialler's settings");
            page.locator("[data-measure=owner]:visible").first().fill("Team lead");
            page.locator("[data-measure=dueOn]:visible")
                    .first()
                    .fill(today().plusDays(14).toString());
            page.locator("[data-measure=howMeasured]:visible")
                    .first()
                    .fill("No gap below three minutes in the call list");
            page.locator("#application-consent").check();
            page.locator("#application-declaration").check();
            desk.complete("application");
        });
    }

    private static void takesTheLegalFile(Desk desk, String number) {
        Page page = desk.page();
        page.navigate(address() + "/appeals/" + number + "/legal-file");
        page.locator("#firm").fill("Example & Partners");
        page.locator("#reason").fill("Opinion on the suspension");
        desk.shot("legal file");
        Download file = page.waitForDownload(
                () -> page.locator("#take button[type=submit]").click());
        assertEquals("legal-file-" + number + ".zip", file.suggestedFilename());
        page.navigate(address() + "/appeals/" + number + "/legal-file");
        assertThat(page.locator("#disclosures")).containsText("Example & Partners");
    }

    private void chosen(String story, String number, String step, List<String> wishes) {
        as("employee2", story, desk -> {
            desk.open("Choose next step", number);
            desk.choose(step);
            wishes.forEach(desk::tick);
            desk.write("Why this step", "I want to go on working lawfully.");
            desk.complete("next step " + step);
        });
        as("manager", story, desk -> {
            desk.open("Confirm next step", number);
            desk.choose("Yes");
            desk.complete("manager agrees");
        });
    }

    private void retrained(String story, String employee, String number) {
        as(employee, story, desk -> {
            desk.open("Study courses", number);
            desk.tick("I have studied all the courses");
            desk.complete("courses studied");
        });
        drilled(story, number);
        as(employee, story, desk -> {
            desk.open("Take exam", number);
            Page page = desk.page();
            page.locator("[data-question]").first().waitFor();
            answerRightly(page, number);
            desk.complete("exam");
        });
        as("manager", story, desk -> {
            desk.open("Sign off training", number);
            desk.tick("I have looked at the results");
            desk.complete("training signed off");
        });
    }

    private void drilled(String story, String number) {
        as("trainer", story, desk -> {
            desk.open("Hold drill", number);
            Page page = desk.page();
            Locator points = page.locator("input[id^=drill-points-]");
            points.first().waitFor();
            for (int i = 0; i < points.count(); i++) {
                points.nth(i).fill(i == 0 ? "8" : points.nth(i).getAttribute("max"));
            }
            desk.write("What was good", "Calm, polite, and quick to record the refusal.");
            desk.write("What to practise", "The company's name belongs in the first sentence.");
            desk.complete("drill");
        });
    }

    /** Whoever has not studied learns by topic what to read again, and nowhere what would have been right. */
    private void failsOnce(String story, String employee, String number) {
        as(employee, story, desk -> {
            Page page = desk.page();
            desk.open("Study courses", number);
            desk.shot("what is to be studied");
            page.navigate(address() + "/courses");
            desk.shot("courses by field");
            page.locator("a[href$='/courses/CADENCE']").click();
            assertThat(page.locator("#checklist li").first()).isVisible();
            desk.shot("a course");
            page.navigate(address() + "/");
            desk.open("Study courses", number);
            desk.tick("I have studied all the courses");
            desk.complete("courses looked at");
        });
        drilled(story, number);
        List<String> right = new ArrayList<>();
        as(employee, story, desk -> {
            desk.open("Take exam", number);
            desk.page().locator("[data-question]").first().waitFor();
            right.addAll(answer(desk.page(), number, 1));
            desk.complete("exam failed");
        });
        as(employee, story, desk -> {
            desk.open("Study courses", number);
            Page page = desk.page();
            assertThat(page.locator("body")).containsText("Exam: 0 of 100 points");
            assertThat(page.locator("body")).containsText("read it again");
            desk.shot("what to read again");
            String task = page.locator("body").innerText();
            page.navigate(address() + "/training");
            page.locator("#rows a", new Page.LocatorOptions().setHasText(number))
                    .click();
            assertThat(page.locator("#attempt-1")).containsText("8 of 15");
            desk.shot("the attempt on record");
            for (String answer : right) {
                if (answer.length() > 10
                        && (task.contains(answer)
                                || page.locator("body").innerText().contains(answer))) {
                    throw new AssertionError("Gives away: " + answer);
                }
            }
        });
    }

    private void answerRightly(Page page, String number) {
        answer(page, number, 0);
    }

    /**
     * The paper keeps the right answers; the person here has learnt them, or takes the one beside.
     *
     * @return the right answers
     */
    private List<String> answer(Page page, String number, int beside) {
        record Answer(int position, int correct, String a, String b, String c, String d) {

            String right() {
                return List.of(a, b, c, d).get(correct);
            }
        }
        List<Answer> answers =
                jdbc.sql("""
                        select q.position, q.correct, q.option_a as a, q.option_b as b, q.option_c as c, q.option_d as d
                        from exam_question q
                        where q.paper_id = (
                            select max(p.id) from exam_paper p join enrolment e on e.id = p.enrolment_id
                            where e.business_key = :number)
                        """).param("number", number).query(Answer.class).list();
        answers.forEach(answer -> page.locator("input[name='question-%d'][value='%d']"
                        .formatted(answer.position(), (answer.correct() + beside) % 4))
                .check());
        return answers.stream().map(Answer::right).toList();
    }

    private static Page simulatorWith(Desk desk, String number) {
        Page page = desk.page();
        for (int attempt = 0; attempt < 30; attempt++) {
            page.navigate(address() + "/simulator");
            if (page.locator("section.card")
                            .filter(new Locator.FilterOptions().setHasText(number))
                            .count()
                    > 0) {
                return page;
            }
            page.waitForTimeout(1_000);
        }
        throw new AssertionError("Appeal " + number + " did not reach the carrier");
    }

    private static void assertEnds(Desk desk, String number, String outcome) {
        Page page = desk.page();
        for (int attempt = 0; attempt < 20; attempt++) {
            page.navigate(address() + "/appeals/" + number);
            if (page.locator("h1").innerText().contains(outcome)) {
                break;
            }
            page.waitForTimeout(1_000);
        }
        assertThat(page.locator("h1")).containsText(outcome);
    }

    /** The mail's link, and one that was copied from the address bar, both before signing in. */
    private void linksOpenTheTask(String story, String number) {
        String mail = jdbc.sql("""
                        select body from notification where appeal_number = :number and recipient = 'employee'
                        order by id fetch first 1 row only
                        """).param("number", number).query(String.class).single();
        String task = mail.substring(mail.lastIndexOf("/tasks/") + "/tasks/".length());
        for (String link : List.of("/tasks/" + task, "/camunda/app/tasklist/default/#/?task=" + task)) {
            try (Desk desk = new Desk(chromium.browser(), address(), "employee", story, counter, link)) {
                desk.page().getByText("What happened, and why").first().waitFor();
                desk.shot("link from a mail");
            }
        }
    }

    private void as(String user, String story, Consumer<Desk> work) {
        try (Desk desk = new Desk(chromium.browser(), address(), user, story, counter)) {
            work.accept(desk);
        }
    }

    private static String address() {
        return "http://127.0.0.1:" + PORT;
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of("Asia/Shanghai"));
    }

    private static byte[] picture(int number) {
        BufferedImage image = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 400, 200);
        graphics.setColor(Color.BLACK);
        graphics.drawString("Sample paper " + number, 40, 100);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}
