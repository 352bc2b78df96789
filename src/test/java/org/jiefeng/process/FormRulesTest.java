package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.camunda.bpm.engine.BadUserRequestException;
import org.jiefeng.appeal.CaseSheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What the browser would not let through, sent by hand to the real forms. */
class FormRulesTest {

    private static final Map<String, Object> JUDGEMENT = Map.of(
            "managerJudgement", "SUPPORT",
            "judgementReasonCode", "MEASURES_SUFFICIENT",
            "judgementReason", "The measures do what is needed");

    private static final Map<String, Object> CONTACT = Map.of(
            "contactChannel", "PORTAL",
            "contactedOn", "2026-03-02",
            "contactAnswer", "NO_NEWS",
            "contactNote", "Nothing yet");

    static CaseForms forms(Locale language) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("i18n/appeal");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new CaseForms(mock(CaseSheet.class), mock(), new ObjectMapper(), new FormRules(messages, language));
    }

    private static void submit(String form, Map<String, Object> answers) throws IOException {
        forms(Locale.ENGLISH).divide(Files.readString(Path.of("forms", form)), answers);
    }

    private static Map<String, Object> with(Map<String, Object> answers, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(answers);
        changed.put(field, value);
        return changed;
    }

    private static Map<String, Object> without(Map<String, Object> answers, String field) {
        Map<String, Object> changed = new HashMap<>(answers);
        changed.remove(field);
        return changed;
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(String form, Map<String, Object> answers) {
        return assertThatThrownBy(() -> submit(form, answers)).isInstanceOf(BadUserRequestException.class);
    }

    @Test
    void properAnswersPass() {
        assertThatCode(() -> {
                    submit("judge-report.form", JUDGEMENT);
                    submit("contact-carrier.form", CONTACT);
                    submit("contact-carrier.form", with(CONTACT, "enteredDailyCap", "50"));
                    submit("self-check.form", Map.of("scriptFollowed", true, "capKept", true, "hoursKept", true));
                    submit(
                            "submit-through-portal.form",
                            Map.of(
                                    "channelUsed",
                                    "PORTAL",
                                    "ticketNumber",
                                    "T-1/26",
                                    "submittedAt",
                                    "2026-03-02T09:30"));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void numberKeepsItsBounds() {
        assertRefused("contact-carrier.form", with(CONTACT, "enteredDailyCap", 10_001))
                .hasMessage("Daily cap: at most 10000.");
        assertRefused("contact-carrier.form", with(CONTACT, "enteredDailyCap", -1))
                .hasMessage("Daily cap: at least 1.");
        assertRefused("contact-carrier.form", with(CONTACT, "enteredDailyCap", 79.5))
                .hasMessage("Daily cap: must be a whole number.");
        assertRefused("contact-carrier.form", with(CONTACT, "enteredDailyCap", "many"))
                .hasMessage("Daily cap: must be a number.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void blankIsMissing(String reason) {
        assertRefused("judge-report.form", with(JUDGEMENT, "judgementReason", reason))
                .hasMessage("Reason in words: is required.");
    }

    @Test
    void everyMissingFieldIsNamed() {
        assertRefused("judge-report.form", without(without(JUDGEMENT, "judgementReason"), "managerJudgement"))
                .hasMessage("Your judgement: is required. Reason in words: is required.");
        assertRefused("contact-carrier.form", without(CONTACT, "contactedOn")).hasMessage("On: is required.");
    }

    @Test
    void textKeepsItsLength() {
        assertRefused("judge-report.form", with(JUDGEMENT, "judgementReason", "Fine     "))
                .hasMessage("Reason in words: at least 10 characters.");
        assertRefused("judge-report.form", with(JUDGEMENT, "judgementReason", "x".repeat(4001)))
                .hasMessage("Reason in words: at most 4000 characters.");
    }

    @Test
    void textFollowsItsPattern() {
        assertRefused(
                        "submit-through-portal.form",
                        Map.of(
                                "channelUsed",
                                "PORTAL",
                                "ticketNumber",
                                "<b>ticket</b>",
                                "submittedAt",
                                "2026-03-02T09:30"))
                .hasMessage("Ticket number: Between 3 and 64 letters, digits or . _ / -");
    }

    @Test
    void onlyTheFormsOwnChoicesAreTaken() {
        assertRefused("judge-report.form", with(JUDGEMENT, "managerJudgement", "APPROVE"))
                .hasMessage("Your judgement: must be one of the choices.");
        assertRefused("contact-carrier.form", with(CONTACT, "contactAnswer", "GIVEN_UP"))
                .hasMessage("The carrier’s answer: must be one of the choices.");
    }

    @Test
    void mustBeConfirmed() {
        assertRefused("sign-off-training.form", Map.of())
                .hasMessage("I have looked at the results and sign off the training: must be confirmed.");
        assertRefused("sign-off-training.form", Map.of("signOffConfirmed", false))
                .hasMessageContaining("must be confirmed");
        assertRefused("sign-off-training.form", Map.of("signOffConfirmed", "perhaps"))
                .hasMessageContaining("must be one of the choices");
    }

    @Test
    void fieldThatMayBeHiddenIsCheckedWhenItBringsAValue() {
        assertRefused("contact-carrier.form", with(CONTACT, "promisedOn", "soon"))
                .hasMessage("Answer promised for: must be a date.");
        assertRefused("contact-carrier.form", with(CONTACT, "rejectionReasonCode", "BAD_LUCK"))
                .hasMessageContaining("must be one of the choices");
        // Hidden with its group.
        assertRefused("contact-carrier.form", with(CONTACT, "enteredDailyCap", 0))
                .hasMessageContaining("at least 1.");
    }

    @Test
    void speaksTheDeploymentsLanguage() throws IOException {
        byte[] form = FormTranslation.translate(Files.readAllBytes(Path.of("forms/contact-carrier.form")), "zh");

        assertThatThrownBy(() -> forms(Locale.CHINESE)
                        .divide(new String(form, StandardCharsets.UTF_8), with(CONTACT, "enteredDailyCap", 10_001)))
                .isInstanceOf(BadUserRequestException.class)
                .hasMessageMatching("\\p{IsHan}+：不能大于10000。");
    }
}
