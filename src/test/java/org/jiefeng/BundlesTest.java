package org.jiefeng;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The message bundles say the same in both languages, and have a text for whatever a timeline may show. */
class BundlesTest {

    private static final Path BUNDLES = Path.of("src/main/resources/i18n");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+[^}]*}");
    private static final Pattern LETTERS = Pattern.compile("\\p{L}");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    private static final Pattern RECORDED = Pattern.compile("(?s)timeline\\s*\\.record\\((.*?)\\);");
    private static final Pattern KIND = Pattern.compile("\"([A-Z]+(?:_[A-Z]*)*)\"");

    /** Kinds that are put together from a prefix and a code; a new prefix needs a row here. */
    private static final Map<String, Set<String>> CODES = Map.of(
            "STAGE_", codes(Stage.values(), "REGISTERED", "CLOSED"),
            "CLOSED_", codes(Outcome.values()),
            "NOTICE_DETAILS_", Set.of("RECEIVED", "NO_ANSWER"),
            "MEASURE_", Set.of("KEPT", "PARTLY", "BROKEN", "NOT_YET"),
            "MATTER_", Set.of("AGAIN", "FOLLOWED", "BY_HAND", "DONE", "HEALED"),
            "REOPENING_", Set.of("REQUESTED", "REOPENED", "REFUSED", "NOT_ALLOWED"),
            "CARRIER_DECIDED_", Set.of("REINSTATED", "CONDITIONAL", "REJECTED"));

    private static Set<String> codes(Enum<?>[] values, String... neverRecorded) {
        Set<String> codes = Stream.of(values).map(Enum::name).collect(toSet());
        codes.removeAll(Set.of(neverRecorded));
        return codes;
    }

    static Stream<String> bundles() {
        return files(BUNDLES, ".properties").stream()
                .map(file -> file.getFileName().toString().replaceFirst("(_zh)?\\.properties$", ""))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyTextHasItsCounterpartInChinese(String bundle) {
        Map<String, String> english = texts(bundle);
        Map<String, String> chinese = texts(bundle + "_zh");

        assertThat(chinese.keySet()).isEqualTo(english.keySet());
        english.forEach(
                (key, text) -> assertThat(CHINESE.matcher(text).find()).as(key).isFalse());
        chinese.forEach((key, text) -> {
            // A separator or a pattern of placeholders has no words to translate.
            if (LETTERS.matcher(PLACEHOLDER.matcher(text).replaceAll("")).find()) {
                assertThat(CHINESE.matcher(text).find()).as(key).isTrue();
            }
            assertThat(placeholders(text)).as(key).isEqualTo(placeholders(english.getOrDefault(key, "")));
        });
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(toSet());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void apostropheBesideAPlaceholderIsDoubled(String bundle) {
        // MessageFormat swallows a single one, and the placeholder after it.
        Stream.of(texts(bundle), texts(bundle + "_zh"))
                .flatMap(texts -> texts.entrySet().stream())
                .forEach(text -> {
                    if (PLACEHOLDER.matcher(text.getValue()).find()) {
                        assertThat(text.getValue().replace("''", ""))
                                .as(text.getKey())
                                .doesNotContain("'");
                    }
                });
    }

    @Test
    void everyBundleIsReadByTheApplicationAndNoKeyStandsInTwo() throws IOException {
        String settings = Files.readString(Path.of("src/main/resources/application.yaml"));
        List<String> keys = new ArrayList<>();

        assertThat(bundles()).isNotEmpty().allSatisfy(bundle -> {
            assertThat(settings).containsPattern("i18n/" + bundle + "\\b");
            keys.addAll(texts(bundle).keySet());
        });
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void everyKindOnTheTimelineHasAText() {
        Set<String> known =
                bundles().flatMap(bundle -> texts(bundle).keySet().stream()).collect(toSet());

        assertThat(recordedKinds())
                .isNotEmpty()
                .allSatisfy(kind -> assertThat(known).contains("timeline." + kind));
    }

    private static Set<String> recordedKinds() {
        Set<String> kinds = new TreeSet<>();
        for (Path file : files(Path.of("src/main/java"), ".java")) {
            RECORDED.matcher(read(file)).results().forEach(call -> {
                List<String> named = KIND.matcher(call.group(1))
                        .results()
                        .map(kind -> kind.group(1))
                        .toList();
                assertThat(named).as("kinds in %s of %s", call.group(), file).isNotEmpty();
                named.forEach(kind -> {
                    if (kind.endsWith("_")) {
                        assertThat(CODES).as("%s", file).containsKey(kind);
                        CODES.getOrDefault(kind, Set.of()).forEach(code -> kinds.add(kind + code));
                    } else {
                        kinds.add(kind);
                    }
                });
            });
        }
        return kinds;
    }

    private static Map<String, String> texts(String bundle) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(bundle + ".properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, text) -> texts.put(key.toString(), text.toString()));
        return texts;
    }

    private static List<Path> files(Path folder, String extension) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
