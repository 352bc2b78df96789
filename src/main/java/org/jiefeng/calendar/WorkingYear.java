package org.jiefeng.calendar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * What the State Council's yearly notice says: the days off and the weekend days worked instead (调休).
 *
 * @param text the file it was read from
 * @param source the notice, as the file names it
 * @param periods its lines, in their order
 * @param holidays days off, on whatever day of the week they fall
 * @param makeUpDays days worked, whatever else says they are free
 */
record WorkingYear(
        int year,
        String text,
        String source,
        List<Period> periods,
        Set<LocalDate> holidays,
        Set<LocalDate> makeUpDays) {

    /** The years this release brings. */
    static final Map<Integer, WorkingYear> DELIVERED = delivered();

    private static final int LONGEST_SOURCE = 300;
    private static final int CELLS = 4;

    /** One line of a notice: days off, or days worked. */
    record Period(LocalDate from, LocalDate to, boolean worked, String name) {

        Stream<LocalDate> days() {
            return from.datesUntil(to.plusDays(1));
        }
    }

    /**
     * Why a file cannot be taken.
     *
     * @param line 0 for the file as a whole
     * @param key of the text that says so
     */
    record Problem(int line, String key, List<String> details) {}

    private static WorkingYear of(int year, String text, String source, List<Period> periods) {
        return new WorkingYear(year, text, source, List.copyOf(periods), days(periods, false), days(periods, true));
    }

    private static Set<LocalDate> days(List<Period> periods, boolean worked) {
        return periods.stream()
                .filter(period -> period.worked() == worked)
                .flatMap(Period::days)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads lines {@code from,to,kind,name}; lines beginning with {@code #} and the heading are skipped, but one of the
     * former names the source.
     *
     * @param problems gets everything that is wrong, because a wrong due date is worse than none
     */
    static WorkingYear read(int year, String text, List<Problem> problems) {
        Reader reader = new Reader(year, problems);
        text.lines().forEach(reader::line);
        return of(year, text, reader.end(), reader.periods);
    }

    private static Map<Integer, WorkingYear> delivered() {
        Map<Integer, WorkingYear> years = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/calendar/*.csv")) {
                int year = Integer.parseInt(String.valueOf(file.getFilename()).replace(".csv", ""));
                List<Problem> problems = new ArrayList<>();
                years.put(year, read(year, file.getContentAsString(StandardCharsets.UTF_8), problems));
                if (!problems.isEmpty()) {
                    throw new IllegalStateException("Calendar " + year + ": " + problems);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(years);
    }

    /** Goes through a file line by line. */
    private static final class Reader {

        private static final Pattern SOURCE = Pattern.compile("#\\s*(?i:source|来源)\\s*[:：]\\s*(\\S.*)");

        private final int year;
        private final List<Problem> problems;
        private final List<Period> periods = new ArrayList<>();
        private final Map<LocalDate, Integer> lineOf = new HashMap<>();
        private String source = "";
        private int number;

        Reader(int year, List<Problem> problems) {
            this.year = year;
            this.problems = problems;
        }

        void line(String raw) {
            number++;
            String line = raw.strip();
            Matcher named = SOURCE.matcher(line);
            if (named.matches()) {
                source = named.group(1);
            }
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("from,")) {
                return;
            }
            String[] cells = line.split(",", CELLS);
            if (cells.length < CELLS || cells[CELLS - 1].isBlank()) {
                problem("calendar.problem.cells");
                return;
            }
            String kind = cells[2].strip();
            if (!kind.equals("HOLIDAY") && !kind.equals("WORKDAY")) {
                problem("calendar.problem.kind", shortened(kind));
                return;
            }
            try {
                take(new Period(day(cells[0]), day(cells[1]), kind.equals("WORKDAY"), cells[CELLS - 1].strip()));
            } catch (DateTimeException e) {
                problem("calendar.problem.date", shortened(cells[0] + "," + cells[1]), String.valueOf(year));
            }
        }

        private void take(Period period) {
            if (period.from().getYear() != year || period.to().getYear() != year) {
                problem("calendar.problem.year", String.valueOf(year));
            } else if (period.to().isBefore(period.from())) {
                problem("calendar.problem.backwards");
            } else {
                period.days()
                        .filter(lineOf::containsKey)
                        .findFirst()
                        .ifPresent(day ->
                                problem("calendar.problem.twice", day.toString(), String.valueOf(lineOf.get(day))));
                period.days()
                        .filter(day -> period.worked() && !isWeekend(day))
                        .findFirst()
                        .ifPresent(day -> problem("calendar.problem.weekday", day.toString()));
                period.days().forEach(day -> lineOf.putIfAbsent(day, number));
                periods.add(period);
            }
        }

        /** The source; says what the file as a whole lacks. */
        String end() {
            number = 0;
            if (source.isEmpty() || source.length() > LONGEST_SOURCE) {
                problem("calendar.problem.source", String.valueOf(LONGEST_SOURCE));
            }
            if (problems.isEmpty() && periods.stream().allMatch(Period::worked)) {
                problem("calendar.problem.empty");
            }
            return source;
        }

        private void problem(String key, String... details) {
            problems.add(new Problem(number, key, List.of(details)));
        }

        private static LocalDate day(String cell) {
            return LocalDate.parse(cell.strip());
        }

        private static String shortened(String cell) {
            return cell.substring(0, Math.min(cell.length(), 30));
        }
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
