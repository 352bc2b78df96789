package org.jiefeng;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/requirements.md} stays true: every requirement is there, and every name it gives still exists. */
class RequirementsDocumentTest {

    private static final Path DOCUMENT = Path.of("docs/requirements.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (R\\d+) \\|(.+)\\|(.+)\\|(.+)\\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern MODEL_ID = Pattern.compile("\\bid=\"([^\"]+)\"");

    /** Keys of a form's fields, and what its texts show of the case. */
    private static final Pattern FORM_FIELD = Pattern.compile("(?:\"key\": *\"|\\{\\{(?:#if )?)(\\w+)");

    /** Causes, courses and kinds of evidence in a decision, variables in its inputs. */
    private static final Pattern DECISION_WORD = Pattern.compile("\\b([A-Z]+(?:_[A-Z]+)*|[a-z]+(?:[A-Z][a-z]+)*)\\b");

    @Test
    void everyRequirementHasExactlyOneRow() {
        assertThat(rows().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 76).mapToObj(n -> "R" + n).toList());
    }

    @Test
    void everyRowSaysWhatFulfilsItAndWhatShowsIt() {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.group(3)).as("%s, fulfilled by", row.group(1)).containsPattern("`|planned \\(");
            assertThat(row.group(4))
                    .as("%s, shown by", row.group(1))
                    .containsPattern("`\\w+(Test|IT|Stories)`|planned \\(");
        });
    }

    @Test
    void everyNameStillExists() {
        Set<String> named = new TreeSet<>();
        NAME.matcher(read(DOCUMENT)).results().forEach(name -> named.add(name.group(1)));

        assertThat(existingNames()).containsAll(named);
    }

    private static Stream<MatchResult> rows() {
        return ROW.matcher(read(DOCUMENT)).results();
    }

    /** Ids and words of the models, forms and their fields, classes, paths of documents. */
    private static Set<String> existingNames() {
        Set<String> names = new TreeSet<>();
        for (Path model : files("processes")) {
            MODEL_ID.matcher(read(model)).results().forEach(id -> names.add(id.group(1)));
            if (model.toString().endsWith(".dmn")) {
                DECISION_WORD.matcher(read(model)).results().forEach(word -> names.add(word.group(1)));
            } else {
                candidateGroups(model).forEach(names::add);
            }
        }
        for (Path form : files("forms")) {
            names.add(form.getFileName().toString());
            FORM_FIELD.matcher(read(form)).results().forEach(field -> names.add(field.group(1)));
        }
        files("docs").forEach(document -> names.add(document.toString()));
        files("src/main/java").forEach(source -> names.add(className(source)));
        files("src/test/java").forEach(source -> names.add(className(source)));
        return names;
    }

    private static Stream<String> candidateGroups(Path diagram) {
        return Pattern.compile("candidateGroups=\"([a-z-]+)\"")
                .matcher(read(diagram))
                .results()
                .map(group -> group.group(1));
    }

    private static String className(Path source) {
        return source.getFileName().toString().replaceFirst("\\.java$", "");
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(Files::isRegularFile).toList();
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
