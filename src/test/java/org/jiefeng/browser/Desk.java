package org.jiefeng.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/** One person's desk: signed in to Tasklist in a browser of one's own, working by what stands on the screen. */
final class Desk implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int ATTEMPTS = 8;

    private final BrowserContext context;
    private final Page page;
    private final String address;
    private final String story;
    private final Counter counter;

    /** Numbers the pictures of a story over all desks. */
    static final class Counter {
        private int next = 1;

        synchronized int next() {
            return next++;
        }
    }

    Desk(Browser browser, String address, String user, String story, Counter counter) {
        this(browser, address, user, story, counter, "/");
    }

    /** @param wanted the page that is asked for before signing in */
    Desk(Browser browser, String address, String user, String story, Counter counter, String wanted) {
        this.address = address;
        this.story = story;
        this.counter = counter;
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1400, 1100).setTimezoneId("Asia/Shanghai"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.navigate(address + wanted);
        page.locator("#username").fill(user);
        page.locator("#password").fill("Jiefeng-Demo-1");
        page.locator("button[type=submit]").click();
        page.waitForURL("**/camunda/app/tasklist/**");
        page.getByText(Pattern.compile("My tasks|我的任务")).first().waitFor();
    }

    Page page() {
        return page;
    }

    /** Opens one's own task, or claims one of the group's. */
    void open(String taskName, String appealNumber) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (attempt > 1) {
                // Reloading while the page still asks for things would cut its answers off.
                page.waitForTimeout(1_500);
                page.reload();
            }
            for (String filter : List.of("My tasks", "My group's tasks")) {
                page.getByText(filter).first().click();
                Locator card = page.locator("li.task")
                        .filter(new Locator.FilterOptions().setHasText(taskName))
                        .filter(new Locator.FilterOptions().setHasText(appealNumber))
                        .first();
                try {
                    card.waitFor(new Locator.WaitForOptions().setTimeout(3_000));
                } catch (TimeoutError e) {
                    continue;
                }
                card.locator("h4 a").click();
                page.locator(".task-details, .task-card, [cam-tasklist-task]")
                        .first()
                        .waitFor();
                if (filter.startsWith("My group")) {
                    page.getByText("Claim", new Page.GetByTextOptions().setExact(true))
                            .first()
                            .click();
                }
                page.locator(".fjs-container, form[name]").first().waitFor();
                page.waitForTimeout(700);
                return;
            }
        }
        shot("missing-" + taskName);
        throw new AssertionError("No task '" + taskName + "' of " + appealNumber);
    }

    void write(String label, String text) {
        field(label).fill(text);
    }

    void tick(String label) {
        field(label).check();
    }

    void choose(String answer) {
        field(answer).check();
    }

    private Locator field(String label) {
        // The browser reads the expression, so Java's own quoting would not be understood.
        String literal = label.replaceAll("[.*+?^${}()|\\[\\]\\\\]", "\\\\$0");
        return page.getByLabel(Pattern.compile("^\\s*" + literal)).first();
    }

    /** Chooses from a list of a Camunda Form. */
    void pick(String label, String answer) {
        Locator select = page.locator(".fjs-form-field-select")
                .filter(new Locator.FilterOptions().setHasText(label))
                .first();
        select.locator(".fjs-input-group").click();
        page.locator(".fjs-dropdownlist-item")
                .filter(new Locator.FilterOptions().setHasText(answer))
                .first()
                .click();
    }

    /** Types a day into a date field of a Camunda Form, found by the end of its id. */
    void day(String key, LocalDate day) {
        Locator input = page.locator(".fjs-form-field-datetime")
                .filter(new Locator.FilterOptions().setHas(page.locator("[id*='Field_" + key + "']")))
                .locator("input")
                .first();
        input.fill(DateTimeFormatter.ofPattern("MM/dd/yyyy").format(day));
        input.press("Enter");
        input.press("Tab");
    }

    /** Types this moment, to the minute before, into a date-and-time field of a Camunda Form. */
    void moment(String key) {
        LocalDateTime now = LocalDateTime.now(ZoneId.of("Asia/Shanghai")).minusMinutes(1);
        day(key, now.toLocalDate());
        Locator time = page.locator("[id$='Field_" + key + "-time']");
        time.fill(DateTimeFormatter.ofPattern("HH:mm").format(now));
        time.press("Enter");
        time.press("Tab");
    }

    /** Completes the open task; the list takes its place. */
    void complete(String picture) {
        shot(picture);
        // Leaving the last field lets the form check it now, and not while the button moves away under the mouse.
        page.keyboard().press("Tab");
        page.waitForTimeout(500);
        Locator complete = page.locator("button.btn-primary:visible")
                .filter(new Locator.FilterOptions().setHasText("Complete"))
                .first();
        for (int attempt = 1; ; attempt++) {
            try {
                Response answer = page.waitForResponse(
                        response -> response.url().endsWith("/submit-form"),
                        new Page.WaitForResponseOptions().setTimeout(8_000),
                        complete::click);
                if (answer.status() >= 400) {
                    shot("refused-" + picture);
                    throw new AssertionError("Refused: " + answer.text());
                }
                return;
            } catch (TimeoutError e) {
                if (complete.count() == 0) {
                    // The answer took longer on a busy machine; the task is done and the list has taken its place.
                    return;
                }
                // A click that falls into a re-drawing of the form is lost, for people too: they click again.
                if (attempt == 4) {
                    shot("stuck-" + picture);
                    throw new AssertionError(
                            "Could not complete: " + page.locator("body").innerText(), e);
                }
            }
        }
    }

    /** A picture for the build's output: {@code target/screenshots/story/01-name.png}. */
    void shot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS
                        .resolve(story)
                        .resolve("%02d-%s.png".formatted(counter.next(), name.replace(' ', '-')))));
    }

    @Override
    public void close() {
        context.close();
    }
}
