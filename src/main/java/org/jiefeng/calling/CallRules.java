package org.jiefeng.calling;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jiefeng.account.Account.Status;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which rules forbid a call, told from the facts alone (R23, R31, R48, R49; domain.md §2, conditional reinstatement). */
@Component
class CallRules {

    /** Time alone never ends it. */
    static final Instant NEVER = Instant.MAX;

    /** Beyond the longest run of holidays; a calendar that has no working day so long is wrong. */
    private static final int DAYS_AHEAD = 60;

    private static final Duration HOUR = Duration.ofHours(1);

    private final CallingProperties house;
    private final CallCheckProperties check;
    private final WorkingCalendar calendar;

    CallRules(CallingProperties house, CallCheckProperties check, WorkingCalendar calendar) {
        this.house = house;
        this.check = check;
        this.calendar = calendar;
    }

    /** The house's limits and the person's, the strictest of both. */
    CallLimits limits(CallFacts facts) {
        return CallLimits.of(house, facts.conditions());
    }

    /** What forbids a call now, the gravest first, each with the moment at which it ends by itself. */
    Map<CallRule, Instant> against(CallRequest request, CallFacts facts, CallLimits limits, Instant now) {
        Map<CallRule, Instant> against = new EnumMap<>(CallRule.class);
        ofTheCaller(request, facts, now, against);
        ofTheCallee(facts, against);
        ofTheConditions(request, limits, against);
        ofTheHour(limits, now, against);
        ofTheCounters(facts, limits, now, against);
        return against;
    }

    private static void ofTheCaller(CallRequest request, CallFacts facts, Instant now, Map<CallRule, Instant> against) {
        if (request.employee() != null && !request.employee().equals(facts.employeeId())) {
            against.put(CallRule.CARD_OF_ANOTHER, NEVER);
        }
        if (facts.status() == Status.SUSPENDED || facts.status() == Status.CLOSED) {
            against.put(CallRule.ACCOUNT_SUSPENDED, NEVER);
        } else if (!facts.callingOpen()) {
            against.put(CallRule.CALLING_STOPPED, NEVER);
        }
        LocalDate certifiedTo = facts.certifiedTo();
        if (facts.trainingDue()) {
            against.put(CallRule.NO_CERTIFICATE, NEVER);
        } else if (certifiedTo != null
                && now.atZone(WorkingCalendar.ZONE).toLocalDate().isAfter(certifiedTo)) {
            against.put(CallRule.CERTIFICATE_EXPIRED, NEVER);
        }
    }

    private static void ofTheCallee(CallFacts facts, Map<CallRule, Instant> against) {
        if (facts.refused()) {
            against.put(CallRule.DO_NOT_CALL, NEVER);
        }
        if (facts.complained()) {
            against.put(CallRule.COMPLAINANT, NEVER);
        }
        if (!facts.consented()) {
            against.put(CallRule.NO_CONSENT, NEVER);
        }
    }

    private void ofTheConditions(CallRequest request, CallLimits limits, Map<CallRule, Instant> against) {
        if (limits.numberBarred()) {
            against.put(CallRule.BARRED_NUMBER, NEVER);
        }
        if (request.callee() != null && limits.barsPrefixOf(MobileNumber.normalise(request.callee()))) {
            against.put(CallRule.BARRED_PREFIX, NEVER);
        }
        if (limits.filedScriptOnly() && !check.filedScripts().contains(String.valueOf(request.script()))) {
            against.put(CallRule.UNFILED_SCRIPT, NEVER);
        }
        if (limits.sameRegionOnly() && !Boolean.TRUE.equals(request.sameRegion())) {
            against.put(CallRule.CROSS_REGION, NEVER);
        }
        if (limits.unknown()) {
            against.put(CallRule.UNKNOWN_CONDITION, NEVER);
        }
    }

    private void ofTheHour(CallLimits limits, Instant now, Map<CallRule, Instant> against) {
        ZonedDateTime local = now.atZone(WorkingCalendar.ZONE);
        if (limits.workingDaysOnly() && !calendar.isWorkingDay(local.toLocalDate())) {
            against.put(CallRule.NON_WORKING_DAY, open(limits, now).orElse(NEVER));
        }
        if (!limits.isOpenAt(local.toLocalTime())) {
            against.put(CallRule.OUT_OF_HOURS, open(limits, now).orElse(NEVER));
        }
    }

    private static void ofTheCounters(CallFacts facts, CallLimits limits, Instant now, Map<CallRule, Instant> against) {
        Instant midnight = now.atZone(WorkingCalendar.ZONE)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(WorkingCalendar.ZONE)
                .toInstant();
        if (facts.today() >= limits.daily()) {
            against.put(CallRule.DAILY_CAP, limits.daily() == 0 ? NEVER : midnight);
        }
        if (facts.calleeToday() >= limits.sameCalleeADay()) {
            against.put(CallRule.SAME_CALLEE, limits.sameCalleeADay() == 0 ? NEVER : midnight);
        }
        if (facts.lastHour() >= limits.hourly()) {
            // At the latest; the one who has the calls at hand may say it better.
            against.put(CallRule.HOURLY_CAP, limits.hourly() == 0 ? NEVER : now.plus(HOUR));
        }
        tooSoon(facts.lastCall(), limits.gap(), now).ifPresent(end -> against.put(CallRule.CALL_GAP, end));
        tooSoon(facts.lastCallToCallee(), limits.sameCalleeGap(), now)
                .ifPresent(end -> against.put(CallRule.SAME_CALLEE_GAP, end));
    }

    private static Optional<Instant> tooSoon(@Nullable Instant last, Duration gap, Instant now) {
        return Optional.ofNullable(last).map(call -> call.plus(gap)).filter(now::isBefore);
    }

    /** The first moment from one on that lies in the hours and on the days of these limits. */
    Optional<Instant> open(CallLimits limits, Instant from) {
        ZonedDateTime moment = from.atZone(WorkingCalendar.ZONE);
        for (int day = 0; day <= DAYS_AHEAD && !limits.closed(); day++) {
            LocalDate date = moment.toLocalDate();
            if (!limits.workingDaysOnly() || calendar.isWorkingDay(date)) {
                LocalTime time = moment.toLocalTime().isBefore(limits.from()) ? limits.from() : moment.toLocalTime();
                if (limits.isOpenAt(time)) {
                    return Optional.of(
                            date.atTime(time).atZone(WorkingCalendar.ZONE).toInstant());
                }
            }
            moment = date.plusDays(1).atStartOfDay(WorkingCalendar.ZONE);
        }
        return Optional.empty();
    }
}
