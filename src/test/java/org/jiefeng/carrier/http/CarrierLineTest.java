package org.jiefeng.carrier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jiefeng.account.Carrier;
import org.jiefeng.carrier.CarrierBusyException;
import org.jiefeng.carrier.CarrierProperties;
import org.jiefeng.carrier.SubmissionRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierLineTest {

    private static final Duration OPEN_FOR = Duration.ofMinutes(1);

    private final MovedClock clock = new MovedClock();
    private CarrierLine line = new CarrierLine(Carrier.CHINA_MOBILE, properties(OPEN_FOR), clock);
    private final AtomicInteger calls = new AtomicInteger();

    private static CarrierProperties properties(Duration openFor) {
        return new CarrierProperties(
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                Duration.ofHours(1),
                new CarrierProperties.Calls(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(90),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        Duration.ofHours(4)),
                new CarrierProperties.Breaker(4, 50, openFor),
                Map.of());
    }

    private String good() {
        return line.call(() -> "answer " + calls.incrementAndGet());
    }

    private void bad() {
        assertThatThrownBy(() -> throwing(new IllegalStateException("no clear answer")))
                .isInstanceOf(RuntimeException.class);
    }

    private void throwing(RuntimeException failure) {
        line.call((Supplier<String>) () -> {
            calls.incrementAndGet();
            throw failure;
        });
    }

    private Instant leftAlone() {
        int before = calls.get();
        CarrierBusyException busy = catchThrowableOfType(CarrierBusyException.class, this::good);
        assertThat(busy).isNotNull();
        assertThat(calls).as("the carrier is not called").hasValue(before);
        return busy.until();
    }

    private void open() {
        for (int i = 0; i < 4; i++) {
            bad();
        }
    }

    @Test
    void carrierThatAskedToBeLeftAloneIsNotCalledBefore() {
        Instant until = clock.now.plusSeconds(120);
        assertThatThrownBy(() -> throwing(new CarrierBusyException("429", until)))
                .isInstanceOf(CarrierBusyException.class);

        clock.now = until.minusMillis(1);
        assertThat(leftAlone()).isEqualTo(until);
        clock.now = until;
        assertThat(good()).isEqualTo("answer 2");
    }

    /** Two calls under way at once: the answer that asks for less time must not shorten what the other asked for. */
    @Test
    void longestTimeAskedForCounts() {
        Instant until = clock.now.plusSeconds(600);
        assertThatThrownBy(() -> line.call(() -> {
                    assertThatThrownBy(() -> throwing(new CarrierBusyException("503", until)));
                    throw new CarrierBusyException("429", clock.now.plusSeconds(60));
                }))
                .isInstanceOf(CarrierBusyException.class);

        clock.now = clock.now.plusSeconds(120);
        assertThat(leftAlone()).isEqualTo(until);
    }

    @Test
    void carrierThatFailsIsLeftAloneForAWhile() {
        Instant start = clock.now;
        good();
        bad();
        good();
        assertThatThrownBy(() -> throwing(new IllegalStateException("the call that was too much")))
                .as("says nothing of what was to be sent, but not why it happened either without its cause")
                .isInstanceOf(CarrierBusyException.class)
                .hasRootCauseMessage("the call that was too much");

        for (int i = 0; i < 50; i++) {
            assertThat(leftAlone())
                    .isBetween(
                            start.plus(OPEN_FOR),
                            start.plus(OPEN_FOR.multipliedBy(6).dividedBy(5)));
        }
        clock.now = start.plus(OPEN_FOR).minusMillis(1);
        leftAlone();
    }

    @Test
    void firstFailuresAreFailuresOfWhatWasSent() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> throwing(new IllegalStateException("no clear answer")))
                    .isExactlyInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void carrierThatAnswersAgainIsCalledAgain() {
        open();
        clock.now = clock.now.plus(OPEN_FOR).plusMillis(1);

        good();
        good();
        bad();
        assertThat(good()).isNotNull();
    }

    /** A job that comes back at the very moment it was told must not be sent away for another whole pause. */
    @Test
    void whoComesAtTheTimeItWasToldIsLetThrough() {
        // So short that there is no jitter.
        line = new CarrierLine(Carrier.CHINA_MOBILE, properties(Duration.ofMillis(1)), clock);
        open();
        clock.now = leftAlone();

        assertThat(good()).isNotNull();
    }

    @Test
    void carrierThatStillFailsIsLeftAloneAgain() {
        open();
        clock.now = clock.now.plus(OPEN_FOR).plusMillis(1);
        bad();
        bad();

        assertThat(leftAlone()).isAfterOrEqualTo(clock.now.plus(OPEN_FOR));
    }

    /** Nobody may have asked for hours: the state is only looked at when somebody calls. */
    @Test
    void pauseIsCountedFromTheLastFailureNotFromTheFirst() {
        open();
        clock.now = clock.now.plus(Duration.ofHours(5));
        bad();
        bad();

        assertThat(leftAlone()).isAfterOrEqualTo(clock.now.plus(OPEN_FOR));
    }

    @Test
    void refusalIsAnAnswer() {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> throwing(new SubmissionRefusedException("INTERFACE_CLOSED", "no")))
                    .isInstanceOf(SubmissionRefusedException.class);
        }
        assertThat(good()).isNotNull();
    }

    /** Neither what we could not read, nor being busy, nor our own crash may use up the two calls that are let through. */
    @ParameterizedTest
    @ValueSource(strings = {"OWN", "BUSY", "ERROR"})
    void whatSaysNothingOfTheCarrierNeitherOpensNorBlocksTheLine(String what) {
        open();
        clock.now = clock.now.plus(OPEN_FOR).plusMillis(1);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> line.call(() -> {
                        calls.incrementAndGet();
                        switch (what) {
                            case "OWN" -> throw new CarrierLine.OurOwnFailure("unreadable", new RuntimeException());
                            case "BUSY" -> throw new CarrierBusyException("429", clock.now.plusSeconds(1));
                            default -> throw new StackOverflowError();
                        }
                    }))
                    .isNotNull();
            clock.now = clock.now.plusSeconds(1);
        }
        assertThat(calls).hasValue(24);
        good();
        assertThat(good()).isNotNull();
    }

    private static final class MovedClock extends Clock {

        private Instant now = Instant.parse("2026-03-03T02:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
