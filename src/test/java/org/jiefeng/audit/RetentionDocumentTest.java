package org.jiefeng.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** No table of the schema is forgotten: each is on one line of docs/retention.md, and what is to be deleted is. */
class RetentionDocumentTest {

    private static final Pattern LINE = Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\| ([A-Z_]+) \\| [^|]+ \\|$");

    private static FilledTables schema;
    private static final List<String> LISTED = new ArrayList<>();
    private static Map<String, String> kinds;

    @BeforeAll
    static void read() throws Exception {
        var database = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        schema = new FilledTables(database);
        kinds = LINE.matcher(Files.readString(Path.of("docs/retention.md")))
                .results()
                .peek(line -> LISTED.add(line.group(1)))
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2), (one, other) -> one));
    }

    @Test
    void everyTableIsOnExactlyOneLine() {
        assertThat(LISTED)
                .as("docs/retention.md must say how long a table is kept, and retention must delete it")
                .containsExactlyInAnyOrderElementsOf(schema.ours());
    }

    @Test
    void everyKindIsOneTheDecisionKnows() throws Exception {
        String decision = Files.readString(Path.of("processes/retention.dmn"));

        assertThat(kinds.values())
                .allSatisfy(
                        kind -> assertThat(kind.equals("KEPT") || decision.contains("<text>\"" + kind + "\"</text>"))
                                .as(kind)
                                .isTrue());
        for (DataKind kind : DataKind.values()) {
            assertThat(decision).contains("<text>\"" + kind + "\"</text>");
        }
    }

    @Test
    void whatGoesWithACaseIsDeletedWithItAndEverythingElseByARuleOfItsOwn() {
        Set<String> deleted = new HashSet<>(CaseTrail.tables());
        assertThat(kinds.entrySet().stream()
                        .filter(line -> line.getValue().equals("CASE"))
                        .map(Map.Entry::getKey))
                .isSubsetOf(deleted);
        deleted.addAll(RecordRetention.tables());
        assertThat(kinds.entrySet().stream()
                        .filter(line -> !line.getValue().equals("KEPT"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(deleted);
    }

    @Test
    void whateverNamesAnAppealGoesWithIt() {
        Set<String> known = new HashSet<>(CaseTrail.tables());
        known.addAll(RecordRetention.tables());

        assertThat(schema.ofACase()).isSubsetOf(known);
    }
}
