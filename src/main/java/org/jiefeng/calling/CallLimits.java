package org.jiefeng.calling;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jiefeng.calling.CallFacts.Condition;

/**
 * The strictest of what the house asks of everybody and what conditions ask of one person (domain.md §2, conditional
 * reinstatement).
 *
 * @param from first moment of the day at which calls may go out
 * @param to first moment at which they may not any more; {@link LocalTime#MIN} stands for the end of the day
 * @param numberBarred whether a condition names the very number that is to be called
 * @param unknown whether a condition is of a kind that nobody here can check
 */
record CallLimits(
        long daily,
        long hourly,
        long sameCalleeADay,
        Duration sameCalleeGap,
        Duration gap,
        LocalTime from,
        LocalTime to,
        boolean closed,
        boolean workingDaysOnly,
        boolean filedScriptOnly,
        boolean sameRegionOnly,
        boolean numberBarred,
        List<String> barredPrefixes,
        boolean unknown) {

    CallLimits {
        barredPrefixes = List.copyOf(barredPrefixes);
    }

    private static final long NONE = Long.MAX_VALUE;
    private static final String END_OF_DAY = "24:00";

    static CallLimits of(CallingProperties house, List<Condition> conditions) {
        Strictest strictest = new Strictest(house);
        conditions.forEach(strictest::add);
        return strictest.limits();
    }

    /** @param callee digits only, without the country's code */
    boolean barsPrefixOf(String callee) {
        return barredPrefixes.stream().anyMatch(callee::startsWith);
    }

    boolean isOpenAt(LocalTime time) {
        return !closed && !time.isBefore(from) && (to.equals(LocalTime.MIN) || time.isBefore(to));
    }

    /** Collects them one by one. */
    private static final class Strictest {

        private long daily = NONE;
        private long hourly = NONE;
        private long sameCalleeADay;
        private long sameCalleeGap;
        private long gap;
        private LocalTime from;
        private LocalTime to;
        private boolean closed;
        private boolean workingDaysOnly;
        private boolean filedScriptOnly;
        private boolean sameRegionOnly;
        private boolean numberBarred;
        private final List<String> barredPrefixes = new ArrayList<>();
        private boolean unknown;

        Strictest(CallingProperties house) {
            sameCalleeADay = house.sameCalleeADay();
            sameCalleeGap = house.sameCalleeGapMinutes();
            from = house.from();
            to = house.to();
        }

        void add(Condition condition) {
            String value = condition.value();
            switch (condition.kind()) {
                case "DAILY_CAP" -> daily = Math.min(daily, number(value));
                case "HOURLY_CAP" -> hourly = Math.min(hourly, number(value));
                case "SAME_CALLEE" -> sameCalleeADay = Math.min(sameCalleeADay, number(value.replace("/day", "")));
                case "SAME_CALLEE_GAP" -> sameCalleeGap = Math.max(sameCalleeGap, number(value));
                case "CALL_GAP" -> gap = Math.max(gap, number(value));
                case "HOURS" -> hours(value);
                case "WORKING_DAYS_ONLY" -> workingDaysOnly = true;
                case "FILED_SCRIPT" -> filedScriptOnly = true;
                case "NO_CROSS_REGION" -> sameRegionOnly = true;
                // Only those of the callee are read.
                case "BARRED_NUMBER" -> numberBarred = true;
                case "BARRED_PREFIX" -> barredPrefixes.add(value);
                // Asked of everybody anyway.
                case "CONSENTED_ONLY", "BAR_COMPLAINANTS", "BAR_DO_NOT_CALL", "BAR_CARRIER_LISTED" -> {}
                default -> unknown = true;
            }
        }

        private void hours(String value) {
            if (value.equals("none")) {
                closed = true;
                return;
            }
            LocalTime opens = LocalTime.parse(value.substring(0, 5));
            from = opens.isAfter(from) ? opens : from;
            if (!value.endsWith(END_OF_DAY)) {
                LocalTime closes = LocalTime.parse(value.substring(6));
                to = to.equals(LocalTime.MIN) || closes.isBefore(to) ? closes : to;
            }
            closed |= !to.equals(LocalTime.MIN) && !from.isBefore(to);
        }

        private static long number(String value) {
            return Long.parseLong(value);
        }

        CallLimits limits() {
            return new CallLimits(
                    daily,
                    hourly,
                    sameCalleeADay,
                    Duration.ofMinutes(sameCalleeGap),
                    Duration.ofMinutes(gap),
                    from,
                    to,
                    closed,
                    workingDaysOnly,
                    filedScriptOnly,
                    sameRegionOnly,
                    numberBarred,
                    barredPrefixes,
                    unknown);
        }
    }
}
