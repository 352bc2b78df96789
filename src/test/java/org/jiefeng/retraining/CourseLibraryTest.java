package org.jiefeng.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every course a decision may name exists, can be learnt from and can be examined, in both languages. */
class CourseLibraryTest {

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    @Test
    void coursesOfTheDecisionAndOfTheLibraryAreTheSame() throws IOException {
        String decision = Files.readString(Path.of("processes/retraining-plan.dmn"));
        Set<String> named = new HashSet<>();
        Pattern.compile("<outputEntry[^>]*>\\s*<text>\"([A-Z_]+)\"</text>")
                .matcher(decision)
                .results()
                .forEach(found -> named.add(found.group(1)));

        assertThat(library("en").all())
                .extracting(Course::code)
                .containsExactlyInAnyOrderElementsOf(named)
                .hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void everyCourseSaysEnoughAndAsksFairly(String language) throws IOException {
        assertThat(library(language).all()).allSatisfy(course -> {
            assertThat(length(course, language)).isGreaterThanOrEqualTo(150);
            assertThat(course.questions()).hasSizeGreaterThanOrEqualTo(5);
            assertThat(course.questions()).extracting(Course.Question::code).doesNotHaveDuplicates();
            assertThat(course.questions()).allSatisfy(question -> {
                assertThat(question.options()).hasSize(4).doesNotHaveDuplicates();
                assertThat(question.prompt().length()).isLessThanOrEqualTo(600);
                assertThat(question.options())
                        .allSatisfy(option -> assertThat(option.length()).isLessThanOrEqualTo(300));
                assertThat(HAN.matcher(question.prompt()).find()).isEqualTo(language.equals("zh"));
            });
        });
    }

    private static long length(Course course, String language) {
        List<String> paragraphs = course.sections().stream()
                .flatMap(section -> section.paragraphs().stream())
                .toList();
        return language.equals("zh")
                ? paragraphs.stream()
                        .mapToLong(text -> HAN.matcher(text).results().count())
                        .sum()
                : paragraphs.stream()
                        .mapToLong(text -> text.split("\\s+").length)
                        .sum();
    }

    private static CourseLibrary library(String language) throws IOException {
        return new CourseLibrary(new ObjectMapper(), Locale.forLanguageTag(language));
    }
}
