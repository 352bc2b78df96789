package org.jiefeng.carrier.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long a busy carrier wants to be left alone (RFC 9110, Retry-After). */
final class RetryAfter {

    private static final int MOST_DIGITS = 9;
    private static final long MOST_SECONDS = 999_999_999;

    private RetryAfter() {}

    /**
     * Seconds or a date; what is neither, or is not in the future, counts as not said: "at once" from somebody who refuses
     * everything would have us call in circles.
     *
     * @param longest nobody is left alone for longer, whatever they say
     */
    static Instant read(@Nullable String header, Instant now, Duration otherwise, Duration longest) {
        Instant said = header == null ? now : time(header.strip(), now);
        Instant until = said.isAfter(now) ? said : now.plus(otherwise);
        Instant latest = now.plus(longest);
        return until.isAfter(latest) ? latest : until;
    }

    /** The present when nothing is said. */
    private static Instant time(String text, Instant now) {
        if (text.matches("[0-9]+")) {
            // Longer numbers are longer than anybody waits.
            return now.plusSeconds(text.length() > MOST_DIGITS ? MOST_SECONDS : Long.parseLong(text));
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return now;
        }
    }
}
