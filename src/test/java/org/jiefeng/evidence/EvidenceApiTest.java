package org.jiefeng.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.model;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.WaitingSteps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** What the task forms call, and who may call it. */
class EvidenceApiTest {

    private static EvidenceRoom room;
    private static MockMvc http;

    private String appeal = "";

    @BeforeAll
    static void open() {
        room = EvidenceRoom.onH2();
        Employees employees = room.get(Employees.class);
        employees.addDepartment("sales-1", "Telesales 1", "manager", "deputy");
        employees.addDepartment("sales-2", "Telesales 2", "elsewhere", "elsewhere");
        employees.add("employee", "Li Na", "sales-1", "110101199001010007");
        http = MockMvcBuilders.standaloneSetup(
                        room.get(EvidenceApi.class),
                        room.get(RescueApi.class),
                        room.get(ReceiptApi.class),
                        room.get(ApplicationApi.class),
                        room.get(SheetApi.class))
                .setControllerAdvice(new Problems())
                .build();
    }

    @AfterAll
    static void close() throws Exception {
        room.close();
    }

    @BeforeEach
    void appeal() {
        appeal = room.openAppeal("employee");
        room.get(EvidenceChecklist.class).prepare(appeal, List.of("PAYMENT_PROOF", "RISK_STATEMENT"), List.of());
    }

    @Test
    void whatIsDifferentSinceTheLastReviewIsThereForWhoeverReadsTheCase() throws Exception {
        http.perform(get("/api/appeals/{number}/application/changes", appeal).principal(user("manager", "managers")))
                .andExpect(status().isNoContent());
        room.get(CompanyReviews.class).record(appeal, "RETURN", List.of("OTHER"), "Please mend", "manager");
        http.perform(put("/api/appeals/{number}/application", appeal)
                        .param("draft", "true")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"problem\":\"Too many calls\"}")
                        .principal(user("employee", "employees")))
                .andExpect(status().isNoContent());

