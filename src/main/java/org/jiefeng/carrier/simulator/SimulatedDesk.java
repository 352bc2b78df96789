package org.jiefeng.carrier.simulator;

import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jiefeng.carrier.CarrierEvent;
import org.jiefeng.carrier.CarrierEvent.Decision;
import org.jiefeng.carrier.CarrierEvent.Reason;
import org.jiefeng.carrier.CarrierEvent.Terms;
import org.jiefeng.carrier.CarrierEvent.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** The desk of the simulated carrier: decides, asks and lifts. */
@Component
@ConditionalOnProperty("jiefeng.simulator.enabled")
class SimulatedDesk {

    private static final Terms USUAL =
            new Terms(50, 15, "09:30-18:00", 30, "Automatic decision of the simulated carrier");

    private final SimulatorBooks books;
    private final Clock clock;

    SimulatedDesk(SimulatorBooks books, Clock clock) {
        this.books = books;
        this.clock = clock;
    }

    boolean reinstate(String key) {
        return decide(key, Decision.REINSTATED, null, null);
    }

    boolean reinstateUnder(String key, Terms terms) {
        return decide(key, Decision.CONDITIONAL, terms, null);
    }

    boolean reject(String key, Reason reason) {
        return decide(key, Decision.REJECTED, null, reason);
    }

    void decideByItself(String key) {
        Decision decision = Decision.valueOf(books.setting().decision());
        decide(
                key,
                decision,
                decision == Decision.CONDITIONAL ? USUAL : null,
                decision == Decision.REJECTED ? new Reason("EVIDENCE_INSUFFICIENT", USUAL.text()) : null);
    }

    private boolean decide(String key, Decision decision, @Nullable Terms terms, @Nullable Reason reason) {
        List<Reason> reasons = reason == null ? null : List.of(reason);
        return books.answer(
                key, event(key, Type.DECISION, decision, terms, reasons, null, null), SimulatedCase.State.DECIDED);
    }

    boolean ask(String key, List<String> materials, @Nullable LocalDate dueOn) {
        return books.answer(
                key,
                event(key, Type.SUPPLEMENT_REQUESTED, null, null, null, materials, dueOn),
                SimulatedCase.State.SUPPLEMENT_REQUESTED);
    }

    boolean lift(String key) {
        return books.answer(
                key, event(key, Type.SUSPENSION_LIFTED, null, null, null, null, null), SimulatedCase.State.LIFTED);
    }

    private CarrierEvent event(
            String key,
            Type type,
            @Nullable Decision decision,
            @Nullable Terms terms,
            @Nullable List<Reason> reasons,
            @Nullable List<String> materials,
            @Nullable LocalDate dueOn) {
        return new CarrierEvent(
                "ev-" + UUID.randomUUID(),
                type,
                key,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                decision,
                terms,
                reasons,
                materials,
                dueOn);
    }
}
