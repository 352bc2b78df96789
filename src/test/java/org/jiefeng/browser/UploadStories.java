package org.jiefeng.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jiefeng.app.FreePort;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Files in the task form: dropped, chosen, seen, replaced, removed, refused. Pictures are in {@code target/screenshots}. */
@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT)
@DirtiesContext
abstract class UploadStories {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    TaskService tasks;

    @Value("${server.port}")
    int port;

    @Value("${jiefeng.language}")
    String language;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void application(DynamicPropertyRegistry properties) {
        int free = FreePort.find();
        properties.add("server.port", () -> free);
        properties.add("spring.datasource.url", () -> "jdbc:h2:mem:" + free);
    }

    /** What the server says of a page that calls itself a picture. */
    abstract String refusal();

    @Test
    void filesAreDroppedChosenSeenReplacedRemovedAndRefused() throws Exception {
        Task task = preparing();
        try (Chromium chromium = new Chromium();
                Desk desk = new Desk(
                        chromium.browser(), address(), "employee", "uploads-" + language, new Desk.Counter())) {
            Page page = desk.page();
            page.navigate(address() + "/camunda/app/tasklist/default/#/?task=" + task.getId());
            Locator item = page.locator("[data-part=items] li.list-group-item")
                    .filter(new Locator.FilterOptions().setHas(page.locator("[data-field=drop]")))
                    .first();
            item.waitFor();
            item.scrollIntoViewIfNeeded();

            JSHandle dropped =
                    page.evaluateHandle("""
                    ([picture]) => {
                      const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
                      const data = new DataTransfer();
                      data.items.add(new File([bytes], 'first.png', { type: 'image/png' }));
                      data.items.add(new File([bytes, ''], 'page.png', { type: 'image/png' }));
                      data.items.add(new File(['<html><script>1</script>'], 'fake.png', { type: 'image/png' }));
                      return data;
                    }""", new Object[] {Base64.getEncoder().encodeToString(picture("first"))});
            item.dispatchEvent("dragenter", Map.of("dataTransfer", dropped));
            desk.shot("over the item");
            item.dispatchEvent("drop", Map.of("dataTransfer", dropped));
            item.locator("[data-file] a[download='first.png']").waitFor();
            item.locator("[data-file] [data-field=preview] img").first().waitFor();
            assertThat(item.locator(".jf-refused")).hasCount(2); // the same once more, and the page
            assertThat(item.locator(".jf-refused").last()).containsText(refusal());
            desk.shot("dropped");
            item.locator(".jf-refused [data-field=dismiss]").first().click();
            item.locator(".jf-refused [data-field=dismiss]").first().click();
            assertThat(item.locator(".jf-refused")).hasCount(0);

            item.locator("[data-field=drop] input").setInputFiles(new FilePayload[] {
                new FilePayload("second.png", "image/png", picture("second")),
                new FilePayload("calls.csv", "text/csv", "number,calls\n1,2\n".getBytes(StandardCharsets.UTF_8))
            });
            item.locator("[data-file] a[download='calls.csv']").waitFor();
            assertThat(item.locator("[data-field=uploads] li")).hasCount(0);

            Locator second = item.locator("[data-file]")
                    .filter(new Locator.FilterOptions().setHas(page.locator("a[download='second.png']")));
            second.locator("[data-field=replace] input")
                    .setInputFiles(new FilePayload("third.png", "image/png", picture("third")));
            item.locator("[data-file] a[download='third.png']").waitFor();
            assertThat(second).hasCount(0);
            item.locator("[data-file]")
                    .filter(new Locator.FilterOptions().setHas(page.locator("a[download='calls.csv']")))
                    .locator("[data-field=remove]")
                    .click();
            assertThat(item.locator("[data-file]")).hasCount(2);
            item.locator("[data-file] [data-field=preview]").last().click();
            assertThat(item.locator(".jf-large")).hasCount(1);
            desk.shot("replaced and enlarged");
        }
    }

    /** A case in which the employee brings the evidence. */
    private Task preparing() throws Exception {
        String notice = JSON.writeValueAsString(Map.ofEntries(
                Map.entry("noticeId", "N-UPLOAD-1"),
                Map.entry("carrier", "CHINA_MOBILE"),
                Map.entry("source", "CARRIER"),
                Map.entry("mobile", "13800000001"),
                Map.entry("state", "SUSPENDED"),
                Map.entry("restrictionType", "OUTBOUND_BARRED"),
                Map.entry("causes", new String[] {"HIGH_FREQUENCY"}),
                Map.entry(
                        "suspendedAt",
                        Instant.now()
                                .minus(1, ChronoUnit.HOURS)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()),
                Map.entry("noticeText", "Suspended for unusual calls"),
                Map.entry("statedReason", "Unusual calls"),
                Map.entry("remedyChannel", "Hotline"),
                Map.entry("requiredMaterials", "Licence and statement")));
        String number = post("notice-feed", "/api/suspensions", notice)
                .path("appealNumber")
                .asText();
        handIn(
                "employee",
                "Task_ReportToManager",
                number,
                Map.of(
                        "reportReason", "I called the whole list in one go, from nine to ten.",
                        "causeSource", "CARRIER_NOTICE",
                        "selfMeasures", "I stopped calling and asked for another list."));
        handIn(
                "manager",
                "Task_JudgeReport",
                number,
                Map.of(
                        "managerJudgement", "SUPPORT",
                        "judgementReasonCode", "EXPLANATION_PLAUSIBLE",
                        "judgementReason", "The explanation fits the list."));
        return waitFor("Task_PrepareApplication", number);
    }

    private void handIn(String person, String key, String number, Map<String, String> answers) throws Exception {
        Map<String, Object> variables = new java.util.HashMap<>();
        answers.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        post(
                person,
                "/engine-rest/task/" + waitFor(key, number).getId() + "/submit-form",
                JSON.writeValueAsString(Map.of("variables", variables)));
    }

    private Task waitFor(String key, String number) throws InterruptedException {
        for (int attempt = 0; attempt < 150; attempt++) {
            Task task = tasks.createTaskQuery()
                    .taskDefinitionKey(key)
                    .processInstanceBusinessKey(number)
                    .singleResult();
            if (task != null) {
                return task;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("No " + key);
    }

    private JsonNode post(String person, String path, String body) throws Exception {
        String login =
                Base64.getEncoder().encodeToString((person + ":Jiefeng-Demo-1").getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(address() + path))
                        .header("Authorization", "Basic " + login)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    private static byte[] picture(String text) throws IOException {
        BufferedImage image = new BufferedImage(1200, 800, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(0xd0ebff));
        graphics.fillRect(0, 0, 1200, 800);
        graphics.setColor(new Color(text.hashCode() & 0x7f7f7f));
        graphics.fillOval(300, 100, 600, 600);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
