package org.jiefeng.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WorkingCalendarTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // 2025
        "2025-01-01, false, New Year on a Wednesday",
        "2025-01-02, true, the day after",
        "2025-01-25, false, plain Saturday before the make-up Sunday",
        "2025-01-26, true, make-up Sunday",
        "2025-01-27, true, last day before Spring Festival",
        "2025-01-28, false, first day of Spring Festival",
        "2025-02-04, false, last day of Spring Festival",
        "2025-02-05, true, first day after",
        "2025-02-08, true, make-up Saturday",
        "2025-02-09, false, plain Sunday after it",
        "2025-04-03, true, before Qingming",
        "2025-04-04, false, Qingming Friday",
        "2025-04-06, false, Qingming Sunday",
        "2025-04-07, true, after Qingming",
        "2025-04-26, false, plain Saturday",
        "2025-04-27, true, make-up Sunday",
        "2025-04-30, true, before Labour Day",
        "2025-05-01, false, Labour Day",
        "2025-05-05, false, last day of Labour Day on a Monday",
        "2025-05-06, true, after Labour Day",
        "2025-05-31, false, Dragon Boat Saturday",
        "2025-06-02, false, Dragon Boat Monday",
        "2025-06-03, true, after Dragon Boat",
        "2025-09-28, true, make-up Sunday",
        "2025-10-01, false, National Day",
        "2025-10-08, false, last day of National Day",
        "2025-10-09, true, after National Day",
        "2025-10-11, true, make-up Saturday",
        "2025-10-12, false, plain Sunday",
        "2025-12-31, true, last day of the year",
        // 2026
        "2026-01-01, false, New Year",
        "2026-01-02, false, New Year Friday",
        "2026-01-03, false, New Year Saturday",
        "2026-01-04, true, make-up Sunday",
        "2026-02-14, true, make-up Saturday",
        "2026-02-15, false, first day of Spring Festival",
        "2026-02-23, false, last day of Spring Festival on a Monday",
        "2026-02-24, true, after Spring Festival",
        "2026-02-28, true, make-up Saturday",
        "2026-03-01, false, plain Sunday",
        "2026-04-06, false, Qingming Monday",
        "2026-05-05, false, last day of Labour Day",
        "2026-05-09, true, make-up Saturday",
        "2026-06-19, false, Dragon Boat Friday",
        "2026-06-22, true, after Dragon Boat",
        "2026-09-20, true, make-up Sunday",
        "2026-09-25, false, Mid-Autumn Friday",
        "2026-09-28, true, after Mid-Autumn",
        "2026-10-01, false, National Day",
        "2026-10-07, false, last day of National Day",
        "2026-10-08, true, after National Day",
        "2026-10-10, true, make-up Saturday",
    })
    void knowsWorkingDays(LocalDate day, boolean working, String why) {
        assertThat(calendar().isWorkingDay(day)).as(why).isEqualTo(working);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02, 0, 2026-03-02, nothing to count",
        "2026-03-02, 1, 2026-03-03, day 1 is the next working day",
        "2026-03-06, 1, 2026-03-09, over a weekend",
        "2026-03-07, 1, 2026-03-09, from a Saturday",
        "2026-02-13, 1, 2026-02-14, to a make-up Saturday",
        "2026-02-14, 1, 2026-02-24, over Spring Festival",
        "2026-02-13, 7, 2026-03-02, over Spring Festival and both make-up days",
        "2026-09-18, 1, 2026-09-20, to a make-up Sunday",
        "2026-09-30, 3, 2026-10-10, over National Day",
        "2025-12-31, 1, 2026-01-04, over the year's end",
        "2025-01-24, 3, 2025-02-05, over Spring Festival 2025",
        "2026-11-02, 15, 2026-11-23, the longest review",
    })
    void countsWorkingDays(LocalDate from, long n, LocalDate result, String why) {
        assertThat(calendar().plusWorkingDays(from, n)).as(why).isEqualTo(result);
    }

    @Test
    void doesNotCountBackwards() {
        assertThatThrownBy(() -> calendar().plusWorkingDays(LocalDate.of(2026, 3, 2), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T09:00+08:00, 1, 2026-03-03T18:00+08:00, in the morning",
        "2026-03-02T18:00+08:00, 1, 2026-03-03T18:00+08:00, at the end of business",
        "2026-03-02T18:00:01+08:00, 1, 2026-03-04T18:00+08:00, a second later",
        "2026-03-02T00:30+08:00, 1, 2026-03-03T18:00+08:00, after midnight in Shanghai: the day before in UTC",
        "2026-03-02T17:00Z, 1, 2026-03-04T18:00+08:00, in the evening in UTC: the next morning in Shanghai",
        "2026-03-07T10:00+08:00, 1, 2026-03-10T18:00+08:00, a Saturday counts as Monday",
        "2026-02-28T10:00+08:00, 1, 2026-03-02T18:00+08:00, a make-up Saturday counts as itself",
        "2026-02-16T10:00+08:00, 2, 2026-02-26T18:00+08:00, in Spring Festival",
        "2026-03-02T09:00+08:00, 0, 2026-03-02T18:00+08:00, due the same day",
    })
    void thingsAreDueAtTheEndOfBusiness(ZonedDateTime from, long n, ZonedDateTime due, String why) {
        assertThat(calendar().dueAfterWorkingDays(from.toInstant(), n)).as(why).isEqualTo(due.toInstant());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T09:00+08:00, 15, 2026-03-18T00:00+08:00",
        "2026-03-02T23:59+08:00, 15, 2026-03-18T00:00+08:00",
        "2026-03-02T16:00Z, 15, 2026-03-19T00:00+08:00",
        "2026-02-10T09:00+08:00, 1, 2026-02-12T00:00+08:00",
    })
    void statutoryPeriodsEndWithTheirLastCalendarDay(ZonedDateTime from, long n, ZonedDateTime due) {
        assertThat(calendar().dueAfterCalendarDays(from.toInstant(), n)).isEqualTo(due.toInstant());
    }

    @Test
    void yearWithoutDataCountsWeekendsOnlyAndSaysSoOnce(CapturedOutput output) {
        WorkingCalendar calendar = calendar();

        assertThat(calendar.isWorkingDay(LocalDate.of(2099, 10, 1))).isTrue();
        assertThat(calendar.isWorkingDay(LocalDate.of(2099, 10, 3))).isFalse();
        assertThat(calendar.isCovered(2099)).isFalse();
        assertThat(calendar.isCovered(2026)).isTrue();
        assertThat(output.getOut().split("holidays and make-up days known for 2099", -1))
                .hasSize(2);
    }

    @Test
    void administratorBringsAnotherYearWhileRunning() throws IOException {
        WorkingCalendar calendar = calendar();
        assertThat(calendar.isCovered(2027)).isFalse();

        Files.writeString(directory.resolve("2027.csv"), "from,to,kind,name\n2027-01-01,2027-01-01,HOLIDAY,元旦\n");

        assertThat(calendar.isCovered(2027)).isTrue();
        assertThat(calendar.isWorkingDay(LocalDate.of(2027, 1, 1))).isFalse();
    }

    @Test
    void administratorsFileWinsOverOurs() throws IOException {
        Files.writeString(directory.resolve("2026.csv"), "2026-03-02,2026-03-02,HOLIDAY,moved\n");

        assertThat(calendar().isWorkingDay(LocalDate.of(2026, 3, 2))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-01-01,2027-01-01,FEAST,wrong kind",
                "2026-01-01,2026-01-01,HOLIDAY,another year",
                "2027-01-03,2027-01-01,HOLIDAY,backwards",
                "2027-13-01,2027-13-01,HOLIDAY,no such month",
                "2027-01-01",
            })
    void refusesWhatItDoesNotUnderstandAndNamesTheLine(String line) {
        assertThatThrownBy(() -> WorkingYear.read(2027, new BufferedReader(new StringReader("# 2027\n" + line))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }

    /** Statutory yearly total: 52 weeks' weekends and the public holidays taken off, make-up days added. */
    @ParameterizedTest
    @ValueSource(ints = {2025, 2026})
    void workingDaysOfTheYearAddUp(int year) {
        WorkingCalendar calendar = calendar();
        LocalDate newYear = LocalDate.of(year, 1, 1);

        assertThat(newYear.datesUntil(newYear.plusYears(1)).filter(calendar::isWorkingDay))
                .hasSize(248);
    }

    private WorkingCalendar calendar() {
        return new WorkingCalendar(new CalendarProperties(directory));
    }
}
