package org.jiefeng.calling;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks through the calls of a period for broken rules; the codes are those decision {@code call-risk} knows. */
@Component
class ViolationFinder {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final CallingRecords records;
    private final CallingProperties properties;

    ViolationFinder(CallingRecords records, CallingProperties properties) {
        this.records = records;
        this.properties = properties;
    }

    /** The gravest rule an employee broke: breaches of law before those of the house. */
    Optional<String> gravest(String employeeId, Instant from, Instant to) {
        if (records.countCallsToBarred(employeeId, from, to) > 0) {
            return Optional.of("DO_NOT_CALL");
        }
        if (records.countCallsToComplainants(employeeId, from, to) > 0) {
            return Optional.of("COMPLAINANT");
        }
        if (records.countCallsWithoutConsent(employeeId, from, to) > 0) {
            return Optional.of("NO_CONSENT");
        }
        return inManner(records.callsOfEmployee(employeeId, from, to));
    }

    /** Rules about how is called, not whom. */
    Optional<String> inManner(List<Call> calls) {
        if (calls.stream().anyMatch(this::isOutOfHours)) {
            return Optional.of("OUT_OF_HOURS");
        }
        Map<String, Call> lastTo = new HashMap<>();
        Map<String, Integer> countADay = new HashMap<>();
        boolean tooOften = false;
        boolean tooSoon = false;
        long repeated = 0;
        for (Call call : calls) {
            Call last = lastTo.put(call.calleeIndex(), call);
            if (last != null) {
                repeated++;
                Duration gap = Duration.between(last.startedAt(), call.startedAt());
                tooSoon |= gap.toMinutes() < properties.sameCalleeGapMinutes();
            }
            String day = call.startedAt().atZone(SHANGHAI).toLocalDate() + call.calleeIndex();
            tooOften |= countADay.merge(day, 1, Integer::sum) > properties.sameCalleeADay();
        }
        if (tooOften) {
            return Optional.of("SAME_CALLEE");
        }
        if (tooSoon) {
            return Optional.of("SAME_CALLEE_GAP");
        }
        if (calls.size() < properties.minimumCalls()) {
            return Optional.empty();
        }
        if (repeated * 100 > calls.size() * (long) properties.repeatedPercent()) {
            return Optional.of("REPEATED_NUMBERS");
        }
        return meanSeconds(calls) < properties.shortCallSeconds() ? Optional.of("SHORT_CALLS") : Optional.empty();
    }

    private boolean isOutOfHours(Call call) {
        LocalTime time = call.startedAt().atZone(SHANGHAI).toLocalTime();
        return time.isBefore(properties.from()) || !time.isBefore(properties.to());
    }

    private static double meanSeconds(List<Call> calls) {
        return calls.stream()
                .filter(call -> call.outcome() == Call.Outcome.ANSWERED)
                .mapToInt(Call::durationSeconds)
                .average()
                .orElse(Double.MAX_VALUE);
    }
}
