package org.jiefeng.appeal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a feature has on record about an employee's work, week by week, for whoever has to report on it (R67).
 *
 * <p>It stands here for the same reason as {@link CaseRecords}: the feature that holds the figures need not know the one
 * that shows them.
 */
@FunctionalInterface
public interface WorkRecords {

    /** The weeks of a period in which there is something to tell, oldest first; the first and last may be cut short. */
    List<Week> weeks(String employeeId, Instant from, Instant to);

    /**
     * One week, Monday to Sunday in Shanghai.
     *
     * @param from its first day within the period
     * @param connected calls that were answered
     * @param averageSeconds mean length of the answered ones, 0 without any
     * @param violations broken rules that led to a case of their own
     */
    record Week(LocalDate from, long calls, long connected, long averageSeconds, long complaints, long violations) {}
}
