package org.jiefeng.retraining;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The courses and their question banks, one file a course under {@code courses/}, both languages side by side.
 *
 * <p>They are files and not rows because they are versioned with the application; a paper keeps its questions as they were
 * shown.
 */
@Component
class CourseLibrary {

    /** What every option list must have. */
    private static final int OPTIONS = 4;

    /** Read when the first one is asked for, not at every start. */
    private final SingletonSupplier<Map<String, Course>> courses;

    CourseLibrary(ObjectMapper json, Locale deploymentLocale) {
        courses = SingletonSupplier.of(() -> readAll(json, deploymentLocale.getLanguage()));
    }

    private static Map<String, Course> readAll(ObjectMapper json, String language) {
        Map<String, Course> courses = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:/courses/*.yaml")) {
                Course course = read(file, json).in(language);
                courses.put(course.code(), course);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return courses;
    }

    Optional<Course> find(String code) {
        return Optional.ofNullable(courses.obtain().get(code));
    }

    /** @throws IllegalArgumentException when a decision names a course we do not have */
    Course get(String code) {
        return find(code).orElseThrow(() -> new IllegalArgumentException("No course " + code));
    }

    Collection<Course> all() {
        return courses.obtain().values();
    }

    static CourseFile read(Resource file, ObjectMapper json) throws IOException {
        try (InputStream content = file.getInputStream()) {
            Object parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(content);
            CourseFile course = json.convertValue(parsed, new TypeReference<>() {});
            course.check();
            return course;
        }
    }

    /** A text in both languages. */
    record Text(String en, String zh) {

        String in(String language) {
            return language.equals("zh") ? zh : en;
        }
    }

    /** A section as the file has it. */
    record SectionText(Text title, Text text) {}

    /** A question as the file has it, the right option first. */
    record QuestionText(Text prompt, List<Text> options) {}

    /** A course as its file has it. */
    record CourseFile(String code, Text name, List<SectionText> sections, List<QuestionText> questions) {

        private void check() {
            Stream<@Nullable String> texts = Stream.concat(
                            Stream.of(name),
                            Stream.concat(
                                    sections.stream().flatMap(section -> Stream.of(section.title, section.text)),
                                    questions.stream()
                                            .flatMap(question -> Stream.concat(
                                                    Stream.of(question.prompt), question.options.stream()))))
                    .flatMap(text -> Stream.of(text.en(), text.zh()));
            boolean complete = texts.allMatch(text -> text != null && !text.isBlank())
                    && questions.stream().allMatch(question -> question.options.size() == OPTIONS);
            if (!complete) {
                throw new IllegalStateException("Course " + code + " lacks a text or an option");
            }
        }

        Course in(String language) {
            List<Course.Question> bank = new ArrayList<>();
            for (QuestionText question : questions) {
                bank.add(new Course.Question(
                        code + "-" + (bank.size() + 1),
                        question.prompt.in(language),
                        question.options.stream()
                                .map(option -> option.in(language))
                                .toList()));
            }
            return new Course(
                    code,
                    name.in(language),
                    sections.stream()
                            .map(section -> new Course.Section(
                                    section.title.in(language),
                                    List.of(section.text.in(language).strip().split("\\n\\s*\\n"))))
                            .toList(),
                    List.copyOf(bank));
        }
    }
}
