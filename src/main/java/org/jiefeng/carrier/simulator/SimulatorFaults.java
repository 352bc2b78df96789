package org.jiefeng.carrier.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Which misbehaviour comes next, chosen on the page for everybody or written down in advance for one appeal. */
@Component
@ConditionalOnProperty("jiefeng.simulator.enabled")
class SimulatorFaults {

    private final Clock clock;
    private final Deque<SimulatorFault> callsOfAll = new ArrayDeque<>();
    private final Deque<SimulatorFault> eventsOfAll = new ArrayDeque<>();
    private final Map<String, Deque<SimulatorFault>> calls = new HashMap<>();
    private final Map<String, Deque<SimulatorFault>> events = new HashMap<>();
    private final Map<SimulatorFault, Integer> happened = new EnumMap<>(SimulatorFault.class);
    private final Map<String, Instant> notBefore = new HashMap<>();
    private final AtomicInteger canaryHits = new AtomicInteger();
    private final AtomicInteger earlyCalls = new AtomicInteger();

    SimulatorFaults(Clock clock) {
        this.clock = clock;
    }

    /** The next so many calls, or answers, of whatever appeal. */
    synchronized void next(SimulatorFault fault, int times) {
        for (int i = 0; i < times; i++) {
            (fault.isOfEvents() ? eventsOfAll : callsOfAll).add(fault);
        }
    }

    /** The next calls and answers of one appeal, in this order. */
    synchronized void script(String key, List<SimulatorFault> faults) {
        for (SimulatorFault fault : faults) {
            (fault.isOfEvents() ? events : calls)
                    .computeIfAbsent(key, none -> new ArrayDeque<>())
                    .add(fault);
        }
    }

    synchronized void clear() {
        callsOfAll.clear();
        eventsOfAll.clear();
        calls.clear();
        events.clear();
    }

    /** @param brings whether the call brings something, and does not only ask */
    synchronized Optional<SimulatorFault> ofCall(String key, boolean brings) {
        Instant promised = notBefore.remove(key);
        if (promised != null && clock.instant().isBefore(promised)) {
            earlyCalls.incrementAndGet();
        }
        return take(calls.get(key), callsOfAll, brings);
    }

    synchronized Optional<SimulatorFault> ofEvent(String key) {
        return take(events.get(key), eventsOfAll, true);
    }

    private Optional<SimulatorFault> take(
            @Nullable Deque<SimulatorFault> own, Deque<SimulatorFault> ofAll, boolean brings) {
        Deque<SimulatorFault> next = own == null || own.isEmpty() ? ofAll : own;
        SimulatorFault fault = next.peek();
        if (fault == null || fault.needsSomethingToTake() && !brings) {
            return Optional.empty();
        }
        next.remove();
        happened.merge(fault, 1, Integer::sum);
        return Optional.of(fault);
    }

    /** From now on it counts who calls too early. */
    synchronized void askedToWait(String key, long seconds) {
        notBefore.put(key, clock.instant().plusSeconds(seconds));
    }

    void canary() {
        canaryHits.incrementAndGet();
    }

    /** Calls to the address that a redirect named. */
    int canaryHits() {
        return canaryHits.get();
    }

    /** Calls that came before the time the carrier had named. */
    int earlyCalls() {
        return earlyCalls.get();
    }

    synchronized Map<SimulatorFault, Integer> happened() {
        return new EnumMap<>(happened);
    }

    /** What is still written down for the calls of one appeal. */
    synchronized int waiting(String key) {
        Deque<SimulatorFault> own = calls.get(key);
        return own == null ? 0 : own.size();
    }

    synchronized int waiting() {
        return callsOfAll.size() + eventsOfAll.size();
    }
}
