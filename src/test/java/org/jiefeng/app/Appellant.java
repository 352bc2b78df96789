package org.jiefeng.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A seller of {@link SellersApplication} on the way to the carrier. Every step looks first what is still to be done, so
 * it may be taken again when a crash has swallowed the answer.
 */
final class Appellant {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final KillableApplication application;
    private final int number;
    private final Map<String, Object> notice;

    @Nullable
    private volatile String appeal;

    Appellant(KillableApplication application, int number) {
        this.application = application;
        this.number = number;
        this.notice = Map.ofEntries(
                Map.entry("noticeId", noticeId()),
                Map.entry("carrier", "CHINA_MOBILE"),
                Map.entry("source", "CARRIER"),
                Map.entry("mobile", SellersApplication.mobile(number)),
                Map.entry("state", "SUSPENDED"),
                Map.entry("restrictionType", "OUTBOUND_BARRED"),
                Map.entry("causes", List.of("HIGH_FREQUENCY")),
                Map.entry(
                        "suspendedAt",
                        OffsetDateTime.now(SHANGHAI)
                                .minusHours(1)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()),
                Map.entry("noticeText", "Suspended for unusual calls"),
                // Complete, so that nothing has to be demanded of the carrier first.
                Map.entry("statedReason", "Unusual calls"),
                Map.entry("remedyChannel", "Hotline"),
                Map.entry("requiredMaterials", "Licence and statement"));
    }

    String id() {
        return SellersApplication.seller(number);
    }

    String noticeId() {
        return "N-KILL-" + number;
    }

    /** The number of the case. */
    String appeal() {
        String known = appeal;
        if (known == null) {
            throw new IllegalStateException(id() + " is not suspended");
        }
        return known;
    }

    boolean isAcknowledged() {
        return appeal != null;
    }

    /** The notice feed sends the notice, for the first time or once more. */
    Answer isSuspended() {
        Answer answer = application
                .person("notice-feed")
                .post("/api/suspensions", notice)
                .ok();
        appeal = answer.json().path("appealNumber").asText();
        return answer;
    }

    /** Reports, and the manager stands behind it. */
    void isSupported() {
        self().doesIfOpen(
                        "Task_ReportToManager",
                        appeal(),
                        Map.of(
                                "reportReason", "I called the whole list in one go, without a pause",
                                "causeSource", "CARRIER_NOTICE",
                                "selfMeasures", "I stopped calling at once"));
        manager()
                .doesIfOpen(
                        "Task_JudgeReport",
                        appeal(),
                        Map.of(
                                "managerJudgement", "SUPPORT",
                                "judgementReasonCode", "EXPLANATION_PLAUSIBLE",
                                "judgementReason", "That is how I see it as well"));
    }

    /** The checklist's items that wait for a file. */
    List<String> missingItems() {
        List<String> missing = new ArrayList<>();
        for (JsonNode item : self().get(path() + "/evidence").ok().json().path("items")) {
            if (item.path("required").asBoolean() && !item.hasNonNull("settledBy")) {
                missing.add(item.path("code").asText());
            }
        }
        return missing;
    }

    /** Brings what is missing and hands the application in; false when that was done before. */
    boolean applies() {
        if (self().sees("Task_PrepareApplication", appeal()).isEmpty()) {
            return false;
        }
        for (String item : missingItems()) {
            self().upload(path() + "/evidence", item, item.toLowerCase() + ".pdf", pdf(item))
                    .is(201);
        }
        self().put(
                        path() + "/application",
                        Map.of(
                                "problem", "Too many calls in an hour",
                                "rootCause", "No pause between calls",
                                "doneNow", "Stopped at once",
                                "prevention", "The dialler pauses now",
                                "consent", true,
                                "declaration", true,
                                "measures",
                                        List.of(Map.of(
                                                "kind", "CALLING_RHYTHM",
                                                "description", "A pause of five minutes",
                                                "owner", "the dialler's owner",
                                                "dueOn",
                                                        LocalDate.now(SHANGHAI)
                                                                .plusDays(14)
                                                                .toString(),
                                                "howMeasured", "Calls per hour"))))
                .ok();
        return self().doesIfOpen("Task_PrepareApplication", appeal(), Map.of());
    }

    /** The company approves; what comes then is the application's own doing. */
    boolean isApproved() {
        return manager()
                .doesIfOpen(
                        "Task_ReviewApplication",
                        appeal(),
                        Map.of(
                                "companyDecision", "APPROVE",
                                "reviewReasonCode", "",
                                "reviewReason", "That is what we make of it",
                                "carrierAppealOverride", false));
    }

    private Person self() {
        return application.person(id());
    }

    private Person manager() {
        return application.person("manager");
    }

    private String path() {
        return "/api/appeals/" + appeal();
    }

    private static byte[] pdf(String text) {
        return ("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n% " + text + "\ntrailer << /Root 1 0 R >>\n%%EOF\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
