package org.jiefeng.carrier;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a carrier takes appeals, as decision {@code carrier-service-level} has it (R15, R44).
 *
 * @param usualDays working days it usually takes, e.g. {@code 5-7}
 * @param escalation what to do when it takes too long
 * @param staleAfterDays how long a check with the carrier holds, 0 for ever
 */
record Guidance(
        @Nullable String portal,
        @Nullable String hotline,
        @Nullable String hours,
        @Nullable String papers,
        @Nullable String fileLimits,
        @Nullable String usualDays,
        @Nullable String escalation,
        @Nullable String source,
        @Nullable String verifiedOn,
        long staleAfterDays) {

    Guidance(
            @Nullable String portal,
            @Nullable String hotline,
            @Nullable String hours,
            @Nullable String source,
            @Nullable String verifiedOn) {
        this(portal, hotline, hours, null, null, null, null, source, verifiedOn, 0);
    }

    /** For the liaison; says so when nobody has checked it with the carrier for too long. */
    String text(CarrierTexts texts, LocalDate today) {
        List<String> lines = new ArrayList<>();
        LocalDate verified = verified();
        if (verified == null) {
            lines.add(texts.of("guidance.unverified"));
        } else if (staleAfterDays > 0 && verified.plusDays(staleAfterDays).isBefore(today)) {
            lines.add(texts.of("guidance.stale", verified.toString(), String.valueOf(staleAfterDays)));
        }
        add(lines, texts, "portal", portal);
        add(lines, texts, "hotline", hotline);
        add(lines, texts, "hours", hours);
        add(lines, texts, "papers", papers);
        add(lines, texts, "fileLimits", fileLimits);
        add(lines, texts, "usualDays", usualDays);
        add(lines, texts, "escalation", escalation);
        add(lines, texts, "source", source);
        add(lines, texts, "verifiedOn", verified == null ? null : verifiedOn);
        return String.join("\n", lines);
    }

    /** What a process owner typed as no date says nothing about a check. */
    private @Nullable LocalDate verified() {
        try {
            return verifiedOn == null || verifiedOn.isBlank() ? null : LocalDate.parse(verifiedOn);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static void add(List<String> lines, CarrierTexts texts, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            lines.add("- " + texts.of("guidance." + key, value));
        }
    }
}
