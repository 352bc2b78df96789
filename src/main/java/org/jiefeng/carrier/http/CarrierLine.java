package org.jiefeng.carrier.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jiefeng.account.Carrier;
import org.jiefeng.carrier.CarrierBusyException;
import org.jiefeng.carrier.CarrierProperties;
import org.jiefeng.carrier.SubmissionRefusedException;

/** Whether a carrier may be called now: not while it asked to be left alone, and not while its last calls failed. */
final class CarrierLine {

    private final Carrier carrier;
    private final CarrierProperties properties;
    private final Clock clock;
    private final CircuitBreaker breaker;
    private volatile Instant heldUntil = Instant.EPOCH;
    private volatile Instant openUntil = Instant.EPOCH;

    CarrierLine(Carrier carrier, CarrierProperties properties, Clock clock) {
        this.carrier = carrier;
        this.properties = properties;
        this.clock = clock;
        this.breaker = CircuitBreaker.of(
                carrier.name(),
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(properties.breaker().window())
                        .minimumNumberOfCalls(properties.breaker().window())
                        .failureRateThreshold(properties.breaker().failedPercent())
                        .waitDurationInOpenState(properties.breaker().openFor())
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .build());
        this.breaker.getEventPublisher().onStateTransition(change -> {
            if (change.getStateTransition().getToState() == State.OPEN) {
                // The breaker lets calls through after its time, not at it.
                openUntil = clock.instant().plus(properties.breaker().openFor()).plusMillis(1);
            }
        });
    }

    /**
     * Calls the carrier, if it may be called.
     *
     * @throws CarrierBusyException when it may not, or when this call is the one after which it may not any more: such a
     *     failure says nothing of what was to be sent
     */
    <T> T call(Supplier<T> call) {
        Instant now = clock.instant();
        Instant held = heldUntil;
        if (now.isBefore(held)) {
            throw new CarrierBusyException(carrier + " asked to be left alone", held);
        }
        if (!breaker.tryAcquirePermission()) {
            throw leftAlone();
        }
        try {
            T answer = call.get();
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            return answer;
        } catch (SubmissionRefusedException e) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            throw e;
        } catch (CarrierBusyException e) {
            breaker.releasePermission();
            hold(e.until());
            throw e;
        } catch (OurOwnFailure e) {
            breaker.releasePermission();
            throw e;
        } catch (RuntimeException e) {
            breaker.onError(0, TimeUnit.NANOSECONDS, e);
            if (breaker.getState() == State.OPEN) {
                CarrierBusyException busy = leftAlone();
                busy.initCause(e);
                throw busy;
            }
            throw e;
        } catch (Error e) {
            // Kept, it would be one call less after each pause, and soon none.
            breaker.releasePermission();
            throw e;
        }
    }

    private synchronized void hold(Instant until) {
        if (until.isAfter(heldUntil)) {
            heldUntil = until;
        }
    }

    /** Not everybody at the same moment: the first calls after a pause are few. */
    private CarrierBusyException leftAlone() {
        Instant now = clock.instant();
        Instant open = openUntil;
        Duration wait = open.isAfter(now)
                ? Duration.between(now, open)
                : properties.breaker().openFor();
        long jitter = ThreadLocalRandom.current().nextLong(1 + wait.toMillis() / 5);
        return new CarrierBusyException(
                carrier + " is left alone after failed calls", now.plus(wait).plusMillis(jitter));
    }

    /** What was to be sent could not be read here; the carrier has nothing to do with it. */
    static final class OurOwnFailure extends RuntimeException {

        OurOwnFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
