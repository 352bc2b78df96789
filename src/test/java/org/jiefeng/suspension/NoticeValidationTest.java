package org.jiefeng.suspension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class NoticeValidationTest {

    static final Path SAMPLES = Path.of("samples", "notices");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");

    private final NoticeValidation validation = validation(Locale.ENGLISH);

    private static NoticeValidation validation(Locale language) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames("i18n/suspension");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new NoticeValidation(messages, language, Clock.fixed(NOW, ZoneId.of("UTC")));
    }

    static Stream<Path> goodSamples() {
        return files(SAMPLES);
    }

    static Stream<Path> badSamples() {
        return files(SAMPLES.resolve("bad"));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode right() {
        return (ObjectNode) json(SAMPLES.resolve("complaint.json"));
    }

    private NoticeValidation.Checked check(JsonNode notice) {
        return validation.check(JSON.convertValue(notice, NoticeRequest.class));
    }

    private List<String> wrongFields(JsonNode notice) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> check(notice));
        return refused == null
                ? List.of()
                : refused.problems().stream().map(FieldProblem::field).toList();
    }

    @ParameterizedTest
    @MethodSource("goodSamples")
    void goodSamplesAreRightAndNothingAboutThemIsUnusual(Path sample) {
        assertThat(check(json(sample)).warnings()).isEmpty();
    }

    @Test
    void everyCauseHasASample() {
        Set<Cause> causes = new HashSet<>();
        goodSamples()
                .forEach(sample -> causes.addAll(check(json(sample)).notice().causes()));

        assertThat(causes).containsExactlyInAnyOrder(Cause.values());
    }

    @ParameterizedTest
    @MethodSource("badSamples")
    void badSamplesAreRefusedForExactlyTheirWrongFields(Path sample) {
        List<String> expected = new ArrayList<>();
        json(sample).path("expectedFields").forEach(field -> expected.add(field.asText()));

        assertThat(wrongFields(json(sample).path("notice"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void reasonsAndMessagesNeverRepeatWhatWasTyped() {
        badSamples()
                .forEach(sample -> assertThatExceptionOfType(InvalidInputException.class)
                        .isThrownBy(() -> check(json(sample).path("notice")))
                        .satisfies(refused -> assertThat(refused.getMessage() + refused.problems())
                                .doesNotContain("110105", "13800000001", "8986001", "VODAFONE")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24, true",
        "2026-11-25, false",
        "1926-11-24, false",
        "24.11.2026, false",
        "2026-02-30, false",
    })
    void complaintIsPassedOnOnAPastDay(String typed, boolean right) {
        assertThat(wrongFields(right().put("forwardedOn", typed)))
                .isEqualTo(right ? List.of() : List.of("forwardedOn"));
    }

    @ParameterizedTest
    @CsvSource({"批次-2026/11, true", "#9, false", "a, false", "two words, false", "<b>bold, false"})
    void incidentIsNamedByAReference(String typed, boolean right) {
        assertThat(wrongFields(right().put("incidentReference", typed)))
                .isEqualTo(right ? List.of() : List.of("incidentReference"));
    }

    @Test
    void numberAt12321NeedsItsDay() {
        assertThat(wrongFields(right().put("forwardedReference", "12321-77"))).containsExactly("forwardedOn");
    }

    /** Else every notice that was stored before this field came would be another one when it is sent again. */
    @Test
    void noticeThatNamesNoForwardingIsTheSameAsBeforeThereWasOne() {
        String plain = check(right()).notice().content();

        assertThat(plain.split("\u001f", -1)).hasSize(19);
        assertThat(check(right().put("forwardedOn", "2026-11-18")).notice().content())
                .startsWith(plain)
                .isNotEqualTo(
                        check(right().put("forwardedOn", "2026-11-19")).notice().content());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:00:00+08:00, true",
        "2026-11-24T10:00:00,       true",
        "2026-11-24T02:00:00Z,      true",
        "2026-11-24T10:00:01,       false",
        "2026-11-24T03:00:00Z,      false",
        "2026-11-24,                false",
        "2026-02-29T10:00:00,       false",
        "0026-11-20T10:00:00,       false",
        "+10026-11-20T10:00:00Z,    false",
        "-999999999-01-01T00:00:00Z, false",
        "now,                       false"
    })
    void suspensionIsAPastTimeOfShanghai(String typed, boolean right) {
        assertThat(wrongFields(right().put("suspendedAt", typed)))
                .isEqualTo(right ? List.of() : List.of("suspendedAt"));
    }

    @Test
    void aLocalTimeIsOneOfShanghai() {
        assertThat(check(right().put("suspendedAt", "2026-11-20T09:30:00"))
                        .notice()
                        .suspendedAt())
                .isEqualTo(Instant.parse("2026-11-20T01:30:00Z"));
    }

    @Test
    void aFailingCreditCodeNeedsAReasonAndThenWarns() {
        ObjectNode notice = right().put("socialCreditCode", "91310115MA1H8R7C6D");
        assertThat(wrongFields(notice)).containsExactly("socialCreditCode");

        notice.put("creditCodeOverride", "  ");
        assertThat(wrongFields(notice)).containsExactly("socialCreditCode");

        notice.put("creditCodeOverride", "Checked against the licence");
        assertThat(check(notice).warnings()).extracting(FieldProblem::field).containsExactly("socialCreditCode");
        assertThat(check(notice).notice().creditCodeOverride()).isEqualTo("Checked against the licence");
    }

    @Test
    void noReasonHelpsACodeThatIsNotEvenOneByForm() {
        ObjectNode notice =
                right().put("socialCreditCode", "91310115MA1H8R7CIO").put("creditCodeOverride", "sure");

        assertThat(wrongFields(notice)).containsExactly("socialCreditCode");
    }

    @Test
    void unusualCardsAndPrefixesWarnOnly() {
        ObjectNode notice = right().put("carrier", "CHINA_TELECOM")
                .put("mobile", "19200000001")
                .put("iccid", "89860012345678901230");

        assertThat(check(notice).warnings())
                .extracting(FieldProblem::field)
                .containsExactly("mobile", "iccid", "iccid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0007b", "\ud83d", "x\udc00y", "a\u001bb"})
    void textsNoDatabaseTakesAreNamedAndNotStumbledOver(String text) {
        assertThat(wrongFields(right().put("noticeText", text))).containsExactly("noticeText");
    }

    @Test
    void everydayChinesePunctuationAndEmojiPass() {
        assertThat(wrongFields(right().put("noticeText", "您的号码“138”已被限制呼出——详询10086。\n𠮷 🙏\t")))
                .isEmpty();
    }

    @Test
    void everyReasonExistsInBothLanguages() throws IOException {
        assertThat(keys("")).isEqualTo(keys("_zh"));
        JsonNode missing = json(SAMPLES.resolve("bad/everything-missing.json")).path("notice");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() ->
                        validation(Locale.SIMPLIFIED_CHINESE).check(JSON.convertValue(missing, NoticeRequest.class)))
                .satisfies(refused -> assertThat(refused.problems())
                        .allSatisfy(problem -> assertThat(problem.reason()).containsPattern("\\p{IsHan}")));
    }

    private static Set<String> keys(String language) throws IOException {
        Properties texts = new Properties();
        try (var in =
                Files.newBufferedReader(Path.of("src/main/resources/i18n/suspension" + language + ".properties"))) {
            texts.load(in);
        }
        return texts.stringPropertyNames();
    }

    @Test
    void equalNoticesHaveEqualContentWhateverTheSpelling() {
        ObjectNode spelt = right();
        spelt.put("mobile", "+86 " + spelt.get("mobile").asText().replaceAll("(...)(....)(....)", "$1-$2-$3"));
        String there = check(right())
                .notice()
                .suspendedAt()
                .atOffset(java.time.ZoneOffset.UTC)
                .toString();
        spelt.put("suspendedAt", there);

        assertThat(check(spelt).notice().content())
                .isEqualTo(check(right()).notice().content());
    }

    @Test
    void everyFieldBelongsToTheContent() {
        String content = check(right()).notice().content();
        for (var change : java.util.Map.of(
                        "iccid", "8986001234567890123",
                        "idNumber", "11010519491231002X",
                        "socialCreditCode", "91350100M000100Y43",
                        "noticeText", "other",
                        "statedReason", "other",
                        "remedyChannel", "other",
                        "requiredMaterials", "other",
                        "state", "UNDER_REVIEW",
                        "ruleCode", "R-1",
                        "expiresAt", "2027-01-01T00:00:00Z")
                .entrySet()) {
            assertThat(check(right().put(change.getKey(), change.getValue()))
                            .notice()
                            .content())
                    .as(change.getKey())
                    .isNotEqualTo(content);
        }
    }

    @Test
    void logsSeeOnlyTheNumberOfANotice() {
        assertThat(check(right()).notice().toString())
                .isEqualTo("Notice[" + right().get("noticeId").asText() + "]");
    }
}
