package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Guards against an owner's upload that does nothing, and against one that does more than change rows. */
class DecisionRevisionsTest {

    private static final Path REMINDERS = Path.of("processes/reminders.dmn");

    private static ProcessEngine engine;
    private static DecisionRevisions revisions;

    @BeforeAll
    static void deploy() throws IOException {
        engine = TestEngine.configuration().buildProcessEngine();
        DeploymentBuilder deployment =
                engine.getRepositoryService().createDeployment().name("SpringAutoDeployment");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("processes"), "*.dmn")) {
            for (Path file : files) {
                deployment.addInputStream(file.getFileName().toString(), Files.newInputStream(file));
            }
        }
        deployment.deploy();
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("i18n/appeal");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        revisions = new DecisionRevisions(engine.getRepositoryService(), messages, Locale.ENGLISH);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static String reminders() throws IOException {
        return Files.readString(REMINDERS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String dueOfReport() {
        DmnDecisionRuleResult rule = engine.getDecisionService()
                .evaluateDecisionTableByKey("reminders", Map.of("task", "Task_ReportToManager", "severity", "HIGH"))
                .getSingleResult();
        return String.valueOf((Object) rule.getEntry("dueWorkingDays"));
    }

    @Test
    void everyFileIsListedAsDelivered() throws IOException {
        assertThat(revisions.inForce()).hasSizeGreaterThanOrEqualTo(8).allSatisfy(file -> {
            assertThat(file.title()).isNotBlank();
            assertThat(file.since()).isBeforeOrEqualTo(new Date().toInstant());
        });
        assertThat(new String(revisions.content("call-risk.dmn"), StandardCharsets.UTF_8))
                .isEqualToIgnoringWhitespace(Files.readString(Path.of("processes/call-risk.dmn")));
        assertThatThrownBy(() -> revisions.content("../pom.xml")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void everyDeliveredFileWouldBeTakenBack() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("processes"), "*.dmn")) {
            for (Path file : files) {
                String touched = Files.readString(file) + "\n";
                if (!file.equals(REMINDERS)) {
                    assertThat(revisions.revise(bytes(touched), "only a line break", "owner"))
                            .isEqualTo(file.getFileName().toString());
                }
            }
        }
    }

    @Test
    void aChangedRowIsInForceAtOnceAndSaysWhoAndWhy() throws IOException {
        String before = dueOfReport();
        String row = "Task_ReportToManager";
        String revised = reminders()
                .replaceFirst(
                        "(?s)(" + row + ".*?<outputEntry id=\"[^\"]+\">\\s*<text>)\\d+(</text>)",
                        "$1" + Matcher.quoteReplacement("77") + "$2");

        assertThat(revisions.revise(bytes(revised), "The union asked for it", "owner"))
                .isEqualTo("reminders.dmn");

        assertThat(before).isNotEqualTo(dueOfReport());
        assertThat(dueOfReport()).isEqualTo("77");
        assertThat(revisions.inForce())
                .filteredOn(file -> file.name().equals("reminders.dmn"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.version()).isEqualTo(2);
                    assertThat(file.note()).isEqualTo("owner: The union asked for it");
                });
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> revisions.revise(bytes(revised), "again", "owner"));
        // As delivered, for the other tests.
        revisions.revise(bytes(reminders()), "back", "owner");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<decision id=\"                        | <decision id=\"other-                         | no decision of this",
                "<decisionTable id=                     | <decisionTable hitPolicy=\"FIRST\" id=        | Only rows",
                "name=\"dueWorkingDays\"                | name=\"due\"                                  | Only rows",
                "<text>severity</text>                  | <text>task</text>                             | Only rows",
                "expressionLanguage=\"FEEL\"            | expressionLanguage=\"javascript\"             | Only FEEL",
                "<outputEntry id=                       | <outputEntry expressionLanguage=\"juel\" id=  | Only FEEL",
                "<text>\"Task_ReportToManager\"</text>  | <text>\"Task_ReportToManager</text>           | cannot be read",
                "New task: {task} ({number})            | New task: {task} of {employee}                | put for {employee}",
                "\"New task: {task} ({number})\"        | 5                                             | cannot be read: 5",
                "</definitions>                         | <!-- cut -->                                  | can be read",
                "<definitions                           | <!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><definitions | can be read",
            })
    void whatIsMoreThanARowIsRefused(String from, String to, String reason) throws IOException {
        String present = reminders();
        assertThat(present).contains(from);

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> revisions.revise(bytes(present.replace(from, to)), "better", "owner"))
                .satisfies(e -> assertThat(e.problems().get(0).reason()).contains(reason));
    }

    @Test
    void aRowWithoutASourceAndAChangeWithoutAReasonAreRefused() throws IOException {
        String without = reminders().replaceFirst("(?s)(<rule id=\"[^\"]+\">)\\s*<description>.*?</description>", "$1");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> revisions.revise(bytes(without), "better", "owner"))
                .satisfies(e -> assertThat(e.problems().get(0).reason()).contains("annotation"));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> revisions.revise(bytes(reminders() + " "), " ", "owner"))
                .satisfies(e -> assertThat(e.problems().get(0).field()).isEqualTo("reason"));
    }
}
