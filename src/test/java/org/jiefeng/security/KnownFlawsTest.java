package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of known flaws in docs/security.md, held against the libraries that are really there and against today. */
class KnownFlawsTest {

    /** What a review may be late by, so that a build does not break on a holiday. */
    private static final int GRACE_DAYS = 30;

    private static final Pattern ROW = Pattern.compile(
            "\\| ([a-z0-9-]+) \\| ([0-9][^ |]*) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| (\\d{4}-\\d\\d-\\d\\d) \\|");

    /** What is assessed in any case; more may be added to the table. */
    private static final List<String> WATCHED = List.of(
            "camunda-engine", "camunda-webapp-jakarta", "tomcat-embed-core", "jackson-databind", "spring-core", "h2");

    private record Flaw(String library, String version, String state, String why, LocalDate reviewBy) {}

    private static List<Flaw> flaws() throws IOException {
        return Files.readAllLines(Path.of("docs/security.md")).stream()
                .map(ROW::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(row ->
                        new Flaw(row.group(1), row.group(2), row.group(4), row.group(5), LocalDate.parse(row.group(6))))
                .toList();
    }

    @Test
    void everyLibraryIsAtTheVersionThatWasLookedAt() throws IOException {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> Path.of(path).getFileName().toString())
                .toList();

        assertThat(flaws()).extracting(Flaw::library).containsAll(WATCHED);
        assertThat(flaws())
                .allSatisfy(flaw -> assertThat(jars)
                        .as(
                                "%s is not at %s: look at its flaws again, and change its rows in docs/security.md",
                                flaw.library, flaw.version)
                        .anyMatch(jar ->
                                jar.matches(Pattern.quote(flaw.library + "-" + flaw.version) + "(-classes)?\\.jar")));
    }

    @Test
    void noReviewIsForgotten() throws IOException {
        assertThat(flaws()).allSatisfy(flaw -> {
            assertThat(flaw.state).isIn("closed by us", "not reached", "open", "fixed", "not in production");
            assertThat(flaw.why).isNotBlank();
            assertThat(LocalDate.now())
                    .as("the review of %s is overdue: docs/security.md", flaw.library)
                    .isBeforeOrEqualTo(flaw.reviewBy.plusDays(GRACE_DAYS));
        });
    }
}
