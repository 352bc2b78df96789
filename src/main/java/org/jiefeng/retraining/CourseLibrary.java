package org.jiefeng.retraining;

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

    private static CourseFile read(Resource file, ObjectMapper json) throws IOException {
        CourseFile course = parse(file, json, CourseFile.class);
        course.check();
        return course;
    }

    static <T> T parse(Resource file, ObjectMapper json, Class<T> type) throws IOException {
        try (InputStream content = file.getInputStream()) {
            return json.convertValue(new Yaml(new SafeConstructor(new LoaderOptions())).load(content), type);
        }
    }

    /** A text in both languages. */
    record Text(String en, String zh) {

        String in(String language) {
            return language.equals("zh") ? zh : en;
        }
    }

    /** A section as the file has it. */
    record SectionText(Text title, Text text, Text source) {}

    /** An example as the file has it. */
    record ExampleText(Text situation, Text bad, Text good, Text why) {

        Course.Example in(String language) {
            return new Course.Example(situation.in(language), bad.in(language), good.in(language), why.in(language));
        }
    }

    /**
     * A question as the file has it.
     *
     * @param section the section it is about, counted from 1
     * @param options the right one first
     */
    record QuestionText(int section, Text prompt, List<Text> options) {}

    /** A course as its file has it. */
    record CourseFile(
            String code,
            Course.Field field,
            int minutes,
            Text name,
            Text goal,
            List<SectionText> sections,
            ExampleText example,
            List<Text> checklist,
            List<QuestionText> questions) {

        private void check() {
            if (field == null || minutes <= 0 || checklist.isEmpty()) {
                throw new IllegalStateException("Course " + code + " lacks its field, length or checklist");
            }
            Stream<@Nullable String> texts = Stream.of(
                            Stream.of(name, goal, example.situation, example.bad, example.good, example.why),
                            sections.stream()
                                    .flatMap(section -> Stream.of(section.title, section.text, section.source)),
                            checklist.stream(),
                            questions.stream()
                                    .flatMap(question ->
                                            Stream.concat(Stream.of(question.prompt), question.options.stream())))
                    .flatMap(part -> part)
                    .flatMap(text -> Stream.of(text.en(), text.zh()));
            boolean complete = texts.allMatch(text -> text != null && !text.isBlank())
                    && questions.stream()
                            .allMatch(question -> question.options.size() == OPTIONS
                                    && question.section >= 1
                                    && question.section <= sections.size());
            if (!complete) {
                throw new IllegalStateException("Course " + code + " lacks a text, an option or a section");
            }
        }

        Course in(String language) {
            List<Course.Question> bank = new ArrayList<>();
            for (QuestionText question : questions) {
                bank.add(new Course.Question(
                        code + "-" + (bank.size() + 1),
                        sections.get(question.section - 1).title.in(language),
                        question.prompt.in(language),
                        question.options.stream()
                                .map(option -> option.in(language))
                                .toList()));
            }
            return new Course(
                    code,
                    field,
                    minutes,
                    name.in(language),
                    goal.in(language),
                    sections.stream()
                            .map(section -> new Course.Section(
                                    section.title.in(language),
                                    List.of(section.text.in(language).strip().split("\\n\\s*\\n")),
                                    section.source.in(language)))
                            .toList(),
                    example.in(language),
                    checklist.stream().map(point -> point.in(language)).toList(),
                    List.copyOf(bank));
        }
    }
}
