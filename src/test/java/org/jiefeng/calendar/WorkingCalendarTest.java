package org.jiefeng.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WorkingCalendarTest {

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
        // 2025, the days between
        "2024-12-31, true, before New Year; no data for 2024",
        "2025-02-01, false, Saturday in Spring Festival",
        "2025-02-03, false, Monday in Spring Festival",
        "2025-02-07, true, Friday before the make-up Saturday",
        "2025-02-10, true, Monday after it",
        "2025-04-05, false, Qingming Saturday",
        "2025-04-28, true, Monday after the make-up Sunday",
        "2025-05-02, false, Friday in Labour Day",
        "2025-05-10, false, plain Saturday after Labour Day",
        "2025-05-30, true, before Dragon Boat",
        "2025-06-01, false, Dragon Boat Sunday",
        "2025-09-27, false, plain Saturday before the make-up Sunday",
        "2025-09-29, true, Monday after it",
        "2025-09-30, true, before National Day",
        "2025-10-06, false, Monday in National Day, Mid-Autumn",
        "2025-10-10, true, Friday before the make-up Saturday",
        "2025-10-13, true, Monday after it",
        // 2026
        "2026-01-01, false, New Year",
        "2026-01-02, false, New Year Friday",
        "2026-01-03, false, New Year Saturday",
        "2026-01-04, true, make-up Sunday",
        "2026-01-05, true, Monday after the make-up Sunday",
        "2026-02-13, true, Friday before the make-up Saturday",
        "2026-02-14, true, make-up Saturday",
        "2026-02-15, false, first day of Spring Festival",
        "2026-02-16, false, Monday in Spring Festival",
        "2026-02-21, false, Saturday in Spring Festival",
        "2026-02-23, false, last day of Spring Festival on a Monday",
        "2026-02-24, true, after Spring Festival",
        "2026-02-28, true, make-up Saturday",
        "2026-02-27, true, Friday before it",
        "2026-03-01, false, plain Sunday",
        "2026-04-03, true, before Qingming",
        "2026-04-04, false, Qingming Saturday",
        "2026-04-06, false, Qingming Monday",
        "2026-04-07, true, after Qingming",
        "2026-04-30, true, before Labour Day",
        "2026-05-01, false, Labour Day Friday",
        "2026-05-05, false, last day of Labour Day",
        "2026-05-06, true, after Labour Day",
        "2026-05-10, false, plain Sunday after the make-up Saturday",
        "2026-06-18, true, before Dragon Boat",
        "2026-05-09, true, make-up Saturday",
        "2026-06-19, false, Dragon Boat Friday",
        "2026-06-22, true, after Dragon Boat",
        "2026-06-21, false, Dragon Boat Sunday",
        "2026-09-19, false, plain Saturday before the make-up Sunday",
        "2026-09-20, true, make-up Sunday",
        "2026-09-24, true, before Mid-Autumn",
        "2026-09-25, false, Mid-Autumn Friday",
        "2026-09-28, true, after Mid-Autumn",
        "2026-09-27, false, Mid-Autumn Sunday",
        "2026-09-30, true, before National Day",
        "2026-10-01, false, National Day",
        "2026-10-07, false, last day of National Day",
        "2026-10-08, true, after National Day",
        "2026-10-10, true, make-up Saturday",
        "2026-10-11, false, plain Sunday after it",
        "2026-12-31, true, last day of the year",
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

    /** What a case that comes in at 10:00 that day owes on day 1 and on day 3, counted off a paper calendar. */
    @ParameterizedTest
    @CsvSource({
        "2024-12-31, 2025-01-02, 2025-01-06, over New Year",
        "2025-01-24, 2025-01-26, 2025-02-05, make-up Sunday and Spring Festival",
        "2025-01-25, 2025-01-27, 2025-02-06, a Saturday is filed on the make-up Sunday",
        "2025-01-27, 2025-02-05, 2025-02-07, over Spring Festival",
        "2025-01-30, 2025-02-06, 2025-02-08, in Spring Festival: filed on the 5th",
        "2025-02-06, 2025-02-07, 2025-02-10, make-up Saturday counts",
        "2025-04-03, 2025-04-07, 2025-04-09, over Qingming",
        "2025-04-25, 2025-04-27, 2025-04-29, make-up Sunday counts",
        "2025-04-30, 2025-05-06, 2025-05-08, over Labour Day",
        "2025-05-30, 2025-06-03, 2025-06-05, over Dragon Boat",
        "2025-09-26, 2025-09-28, 2025-09-30, make-up Sunday counts",
        "2025-09-30, 2025-10-09, 2025-10-11, over National Day to the make-up Saturday",
        "2025-10-10, 2025-10-11, 2025-10-14, from the day before it",
        "2025-12-31, 2026-01-04, 2026-01-06, over New Year to the make-up Sunday",
        "2026-02-13, 2026-02-14, 2026-02-25, make-up Saturday and Spring Festival",
        "2026-02-27, 2026-02-28, 2026-03-03, make-up Saturday counts",
        "2026-04-03, 2026-04-07, 2026-04-09, over Qingming",
        "2026-04-30, 2026-05-06, 2026-05-08, over Labour Day",
        "2026-05-08, 2026-05-09, 2026-05-12, make-up Saturday counts",
        "2026-06-18, 2026-06-22, 2026-06-24, over Dragon Boat",
        "2026-09-18, 2026-09-20, 2026-09-22, make-up Sunday counts",
        "2026-09-24, 2026-09-28, 2026-09-30, over Mid-Autumn",
        "2026-09-30, 2026-10-08, 2026-10-10, over National Day to the make-up Saturday",
        "2026-10-09, 2026-10-10, 2026-10-13, from the day before it",
    })
    void datesAroundHolidaysAreRight(LocalDate came, LocalDate dayOne, LocalDate dayThree, String why) {
        Instant moment = came.atTime(10, 0).atZone(WorkingCalendar.ZONE).toInstant();

        assertThat(calendar().dueAfterWorkingDays(moment, 1)).as(why).isEqualTo(endOfBusiness(dayOne));
        assertThat(calendar().dueAfterWorkingDays(moment, 3)).as(why).isEqualTo(endOfBusiness(dayThree));
    }

    private static Instant endOfBusiness(LocalDate day) {
        return ZonedDateTime.of(day.atTime(18, 0), WorkingCalendar.ZONE).toInstant();
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
        return WorkingCalendar.asDelivered();
    }
}
