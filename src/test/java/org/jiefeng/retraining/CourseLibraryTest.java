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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
                .hasSize(12);
    }

    @ParameterizedTest
    @EnumSource(Course.Field.class)
    void everyFieldHasCoursesToChooseFrom(Course.Field field) {
        assertThat(library("en").all())
                .filteredOn(course -> course.field() == field)
                .hasSizeGreaterThanOrEqualTo(2);
    }

    /** Who always takes the longest answer, or the shortest, must not pass. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void rightAnswerIsNotKnownByItsLength(String language) {
        assertThat(library(language).all()).allSatisfy(course -> {
            int questions = course.questions().size();
            assertThat(course.questions().stream().filter(question -> stands(question, 1)))
                    .as("longest")
                    .hasSizeLessThanOrEqualTo(questions * 2 / 5);
            assertThat(course.questions().stream().filter(question -> stands(question, -1)))
                    .as("shortest")
                    .hasSizeLessThanOrEqualTo(questions * 9 / 20);
        });
    }

    private static boolean stands(Course.Question question, int sign) {
        int right = sign * question.options().get(0).length();
        return question.options().stream().skip(1).allMatch(option -> sign * option.length() < right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void everyCourseSaysEnoughAndAsksFairly(String language) {
        assertThat(library(language).all()).allSatisfy(course -> {
            assertThat(length(course, language)).isGreaterThanOrEqualTo(150);
            assertThat(course.sections()).hasSizeBetween(3, 5);
            assertThat(course.checklist()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(course.questions()).hasSizeGreaterThanOrEqualTo(10);
            assertThat(course.questions()).extracting(Course.Question::code).doesNotHaveDuplicates();
            assertThat(course.questions()).extracting(Course.Question::prompt).doesNotHaveDuplicates();
            assertThat(course.questions())
                    .extracting(Course.Question::topic)
                    .as("every section is asked about")
                    .containsAll(course.sections().stream()
                            .map(Course.Section::title)
                            .toList());
            assertThat(course.questions()).allSatisfy(question -> {
                assertThat(question.options()).hasSize(4).doesNotHaveDuplicates();
                assertThat(question.prompt().length()).isLessThanOrEqualTo(600);
                assertThat(question.options())
                        .allSatisfy(option -> assertThat(option.length()).isLessThanOrEqualTo(300));
                assertThat(HAN.matcher(question.prompt()).find()).isEqualTo(language.equals("zh"));
            });
        });
    }

    /** Chinese texts use Chinese punctuation. */
    @Test
    void chineseIsPunctuatedInChinese() throws IOException {
        Pattern half = Pattern.compile("\\p{IsHan}[,;:?!]|[,;:?!]\\p{IsHan}");
        for (String folder : List.of("courses", "drills")) {
            try (Stream<Path> files = Files.list(Path.of("src/main/resources", folder))) {
                assertThat(files)
                        .allSatisfy(file -> assertThat(Files.readAllLines(file))
                                .extracting(CourseLibraryTest::chinese)
                                .noneMatch(text -> half.matcher(text).find()));
            }
        }
    }

    private static String chinese(String line) {
        int chinese = line.indexOf("zh: ");
        if (chinese < 0 && line.contains("en: ")) {
            return "";
        }
        return line.substring(Math.max(0, chinese)).replaceAll("https?://\\S+", "");
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

    private static CourseLibrary library(String language) {
        return new CourseLibrary(new ObjectMapper(), Locale.forLanguageTag(language));
    }
}
