package org.jiefeng.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Chinese working days: a holiday beats the weekend, a make-up day beats both (domain.md §4).
 *
 * <p>A year without data counts weekends only; {@link #isCovered} lets a page say so, because its due dates may be off.
 */
@Component
public class WorkingCalendar {

    /** Where the days begin and end. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Carriers and offices take things from 09:00 to 18:00; what is due on a day is due by then. */
    public static final LocalTime END_OF_BUSINESS = LocalTime.of(18, 0);

    private static final Logger log = LoggerFactory.getLogger(WorkingCalendar.class);

    private final IntFunction<Optional<WorkingYear>> years;
    private final Set<Integer> reportedMissing = ConcurrentHashMap.newKeySet();

    @Autowired
    WorkingCalendar(CalendarNotices notices) {
        this(notices::inForce);
    }

    private WorkingCalendar(IntFunction<Optional<WorkingYear>> years) {
        this.years = years;
    }

    /** The years this release brings and no others. */
    public static WorkingCalendar asDelivered() {
        return new WorkingCalendar(year -> Optional.ofNullable(WorkingYear.DELIVERED.get(year)));
    }

    /** Whether the holidays of this year are known. */
    public boolean isCovered(int year) {
        return find(year).isPresent();
    }

    public boolean isWorkingDay(LocalDate day) {
        return isWorkingDay(day, find(day.getYear()));
    }

    private static boolean isWorkingDay(LocalDate day, Optional<WorkingYear> notice) {
        boolean weekend = WorkingYear.isWeekend(day);
        return notice.map(year -> year.makeUpDays().contains(day)
                        || !weekend && !year.holidays().contains(day))
                .orElse(!weekend);
    }

    /** The n-th working day after this day; day 1 is the next working day. */
    public LocalDate plusWorkingDays(LocalDate day, long n) {
        if (n < 0) {
            throw new IllegalArgumentException("Working days are counted forwards, not " + n);
        }
        // One look at each year for the whole count: cheaper, and no notice comes in half-way.
        Map<Integer, Optional<WorkingYear>> seen = new HashMap<>();
        LocalDate result = day;
        for (long counted = 0; counted < n; ) {
            result = result.plusDays(1);
            if (isWorkingDay(result, seen.computeIfAbsent(result.getYear(), this::find))) {
                counted++;
            }
        }
        return result;
    }

    /**
     * The working day something counts as handed in on: the day itself up to the end of business, otherwise the next
     * working day.
     */
    public LocalDate filedOn(Instant moment) {
        ZonedDateTime local = moment.atZone(ZONE);
        LocalDate day = local.toLocalDate();
        boolean inTime = isWorkingDay(day) && !local.toLocalTime().isAfter(END_OF_BUSINESS);
        return inTime ? day : plusWorkingDays(day, 1);
    }

    /**
     * The end of business of the n-th working day after the moment counts as filed; 0 is the day of filing itself.
     *
     * <p>What comes in on a weekend or in the evening is filed on the next working day and day 1 is the one after, so
     * that nobody's full working day is lost.
     */
    public Instant dueAfterWorkingDays(Instant moment, long n) {
        return plusWorkingDays(filedOn(moment), n)
                .atTime(END_OF_BUSINESS)
                .atZone(ZONE)
                .toInstant();
    }

    /** The end of the n-th calendar day after the moment's own day, as statutory periods are counted. */
    public Instant dueAfterCalendarDays(Instant moment, long n) {
        return moment.atZone(ZONE)
                .toLocalDate()
                .plusDays(n + 1)
                .atStartOfDay(ZONE)
                .toInstant();
    }

    private Optional<WorkingYear> find(int year) {
        Optional<WorkingYear> found = years.apply(year);
        if (found.isEmpty() && reportedMissing.add(year)) {
            log.warn(
                    "No holidays and make-up days known for {}: due dates count weekends only until a process owner brings the"
                            + " notice to /calendar",
                    year);
        }
        return found;
    }
}
