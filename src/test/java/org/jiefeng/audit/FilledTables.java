package org.jiefeng.audit;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fills every table that has to do with a case, as the schema itself says: a table of tomorrow is filled without anybody
 * thinking of it, and what retention leaves in it is seen.
 */
final class FilledTables {

    /** Columns that name a case. */
    static final Set<String> NUMBERS =
            Set.of("appeal_number", "case_number", "business_key", "appeal_key", "submission_key");

    /** Written by the services under test, or by hand. */
    private static final Set<String> NOT_FILLED =
            Set.of("appeal", "deletion", "legal_hold", "case_statistic", "case_statistic_step");

    private record Column(String name, int type, String typeName, int size, boolean generated) {}

    private record Reference(String table, Map<String, String> columns) {}

    private final JdbcClient jdbc;
    private final Map<String, List<Column>> columns = new TreeMap<>();
    private final Map<String, List<Reference>> references = new TreeMap<>();
    private int counter;

    FilledTables(DataSource database) throws SQLException {
        jdbc = JdbcClient.create(database);
        try (Connection connection = database.getConnection()) {
            DatabaseMetaData schema = connection.getMetaData();
            boolean upper = schema.storesUpperCaseIdentifiers();
            String name = upper ? "PUBLIC" : "public";
            try (ResultSet row = schema.getTables(null, name, "%", new String[] {"TABLE", "BASE TABLE"})) {
                while (row.next()) {
                    columns.put(row.getString("TABLE_NAME"), new ArrayList<>());
                }
            }
            for (String table : Set.copyOf(columns.keySet())) {
                try (ResultSet row = schema.getColumns(null, name, table, "%")) {
                    while (row.next()) {
                        of(table)
                                .add(new Column(
                                        row.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                                        row.getInt("DATA_TYPE"),
                                        row.getString("TYPE_NAME"),
                                        row.getInt("COLUMN_SIZE"),
                                        "YES".equals(row.getString("IS_AUTOINCREMENT"))));
                    }
                }
                Map<String, Reference> found = new LinkedHashMap<>();
                try (ResultSet row = schema.getImportedKeys(null, name, table)) {
                    while (row.next()) {
                        String parent = row.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT);
                        found.computeIfAbsent(
                                        row.getString("FK_NAME"), key -> new Reference(parent, new LinkedHashMap<>()))
                                .columns()
                                .put(
                                        row.getString("FKCOLUMN_NAME").toLowerCase(Locale.ROOT),
                                        row.getString("PKCOLUMN_NAME").toLowerCase(Locale.ROOT));
                    }
                }
                references.put(table.toLowerCase(Locale.ROOT), List.copyOf(found.values()));
            }
        }
        Set.copyOf(columns.keySet()).forEach(table -> {
            List<Column> those = columns.remove(table);
            columns.put(table.toLowerCase(Locale.ROOT), those);
        });
    }

    private List<Column> of(String table) {
        return Objects.requireNonNull(columns.get(table), table);
    }

    private List<Reference> parents(String table) {
        return Objects.requireNonNull(references.get(table), table);
    }

    /** Our tables, without the engine's and Flyway's. */
    Set<String> ours() {
        return columns.keySet().stream()
                .filter(table -> !table.startsWith("act_") && !table.startsWith("flyway_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> all() {
        return columns.keySet();
    }

    boolean has(String table, String column) {
        return columns.getOrDefault(table, List.of()).stream()
                .anyMatch(one -> one.name().equals(column));
    }

    /** Tables with a column that names a case, and those that refer to one of these. */
    Set<String> ofACase() {
        Set<String> found = new LinkedHashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (String table : ours()) {
                boolean names = of(table).stream().anyMatch(column -> NUMBERS.contains(column.name()));
                boolean refers = parents(table).stream().anyMatch(one -> found.contains(one.table()));
                if (!NOT_FILLED.contains(table) && (names || refers) && found.add(table)) {
                    grown = true;
                }
            }
        }
        return found;
    }

    /** A row of the case in each of its tables. */
    void fill(String number, String employee, OffsetDateTime at) {
        Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
        ofACase().forEach(table -> fill(table, number, employee, at, rows));
    }

    private Map<String, Object> fill(
            String table, String number, String employee, OffsetDateTime at, Map<String, Map<String, Object>> rows) {
        Map<String, Object> known = rows.get(table);
        if (known != null) {
            return known;
        }
        Map<String, Object> there = there(table, number);
        if (!there.isEmpty()) {
            rows.put(table, there);
            return there;
        }
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("employee_id", employee);
        for (Reference reference : parents(table)) {
            Map<String, Object> parent = ofACase().contains(reference.table())
                    ? fill(reference.table(), number, employee, at, rows)
                    : some(reference.table(), number, employee, at, rows);
            reference.columns().forEach((column, of) -> given.put(column, parent.get(of)));
        }
        of(table).stream()
                .filter(column -> NUMBERS.contains(column.name()))
                .forEach(column -> given.putIfAbsent(
                        column.name(),
                        column.name().endsWith("_key") && !column.name().equals("business_key")
                                ? number + ":1"
                                : number));
        Map<String, Object> row = insert(table, at, given);
        rows.put(table, row);
        return row;
    }

    /** What the case has already, such as its timeline. */
    private Map<String, Object> there(String table, String number) {
        return of(table).stream()
                .filter(column -> NUMBERS.contains(column.name()))
                .findFirst()
                .flatMap(column -> jdbc
                        .sql("select * from %s where %s = :number".formatted(table, column.name()))
                        .param("number", number)
                        .query()
                        .listOfRows()
                        .stream()
                        .findFirst())
                .orElse(Map.of());
    }

    private Map<String, Object> some(
            String table, String number, String employee, OffsetDateTime at, Map<String, Map<String, Object>> rows) {
        String wanted = table.equals("evidence_item_type") ? " where code = 'BUSINESS_LICENCE'" : "";
        return jdbc.sql("select * from " + table + wanted).query().listOfRows().stream()
                .findFirst()
                .orElseGet(() -> fill(table, number, employee, at, rows));
    }

    /** A row with these values, and others as good as any. */
    Map<String, Object> insert(String table, OffsetDateTime at, Map<String, Object> given) {
        counter++;
        Map<String, Object> values = new LinkedHashMap<>();
        for (Column column : of(table)) {
            if (given.containsKey(column.name())) {
                values.put(column.name(), given.get(column.name()));
            } else if (!column.generated()) {
                values.put(column.name(), any(column, at));
            }
        }
        JdbcClient.StatementSpec insert = jdbc.sql("insert into %s (%s) values (%s)"
                .formatted(
                        table,
                        String.join(", ", values.keySet()),
                        values.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", "))));
        values.forEach(insert::param);
        insert.update();
        if (of(table).stream().anyMatch(column -> column.generated() && !given.containsKey(column.name()))) {
            values.put(
                    "id",
                    jdbc.sql("select max(id) from " + table).query(Long.class).single());
        }
        return values;
    }

    private @Nullable Object any(Column column, OffsetDateTime at) {
        return switch (column.type()) {
            case Types.VARCHAR -> {
                String text = "x" + counter;
                yield column.name().matches("pending_number|open_\\w+|holding|task_id")
                        ? (column.name().equals("task_id") ? text : null)
                        : text.substring(0, Math.min(text.length(), column.size()));
            }
            case Types.INTEGER, Types.BIGINT, Types.SMALLINT -> counter;
            case Types.BOOLEAN, Types.BIT -> false;
            case Types.DATE -> at.atZoneSameInstant(ZoneOffset.ofHours(8)).toLocalDate();
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> at;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> new byte[] {1, 2, 3};
            default -> throw new IllegalStateException(column + " of a type nobody thought of");
        };
    }

    /** Every row of our tables, as text, by table. */
    Map<String, Set<String>> rows() {
        Map<String, Set<String>> rows = new TreeMap<>();
        for (String table : ours()) {
            rows.put(
                    table,
                    jdbc.sql("select * from " + table).query().listOfRows().stream()
                            .map(row -> row.values().stream()
                                    .map(value -> value instanceof byte[] ? "bytes" : String.valueOf(value))
                                    .collect(Collectors.joining(" | ")))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return rows;
    }

    static LocalDate day(OffsetDateTime at) {
        return at.atZoneSameInstant(ZoneOffset.ofHours(8)).toLocalDate();
    }
}
