package org.jiefeng.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every course can be practised, at least twice differently, in both languages. */
class DrillLibraryTest {

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void everyCourseHasTwoScenariosWithASheetOfAHundredPoints(String language) {
        Locale locale = Locale.forLanguageTag(language);
        DrillLibrary drills = new DrillLibrary(new ObjectMapper(), locale);

        assertThat(new CourseLibrary(new ObjectMapper(), locale).all()).allSatisfy(course -> {
            assertThat(drills.of(course.code())).hasSizeGreaterThanOrEqualTo(2);
            assertThat(drills.of(course.code()))
                    .extracting(DrillLibrary.Scenario::code)
                    .doesNotHaveDuplicates();
            assertThat(drills.of(course.code())).allSatisfy(scenario -> {
                assertThat(scenario.criteria()).hasSizeBetween(4, 10);
                assertThat(scenario.criteria().stream()
                                .mapToInt(DrillLibrary.Criterion::points)
                                .sum())
                        .isEqualTo(DrillLibrary.FULL_MARKS);
                assertThat(scenario.criteria())
                        .extracting(DrillLibrary.Criterion::name)
                        .doesNotHaveDuplicates();
                assertThat(scenario.difficulties()).isNotEmpty();
                assertThat(HAN.matcher(scenario.role() + scenario.opening()).find())
                        .isEqualTo(language.equals("zh"));
                assertThat(String.join("\n", scenario.difficulties()).length()).isLessThanOrEqualTo(4000);
            });
        });
    }
}
