package org.jiefeng.carrier;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.account.Vault;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps decisions with their terms and reasons, and publishes them for the forms that follow. */
@Service
class CarrierDecisions {

    private final JdbcClient jdbc;
    private final CarrierInbox inbox;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final CarrierTexts texts;
    private final Vault vault;

    CarrierDecisions(
            JdbcClient jdbc,
            CarrierInbox inbox,
            CaseSheet caseSheet,
            Timeline timeline,
            CarrierTexts texts,
            Vault vault) {
        this.jdbc = jdbc;
        this.inbox = inbox;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.texts = texts;
        this.vault = vault;
    }

    /** Keeps the decision which this inbox entry brought. */
    @Transactional
    CarrierDecision record(long inboxId) {
        InboxEntry entry = inbox.get(inboxId);
        CarrierEvent event = entry.event();
        CarrierEvent.Decision outcome = requireNonNull(event.decision());
        // Terms of anything but a conditional reinstatement would bind nobody.
        CarrierEvent.Terms terms = outcome == CarrierEvent.Decision.CONDITIONAL ? event.terms() : null;
        List<CarrierEvent.Reason> reasons = requireNonNullElse(event.reasons(), List.of());
        CarrierDecision decision = new CarrierDecision(entry.key(), outcome, event.occurredAt(), terms, reasons);
        insert(decision, inboxId);

        String number = entry.key().appealNumber();
        caseSheet.write(number, "decisionText", decisionText(decision));
        caseSheet.write(number, "carrierTerms", terms == null ? "" : rules(terms));
        caseSheet.write(
                number,
                "carrierTermsText",
                terms == null ? "" : Submissions.shortened(termsText(terms), CaseSheet.MAX_LENGTH));
        timeline.record(number, "system", "CARRIER_DECIDED_" + outcome, null);
        return decision;
    }

    private void insert(CarrierDecision decision, long inboxId) {
        CarrierEvent.Terms terms = decision.terms();
        KeyHolder id = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into carrier_decision (appeal_number, round, inbox_id, outcome, decided_at,
                            daily_cap, hourly_cap, calling_hours, probation_days, terms_text)
                        values (:appeal, :round, :inbox, :outcome, :at, :daily, :hourly, :hours, :probation, :text)
                        """)
                .param("appeal", decision.key().appealNumber())
                .param("round", decision.key().round())
                .param("inbox", inboxId)
                .param("outcome", decision.outcome().name())
                .param("at", decision.decidedAt().atOffset(ZoneOffset.UTC))
                .param("daily", terms == null ? null : terms.dailyCap())
                .param("hourly", terms == null ? null : terms.hourlyCap())
                .param("hours", terms == null ? null : terms.hours())
                .param("probation", terms == null ? null : terms.probationDays())
                .param("text", terms == null ? null : terms.text())
                .update(id, "id");
        long decisionId = requireNonNull(id.getKey()).longValue();
        for (int i = 0; i < decision.reasons().size(); i++) {
            jdbc.sql("""
                            insert into carrier_decision_reason (decision_id, position, code, reason)
                            values (:decision, :position, :code, :reason)
                            """)
                    .param("decision", decisionId)
                    .param("position", i)
                    .param("code", decision.reasons().get(i).code())
                    .param("reason", decision.reasons().get(i).text())
                    .update();
        }
    }

    private String decisionText(CarrierDecision decision) {
        StringBuilder text = new StringBuilder(texts.of(
                "decided",
                texts.of("decision." + decision.outcome()),
                decision.decidedAt().atZone(WorkingCalendar.ZONE).toLocalDate().toString()));
        for (CarrierEvent.Reason reason : decision.reasons()) {
            text.append("\n- ").append(texts.reason(reason.code()));
            if (reason.text() != null && !reason.text().isBlank()) {
                text.append(": ").append(reason.text());
            }
        }
        return Submissions.shortened(text.toString(), CaseSheet.MAX_LENGTH);
    }

    /** In the notation of decision {@code release-conditions}, so that both are compared rule by rule. */
    private String rules(CarrierEvent.Terms terms) {
        List<String> rules = new ArrayList<>();
        add(rules, "DAILY_CAP=", terms.dailyCap());
        add(rules, "HOURLY_CAP=", terms.hourlyCap());
        add(rules, "PROBATION_DAYS=", terms.probationDays());
        add(rules, "HOURS=", terms.hours());
        for (String prefix : requireNonNullElse(terms.barredPrefixes(), List.<String>of())) {
            rules.add("BARRED_PREFIX=" + MobileNumber.normalise(prefix));
        }
        for (String number : requireNonNullElse(terms.barredNumbers(), List.<String>of())) {
            String bare = MobileNumber.normalise(number);
            rules.add("BARRED_NUMBER=" + MobileNumber.mask(bare) + "~" + vault.index(bare));
        }
        return String.join(";", rules);
    }

    private static void add(List<String> rules, String name, @Nullable Object value) {
        if (value != null) {
            rules.add(name + value);
        }
    }

    private String termsText(CarrierEvent.Terms terms) {
        List<String> lines = new ArrayList<>();
        addText(lines, "terms.dailyCap", terms.dailyCap());
        addText(lines, "terms.hourlyCap", terms.hourlyCap());
        addText(lines, "terms.hours", terms.hours());
        addText(lines, "terms.probationDays", terms.probationDays());
        addText(lines, "terms.barredPrefixes", joined(terms.barredPrefixes(), MobileNumber::normalise));
        addText(
                lines,
                "terms.barredNumbers",
                joined(terms.barredNumbers(), number -> MobileNumber.mask(MobileNumber.normalise(number))));
        if (terms.text() != null && !terms.text().isBlank()) {
            lines.add("\n" + terms.text());
        }
        return String.join("\n", lines).strip();
    }

    private static @Nullable String joined(@Nullable List<String> numbers, UnaryOperator<String> shown) {
        return numbers == null || numbers.isEmpty()
                ? null
                : numbers.stream().map(shown).collect(Collectors.joining(", "));
    }

    private void addText(List<String> lines, String key, @Nullable Object value) {
        if (value != null) {
            lines.add("- " + texts.of(key, value.toString()));
        }
    }

    Optional<CarrierDecision> find(AppealKey key) {
        return jdbc.sql("select * from carrier_decision where appeal_number = :appeal and round = :round")
                .param("appeal", key.appealNumber())
                .param("round", key.round())
                .query((row, n) -> new CarrierDecision(
                        key,
                        CarrierEvent.Decision.valueOf(row.getString("outcome")),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                        new CarrierEvent.Terms(
                                row.getObject("daily_cap", Integer.class),
                                row.getObject("hourly_cap", Integer.class),
                                row.getString("calling_hours"),
                                row.getObject("probation_days", Integer.class),
                                row.getString("terms_text")),
                        reasons(row.getLong("id"))))
                .optional();
    }

    private List<CarrierEvent.Reason> reasons(long decisionId) {
        return jdbc.sql("""
                        select code, reason from carrier_decision_reason
                        where decision_id = :decision
                        order by position
                        """)
                .param("decision", decisionId)
                .query((row, n) -> new CarrierEvent.Reason(row.getString("code"), row.getString("reason")))
                .list();
    }
}
