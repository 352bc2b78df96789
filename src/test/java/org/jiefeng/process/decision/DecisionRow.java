package org.jiefeng.process.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One line of a test table: what goes into a decision, and what must come out.
 *
 * <p>Written as text, so that a process owner can read it beside the decision table. {@code =>} stands between inputs
 * and outputs; {@code -} is a variable that is not set, {@code ""} an empty text; numbers are longs unless they stand in quotes.
 */
record DecisionRow(String decision, Map<String, Object> inputs, Map<String, Object> outputs) {

    static Stream<DecisionRow> table(String decision, String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        List<List<String>> heading = sides(lines.get(0));
        return lines.stream().skip(1).map(DecisionRow::sides).map(sides -> {
            Map<String, Object> inputs = values(heading.get(0), sides.get(0));
            return new DecisionRow(decision, inputs, values(heading.get(1), sides.get(1)));
        });
    }

    /** The decision answers exactly once, and with these values and types. */
    void check() {
        List<Map<String, Object>> results = Decisions.evaluate(decision, inputs).getResultList();

        assertThat(results).as("answers of %s for %s", decision, inputs).hasSize(1);
        assertThat(results.get(0)).as("%s for %s", decision, inputs).containsAllEntriesOf(outputs);
    }

    @Override
    public String toString() {
        return decision + " " + inputs;
    }

    private static List<List<String>> sides(String line) {
        return Arrays.stream(line.split("=>", 2))
                .map(side ->
                        Arrays.stream(side.split("\\|", -1)).map(String::strip).toList())
                .toList();
    }

    private static Map<String, Object> values(List<String> names, List<String> cells) {
        if (names.size() != cells.size()) {
            throw new IllegalArgumentException(names + " does not fit " + cells);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (!cells.get(i).equals("-")) {
                values.put(names.get(i), value(cells.get(i)));
            }
        }
        return values;
    }

    private static Object value(String cell) {
        if (cell.matches("\\d+")) {
            return Long.valueOf(cell);
        }
        return switch (cell) {
            case "true" -> true;
            case "false" -> false;
            default -> cell.replaceFirst("^\"(.*)\"$", "$1");
        };
    }

    /** All rows of several tables, for {@code @MethodSource}. */
    @SafeVarargs
    static Stream<DecisionRow> all(Stream<DecisionRow>... tables) {
        List<DecisionRow> rows = new ArrayList<>();
        Arrays.stream(tables).forEach(table -> table.forEach(rows::add));
        return rows.stream();
    }
}
