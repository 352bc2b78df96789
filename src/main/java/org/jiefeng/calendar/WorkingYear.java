package org.jiefeng.calendar;

import java.io.BufferedReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the State Council's yearly notice says: the days off and the weekend days worked instead (调休).
 *
 * @param holidays days off, on whatever day of the week they fall
 * @param makeUpDays days worked, whatever else says they are free
 */
record WorkingYear(Set<LocalDate> holidays, Set<LocalDate> makeUpDays) {

    WorkingYear {
        holidays = Set.copyOf(holidays);
        makeUpDays = Set.copyOf(makeUpDays);
    }

    /**
     * Reads lines {@code from,to,kind,name}; lines beginning with {@code #} and the heading are skipped.
     *
     * @throws IllegalArgumentException naming the line, because a wrong due date is worse than none
     */
    static WorkingYear read(int year, BufferedReader reader) {
        Set<LocalDate> holidays = new HashSet<>();
        Set<LocalDate> makeUpDays = new HashSet<>();
        List<String> lines = reader.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("from,")) {
                continue;
            }
            try {
                String[] cells = line.split(",", 4);
                Set<LocalDate> days =
                        switch (cells[2].strip()) {
                            case "HOLIDAY" -> holidays;
                            case "WORKDAY" -> makeUpDays;
                            default -> throw new IllegalArgumentException("kind is HOLIDAY or WORKDAY");
                        };
                LocalDate from = LocalDate.parse(cells[0].strip());
                LocalDate to = LocalDate.parse(cells[1].strip());
                if (from.getYear() != year || to.getYear() != year || to.isBefore(from)) {
                    throw new IllegalArgumentException("the days do not belong to " + year + " or run backwards");
                }
                from.datesUntil(to.plusDays(1)).forEach(days::add);
            } catch (DateTimeException | IndexOutOfBoundsException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Calendar " + year + ", line " + (i + 1) + ": '" + line + "': " + e.getMessage(), e);
            }
        }
        return new WorkingYear(holidays, makeUpDays);
    }
}
