package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Ten wrong passwords for one account and no more, and none of them at the cost of its owner. */
class LoginLimitsTest {

    private final Moved clock = new Moved();
    private final LoginLimits limits = new LoginLimits(properties(), clock);
    private final AtomicInteger looked = new AtomicInteger();

    static SecurityProperties properties(SecurityProperties.ServiceAccount... accounts) {
        return new SecurityProperties(
                List.of(accounts),
                null,
                1000,
                Duration.ofHours(12),
                Duration.ofMinutes(1),
                Set.of(),
                new SecurityProperties.Directory("groups", Map.of()),
                new SecurityProperties.Login(Duration.ofHours(1), 2, 3, 5, 3, 100, Duration.ofDays(90)));
    }

    private static final class Moved extends Clock {

        private Instant now = Instant.parse("2026-11-25T08:00:00Z");

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

    private static LoginClient from(String address, boolean knownDevice) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return new LoginClient(request, knownDevice);
    }

    /** Whether the password was looked at. */
    private boolean guess(String name, boolean exists, String address) {
        try {
            return !limits.attempt(name, exists, from(address, false), () -> {
                looked.incrementAndGet();
                return false;
            });
        } catch (TooManyAttemptsException e) {
            return false;
        }
    }

    private boolean right(String name, String address, boolean knownDevice) {
        return limits.attempt(name, true, from(address, knownDevice), () -> true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneAddressGetsThreeAndLeavesTheOthersSomething(boolean exists) {
        for (int i = 0; i < 1000; i++) {
            guess("victim", exists, "192.0.2.1");
        }
        assertThat(looked).hasValue(3);
        assertThat(guess("victim", exists, "192.0.2.2")).isTrue();
    }

    @Test
    void theOwnerComesFromAnAddressThatIsNew() {
        for (int i = 0; i < 1000; i++) {
            guess("victim", true, "192.0.2.1");
        }

        assertThat(right("victim", "198.51.100.7", false)).isTrue();
    }

    @Test
    void aThousandAddressesGetFiveTogetherAndTheOwnerIsKnown() {
        right("victim", "198.51.100.7", false);

        for (int i = 0; i < 1000; i++) {
            guess("victim", true, "192.0." + i / 250 + "." + i % 250);
        }

        assertThat(looked).hasValue(5);
        assertThat(right("victim", "198.51.100.7", false))
                .as("from where the owner signed in")
                .isTrue();
        assertThat(right("victim", "203.0.113.9", true))
                .as("with the owner's browser, anywhere")
                .isTrue();
        assertThatExceptionOfType(TooManyAttemptsException.class)
                .isThrownBy(() -> right("victim", "203.0.113.10", false))
                .satisfies(e -> assertThat(e.patience()).isEqualTo(Duration.ofHours(1)));
        clock.now = clock.now.plus(Duration.ofHours(1));
        assertThat(right("victim", "203.0.113.10", false)).isTrue();
    }

    @Test
    void whoeverSharesTheOwnersAddressStaysBelowTen() {
        right("victim", "198.51.100.7", false);

        for (int i = 0; i < 1000; i++) {
            guess("victim", true, i % 2 == 0 ? "198.51.100.7" : "192.0.2." + i % 250);
        }

        assertThat(looked).hasValueLessThanOrEqualTo(8);
        assertThat(right("victim", "198.51.100.7", true))
                .as("the owner's browser beside the guesser")
                .isTrue();
    }

    @Test
    void oneAddressMayBeWrongAHundredTimesAtManyAccounts() {
        for (int i = 0; i < 1000; i++) {
            guess("account" + i, true, "192.0.2.1");
        }
        assertThat(looked).hasValue(100);
        right("colleague", "198.51.100.7", false);
        assertThat(guess("account1", true, "2001:db8:1:2:aaaa::1")).isTrue();
    }

    @Test
    void addressesOfOneNetworkAreOne() {
        for (int i = 0; i < 100; i++) {
            guess("victim", true, "2001:db8:1:2::" + Integer.toHexString(i));
        }
        assertThat(looked).hasValue(3);
        assertThat(guess("victim", true, "2001:db8:1:3::1")).isTrue();
    }

    @Test
    void anAdministratorForgives() {
        for (int i = 0; i < 1000; i++) {
            guess("victim", true, "192.0.2." + i % 250);
        }
        limits.forgive("victim");

        assertThat(right("victim", "203.0.113.10", false)).isTrue();
    }

    @Test
    void inventedNamesDoNotPushTheVictimOut() {
        for (int i = 0; i < 1000; i++) {
            guess("victim", true, "192.0.2." + i % 250);
        }
        for (int i = 0; i < 30_000; i++) {
            guess("nobody" + i, false, "192.1." + i / 250 + "." + i % 250);
        }
        looked.set(0);

        guess("victim", true, "203.0.113.77");
        assertThat(looked).hasValue(0);
        assertThat(guess("x".repeat(65), false, "203.0.113.77")).isTrue();
        assertThat(looked).as("no such name can exist").hasValue(0);
    }
}
