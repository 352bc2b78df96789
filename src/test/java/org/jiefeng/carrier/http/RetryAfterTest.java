package org.jiefeng.carrier.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-03T02:00:00Z");
    private static final Duration OTHERWISE = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private static Duration wait(String header) {
        return Duration.between(NOW, RetryAfter.read(header, NOW, OTHERWISE, LONGEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1                             | PT1S",
                "' 120 '                       | PT2M",
                "3600                          | PT1H",
                "Tue, 03 Mar 2026 02:05:00 GMT | PT5M",
            })
    void secondsAndDatesAreKept(String header, Duration expected) {
        assertThat(wait(header)).isEqualTo(expected);
    }

    /** Nobody is left alone for longer, in whatever way it is said, and however many digits it has. */
    @ParameterizedTest
    @ValueSource(
            strings = {"3601", "999999999", "9999999999", "99999999999999999999999", "Wed, 04 Mar 2026 02:00:00 GMT"})
    void nobodyIsLeftAloneForLongerThanAnHour(String header) {
        assertThat(wait(header)).isEqualTo(LONGEST);
    }

    /** With "at once" from a carrier that refuses everything, a job that loses no retry would run in circles. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "000",
                "-5",
                "1.5",
                "",
                "when we are back",
                "2026-03-03T02:05:00Z",
                "Tue, 03 Mar 2026 01:59:59 GMT",
                "Tue, 03 Mar 2026 02:00:00 GMT",
                "Wed, 03 Mar 2026 02:05:00 GMT",
                "١٢٠"
            })
    void whatIsNoTimeToComeCountsAsNotSaid(String header) {
        assertThat(wait(header)).isEqualTo(OTHERWISE);
    }

    @Test
    void nothingSaidIsAPauseOfOurOwn() {
        assertThat(RetryAfter.read(null, NOW, OTHERWISE, LONGEST)).isEqualTo(NOW.plus(OTHERWISE));
    }
}
