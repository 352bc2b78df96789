package org.jiefeng.carrier.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long a busy carrier wants to be left alone (RFC 9110, Retry-After). */
final class RetryAfter {

    private RetryAfter() {}

    /**
     * Seconds or a date; what is neither, or lies in the past, counts as not said.
     *
     * @param longest nobody is left alone for longer, whatever they say
     */
    static Instant read(@Nullable String header, Instant now, Duration otherwise, Duration longest) {
        Instant until = now.plus(otherwise);
        if (header != null) {
            String text = header.strip();
            if (text.matches("[0-9]{1,9}")) {
                until = now.plusSeconds(Long.parseLong(text));
            } else {
                try {
                    Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
                    until = date.isAfter(now) ? date : until;
                } catch (DateTimeException e) {
                    // not said
                }
            }
        }
        Instant latest = now.plus(longest);
        return until.isAfter(latest) ? latest : until;
    }
}