        http.perform(get("/api/appeals/{number}/application/changes", appeal).principal(user("manager", "managers")))
                .andExpect(jsonPath("$.texts[0].field").value("problem"))
                .andExpect(jsonPath("$.texts[0].before").value(""))
                .andExpect(jsonPath("$.texts[0].after").value("Too many calls"))
                .andExpect(jsonPath("$.measures").isEmpty());
        http.perform(get("/api/appeals/{number}/application/changes", appeal).principal(user("elsewhere", "managers")))
                .andExpect(status().isNotFound());
    }

    /** Who stands in for a manager from elsewhere, and keeps the task when the absence is over. */
    @Test
    void whoHasAManagersTaskReadsTheCaseAsLongAsItIsOpen() throws Exception {
        WaitingSteps.Step judging = step("elsewhere");
        WaitingSteps.Step claimed = step("elsewhere", "trainers");
        for (List<WaitingSteps.Step> steps :
                List.of(List.of(judging), List.of(claimed), List.<WaitingSteps.Step>of())) {
            room.steps.clear();
            room.steps.addAll(steps);
            http.perform(get("/api/appeals/{number}/evidence", appeal).principal(user("elsewhere", "managers")))
                    .andExpect(steps.contains(judging) ? status().isOk() : status().isNotFound());
            http.perform(get("/api/appeals/{number}/evidence", appeal).principal(user("elsewhere", "employees")))
                    .andExpect(status().isNotFound());
        }
    }

    private static WaitingSteps.Step step(String assignee, String... groups) {
        return new WaitingSteps.Step(WaitingSteps.Kind.TASK, "Judge report", null, assignee, Set.of(groups));
    }

    @Test
    void receiptIsFetchedByThePeopleOfTheCaseAndNobodyElse() throws Exception {
        String id = room.get(StoredReceipts.class)
                .take(appeal, appeal + ":1", "回执.png", new ByteArrayResource(SampleFiles.png(3, 3)), "liaison")
                .id();

        for (Authentication reader : List.of(
                user("employee", "employees"),
                user("manager", "managers"),
                user("liaison", "liaisons"),
                user("compliance", "compliance"))) {
            http.perform(get("/api/appeals/{number}/receipts/{id}", appeal, id).principal(reader))
                    .andExpect(status().isOk())
                    .andExpect(header().string("Content-Disposition", containsString("attachment")))
                    .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                    .andExpect(content().bytes(SampleFiles.png(3, 3)));
        }
        for (Authentication stranger :
                List.of(user("other", "employees"), user("elsewhere", "managers"), user("owner", "process-owners"))) {
            http.perform(get("/api/appeals/{number}/receipts/{id}", appeal, id).principal(stranger))
                    .andExpect(status().isNotFound());
        }
        String other = room.openAppeal("employee");
        http.perform(get("/api/appeals/{number}/receipts/{id}", other, id).principal(user("employee", "employees")))
                .andExpect(status().isNotFound());
    }

    @Test
    void theApplicantBringsDownloadsAndRemovesAFile() throws Exception {
        String answer = http.perform(multipart("/api/appeals/{number}/evidence", appeal)
                        .file(file("收据.pdf", SampleFiles.pdf()))
                        .param("item", "PAYMENT_PROOF")
                        .principal(user("employee", "employees")))
                .andExpect(status().isCreated())
                .andExpect(header().exists("Location"))
                .andExpect(jsonPath("$.name").value("收据.pdf"))
                .andExpect(jsonPath("$.removable").value(true))
                .andReturn()
                .getResponse()
                .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        String id = JsonPath.read(answer, "$.id");

        http.perform(get("/api/appeals/{number}/evidence", appeal).principal(user("employee", "employees")))
                .andExpect(jsonPath("$.changeable").value(true))
                .andExpect(jsonPath("$.items[0].settledBy").value("UPLOAD"))
                .andExpect(jsonPath("$.items[1].settledBy").doesNotExist())
                .andExpect(jsonPath("$.missing").value(hasItem("Statement on risks")))
                .andExpect(jsonPath("$.limits.extensions").value(hasItem(".pdf")));
        http.perform(get("/api/appeals/{number}/evidence/{id}", appeal, id).principal(user("manager", "managers")))
                .andExpect(content().bytes(SampleFiles.pdf()))
                .andExpect(header().string("Content-Disposition", containsString("attachment")))
                .andExpect(header().string("Content-Security-Policy", containsString("sandbox")))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"));
        http.perform(delete("/api/appeals/{number}/evidence/{id}", appeal, id).principal(user("manager", "managers")))
                .andExpect(status().isForbidden());
        http.perform(delete("/api/appeals/{number}/evidence/{id}", appeal, id).principal(user("employee", "employees")))
                .andExpect(status().isNoContent());
    }

    @Test
    void theHeadOfTheDepartmentSavesRecordingsAndTheApplicantDoesNot() throws Exception {
        String path = "/api/appeals/" + appeal + "/rescue";
        http.perform(get(path).principal(user("manager", "managers"))).andExpect(status().isNotFound());
        room.get(RecordingRescue.class).open(appeal, Instant.parse("2026-03-02T01:00:00Z"), 30, 90);

        String answer = http.perform(multipart(path)
                        .file(file("call.wav", SampleFiles.wav()))
                        .param("item", "UNEDITED_RECORDINGS")
                        .principal(user("manager", "managers")))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.removable").value(true))
                .andReturn()
                .getResponse()
                .getContentAsString();
        http.perform(get(path).principal(user("manager", "managers")))
                .andExpect(jsonPath("$.changeable").value(true))
                .andExpect(jsonPath("$.items[0].code").value("UNEDITED_RECORDINGS"))
                .andExpect(jsonPath("$.items[0].files[0].name").value("call.wav"));
        for (String[] somebody : new String[][] {{"employee", "employees"}, {"compliance", "compliance"}}) {
            http.perform(multipart(path)
                            .file(file("call.wav", SampleFiles.wav()))
                            .param("item", "UNEDITED_RECORDINGS")
                            .principal(user(somebody[0], somebody[1])))
                    .andExpect(status().isForbidden());
        }
        http.perform(get(path).principal(user("trainer", "trainers"))).andExpect(status().isNotFound());
        http.perform(delete(path + "/" + com.jayway.jsonpath.JsonPath.<String>read(answer, "$.id"))
                        .principal(user("manager", "managers")))
                .andExpect(status().isNoContent());
    }

    @Test
    void aPreviewIsDrawnAnewAndNobodyElseGetsIt() throws Exception {
        EvidenceFile file = room.get(EvidenceFiles.class)
                .upload(
                        appeal,
                        "OTHER",
                        "x.png",
                        new org.springframework.core.io.ByteArrayResource(SampleFiles.png(1200, 800)),
                        "employee");
        String path = "/api/appeals/" + appeal + "/evidence/" + file.id() + "/preview";

        byte[] preview = http.perform(get(path).principal(user("manager", "managers")))
                .andExpect(status().isOk())
                .andExpect(content().contentType(MediaType.IMAGE_JPEG))
                .andExpect(header().string("Cache-Control", containsString("private")))
                .andExpect(header().string("Content-Security-Policy", containsString("sandbox")))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        assertThat(javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(preview)))
                .returns(Previews.LONGEST_SIDE, java.awt.image.BufferedImage::getWidth);
        http.perform(get(path).principal(user("employee2", "employees"))).andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @CsvSource({
        "employee,   employees,      200",
        "manager,    managers,       200",
        "compliance, compliance,     200",
        "deputy,     managers,       200",
        "liaison,    liaisons,       200",
        "elsewhere,  managers,       404",
        "manager,    none,           404",
        "employee2,  employees,      404",
        "trainer,    trainers,       404",
        "owner,      process-owners, 404",
        "admin,      camunda-admin,  404",
        "nobody,     none,           404"
    })
    void onlyThePeopleOfTheCaseSeeIt(String name, String group, int expected) throws Exception {
        EvidenceFile file = room.get(EvidenceFiles.class)
                .upload(
                        appeal,
                        "OTHER",
                        "x.png",
                        new org.springframework.core.io.ByteArrayResource(SampleFiles.png()),
                        "employee");
        for (String path : List.of("/evidence", "/evidence/" + file.id(), "/application", "/sheet")) {
            http.perform(get("/api/appeals/" + appeal + path).principal(user(name, group)))
                    .andExpect(status().is(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "manager,    managers,   204",
        "compliance, compliance, 204",
        "elsewhere,  managers,   404",
        "liaison,    liaisons,   403",
        "employee,   employees,  403",
        "employee,   managers,   403",
        "employee2,  employees,  404"
    })
    void onlyThoseWhoAnswerForItWaive(String name, String group, int expected) throws Exception {
        http.perform(post("/api/appeals/{number}/evidence/waivers", appeal)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"item\": \"RISK_STATEMENT\", \"reason\": \"Named by mistake\"}")
                        .principal(user(name, group)))
                .andExpect(status().is(expected));
    }

    @Test
    void aWaiverNeedsAReason() throws Exception {
        http.perform(post("/api/appeals/{number}/evidence/waivers", appeal)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"item\": \"RISK_STATEMENT\"}")
                        .principal(user("manager", "managers")))
                .andExpect(status().isBadRequest());
    }

    @Test
    void thePageOffersTheWaiverToThoseWhoAnswerForIt() throws Exception {
        MockMvc pages = MockMvcBuilders.standaloneSetup(room.get(EvidencePages.class))
                .setControllerAdvice(new Problems())
                .setViewResolvers(thymeleaf())
                .build();
        String page = "/appeals/" + appeal + "/evidence";

        pages.perform(get(page).principal(user("employee", "employees")))
                .andExpect(model().attribute("mayWaive", false));
        pages.perform(get(page).principal(user("manager", "managers"))).andExpect(model().attribute("mayWaive", true));
        pages.perform(get(page).principal(user("trainer", "trainers"))).andExpect(status().isNotFound());
        pages.perform(post(page + "/waivers")
                        .param("item", "RISK_STATEMENT")
                        .param("reason", "Named by mistake")
                        .principal(user("employee", "employees")))
                .andExpect(status().isForbidden());
        pages.perform(post(page + "/waivers")
                        .param("item", "RISK_STATEMENT")
                        .param("reason", " ")
                        .principal(user("manager", "managers")))
                .andExpect(flash().attributeExists("problem"));
        pages.perform(post(page + "/waivers")
                        .param("item", "RISK_STATEMENT")
                        .param("reason", "Named by mistake")
                        .principal(user("manager", "managers")))
                .andExpect(flash().attributeCount(0));
        assertThat(room.get(EvidenceChecklist.class).missing(appeal)).containsExactly("Proof of payment");
    }

    @Test
    void aFileOfAnotherCaseIsNotFound() throws Exception {
        EvidenceFile file = room.get(EvidenceFiles.class)
                .upload(
                        appeal,
                        "OTHER",
                        "x.png",
                        new org.springframework.core.io.ByteArrayResource(SampleFiles.png()),
                        "employee");
        String other = room.openAppeal("employee2");

        http.perform(get("/api/appeals/{number}/evidence/{id}", other, file.id())
                        .principal(user("employee2", "employees")))
                .andExpect(status().isNotFound());
    }

    @Test
    void anApplicationIsSavedAndShown() throws Exception {
        String json = """
                {"problem": "Too many calls went out", "rootCause": "The cadence was too high",
                 "doneNow": "The dialler was stopped", "prevention": "The dialler keeps a cap",
                 "consent": true, "declaration": true,
                 "measures": [{"kind": "COURSE", "description": "Cadence course", "owner": "Li",
                               "dueOn": "2099-01-01", "howMeasured": "Certificate"}]}
                """;
        http.perform(put("/api/appeals/{number}/application", appeal)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json)
                        .principal(user("manager", "managers")))
                .andExpect(status().isForbidden());
        http.perform(put("/api/appeals/{number}/application", appeal)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json)
                        .principal(user("employee", "employees")))
                .andExpect(status().isNoContent());

        http.perform(get("/api/appeals/{number}/application", appeal).principal(user("manager", "managers")))
                .andExpect(jsonPath("$.rootCause").value("The cadence was too high"))
                .andExpect(jsonPath("$.measures[0].dueOn").exists());
        http.perform(put("/api/appeals/{number}/application", appeal)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}")
                        .principal(user("employee", "employees")))
                .andExpect(status().isBadRequest());
        http.perform(put("/api/appeals/{number}/application?draft=true", appeal)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}")
                        .principal(user("employee", "employees")))
                .andExpect(status().isNoContent());
    }

    @Test
    void anEndedCaseTakesNothing() throws Exception {
        room.get(org.jiefeng.appeal.AppealService.class).close(appeal, Outcome.WITHDRAWN);

        http.perform(multipart("/api/appeals/{number}/evidence", appeal)
                        .file(file("x.pdf", SampleFiles.pdf()))
                        .param("item", "PAYMENT_PROOF")
                        .principal(user("employee", "employees")))
                .andExpect(status().isConflict());
    }

    @Test
    void everyFactAFormShowsIsOnTheSheet() throws Exception {
        Set<String> shown = new TreeSet<>();
        try (DirectoryStream<Path> forms = Files.newDirectoryStream(Path.of("forms"), "*.html")) {
            for (Path form : forms) {
                Pattern.compile("data-fact=\"(\\w+)\"")
                        .matcher(Files.readString(form))
                        .results()
                        .forEach(fact -> shown.add(fact.group(1)));
            }
        }

        String facts = http.perform(get("/api/appeals/{number}/sheet", appeal).principal(user("employee", "employees")))
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(com.jayway.jsonpath.JsonPath.<Map<String, String>>read(facts, "$"))
                .containsKeys(shown.toArray(String[]::new));
    }

    @Test
    void theSheetShowsFactsAndNothingElse() throws Exception {
        CaseSheet sheet = room.get(CaseSheet.class);
        sheet.write(appeal, "accountMask", "138****0001");
        sheet.writeAnswers(appeal, "task", "compliance", Map.of("complianceNote", "between us"));

        String facts = http.perform(get("/api/appeals/{number}/sheet", appeal).principal(user("employee", "employees")))
                .andExpect(jsonPath("$.appealNumber").value(appeal))
                .andExpect(jsonPath("$.accountMask").value("138****0001"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(facts).doesNotContain("between us");
    }

    private static ThymeleafViewResolver thymeleaf() {
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(room.get(MessageSource.class));
        ThymeleafViewResolver views = new ThymeleafViewResolver();
        views.setTemplateEngine(engine);
        return views;
    }

    private static MockMultipartFile file(String name, byte[] content) {
        return new MockMultipartFile("file", name, "text/html", content);
    }

    private static Authentication user(String name, String... groups) {
        return new TestingAuthenticationToken(name, "n/a", groups);
    }

    /** The statuses the application's own advice answers with. */
    @RestControllerAdvice
    static class Problems {

        @ExceptionHandler
        @ResponseStatus(HttpStatus.NOT_FOUND)
        void notFound(NotFoundException e) {}

        @ExceptionHandler
        @ResponseStatus(HttpStatus.CONFLICT)
        void conflict(ConflictException e) {}

        @ExceptionHandler
        @ResponseStatus(HttpStatus.BAD_REQUEST)
        void invalid(InvalidInputException e) {}

        @ExceptionHandler
        @ResponseStatus(HttpStatus.FORBIDDEN)
        void denied(AccessDeniedException e) {}
    }
}
