package org.jiefeng;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Chinese texts of Camunda's web apps say everything that their English texts say. */
class WebappTranslationTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}|%[sd]");
    private static final Pattern WORDS = Pattern.compile("[a-z]{3,} [a-z]{2,}");

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "welcome", "admin", "cockpit"})
    void everyTextHasAChineseCounterpart(String app) throws IOException {
        assertThat(texts(app, "zh").keySet())
                .containsExactlyInAnyOrderElementsOf(texts(app, "en").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "welcome", "admin", "cockpit"})
    void placeholdersSurviveTranslation(String app) throws IOException {
        Map<String, String> chinese = texts(app, "zh");

        texts(app, "en")
                .forEach((key, english) -> assertThat(placeholders(chinese.getOrDefault(key, "")))
                        .as("%s: %s", app, key)
                        .containsExactlyInAnyOrderElementsOf(placeholders(english)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "welcome", "admin", "cockpit"})
    void noSentenceIsLeftInEnglish(String app) throws IOException {
        Map<String, String> english = texts(app, "en");

        assertThat(texts(app, "zh"))
                .allSatisfy(
                        (key, chinese) -> assertThat(WORDS.matcher(chinese).find() && chinese.equals(english.get(key)))
                                .as("%s: %s", app, key)
                                .isFalse());
    }

    private static Map<String, String> texts(String app, String language) throws IOException {
        String path = "/META-INF/resources/webjars/camunda/app/" + app + "/locales/" + language + ".json";
        try (InputStream file = WebappTranslationTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            Map<String, String> texts = new TreeMap<>();
            collect("", new ObjectMapper().readTree(file), texts);
            return texts;
        }
    }

    private static void collect(String path, JsonNode node, Map<String, String> texts) {
        if (node.isObject()) {
            node.properties().forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), texts));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), texts);
            }
        } else {
            texts.put(path, node.asText());
        }
    }

    private static List<String> placeholders(String text) {
        List<String> found = new ArrayList<>();
        var matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1) == null ? matcher.group() : matcher.group(1));
        }
        return found;
    }
}
