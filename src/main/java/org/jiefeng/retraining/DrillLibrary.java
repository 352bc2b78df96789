package org.jiefeng.retraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jiefeng.retraining.CourseLibrary.Text;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The conversations that are practised (R73), one file a course under {@code drills/}: a score sheet and the scenarios it
 * is used for, both languages side by side.
 */
@Component
class DrillLibrary {

    /** What the points of a sheet add up to. */
    static final int FULL_MARKS = 100;

    /** Read when the first one is asked for, not at every start. */
    private final SingletonSupplier<Map<String, List<Scenario>>> scenarios;

    DrillLibrary(ObjectMapper json, Locale deploymentLocale) {
        scenarios = SingletonSupplier.of(() -> readAll(json, deploymentLocale.getLanguage()));
    }

    /** What a scenario is graded by. */
    record Criterion(String name, int points) {}

    /**
     * A conversation to play, in the deployment's language.
     *
     * @param role whom the trainer plays
     * @param opening what the trainer says first
     * @param difficulties what the trainer brings in on the way
     */
    record Scenario(
            String code,
            String course,
            String title,
            String role,
            String opening,
            List<String> difficulties,
            List<Criterion> criteria) {}

    private static Map<String, List<Scenario>> readAll(ObjectMapper json, String language) {
        Map<String, List<Scenario>> all = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:/drills/*.yaml")) {
                DrillFile drills = CourseLibrary.parse(file, json, DrillFile.class);
                drills.check();
                all.put(drills.course, drills.in(language));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** The scenarios of a course; none where nobody has written any. */
    List<Scenario> of(String course) {
        return Objects.requireNonNull(scenarios.obtain()).getOrDefault(course, List.of());
    }

    /** A criterion as the file has it. */
    record CriterionText(int points, Text name) {}

    /** A scenario as the file has it. */
    record ScenarioText(String code, Text title, Text role, Text opening, List<Text> difficulties) {}

    /** The drills of a course as their file has them. */
    record DrillFile(String course, List<CriterionText> criteria, List<ScenarioText> scenarios) {

        private void check() {
            int sum = criteria.stream().mapToInt(CriterionText::points).sum();
            if (sum != FULL_MARKS) {
                throw new IllegalStateException("The score sheet of " + course + " adds up to " + sum);
            }
            boolean complete = Stream.concat(
                            criteria.stream().map(CriterionText::name),
                            scenarios.stream()
                                    .flatMap(scenario -> Stream.concat(
                                            Stream.of(scenario.title, scenario.role, scenario.opening),
                                            scenario.difficulties.stream())))
                    .flatMap(text -> Stream.of(text.en(), text.zh()))
                    .noneMatch(String::isBlank);
            if (!complete || scenarios.isEmpty()) {
                throw new IllegalStateException("The drills of " + course + " lack a text");
            }
        }

        private List<Scenario> in(String language) {
            List<Criterion> sheet = criteria.stream()
                    .map(criterion -> new Criterion(criterion.name.in(language), criterion.points))
                    .toList();
            return scenarios.stream()
                    .map(scenario -> new Scenario(
                            course + "-" + scenario.code,
                            course,
                            scenario.title.in(language),
                            scenario.role.in(language),
                            scenario.opening.in(language),
                            scenario.difficulties.stream()
                                    .map(one -> one.in(language))
                                    .toList(),
                            sheet))
                    .toList();
        }
    }
}
