package org.jiefeng.carrier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The outbox: an appeal is written down before it is sent, and sent until the carrier has it exactly once. */
@Service
class Submissions {

    private static final RowMapper<Submission> SUBMISSION = (row, n) -> new Submission(
            new AppealKey(row.getString("appeal_number"), row.getInt("round")),
            Carrier.valueOf(row.getString("carrier")),
            Submission.State.valueOf(row.getString("state")),
            row.getString("body"),
            row.getString("channel"),
            row.getString("reference"),
            instant(row.getObject("submitted_at", OffsetDateTime.class)));

    private final JdbcClient jdbc;
    private final CarrierGateway gateway;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final WorkingCalendar calendar;
    private final CarrierDisclosures disclosures;
    private final CarrierTexts texts;
    private final Clock clock;

    Submissions(
            JdbcClient jdbc,
            CarrierGateway gateway,
            CaseSheet caseSheet,
            Timeline timeline,
            WorkingCalendar calendar,
            CarrierDisclosures disclosures,
            CarrierTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.gateway = gateway;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.calendar = calendar;
        this.disclosures = disclosures;
        this.texts = texts;
        this.clock = clock;
    }

    /** Writes down what will be submitted, and tells the liaison how this carrier takes appeals. */
    @Transactional
    void prepare(AppealKey key, Carrier carrier, List<String> causes, long reviewWorkingDays, Guidance guidance) {
        jdbc.sql("""
                        insert into submission (submission_key, appeal_number, round, carrier, state, body, prepared_at)
                        values (:key, :appeal, :round, :carrier, 'PREPARED', :body, :now)
                        """)
                .param("key", key.toString())
                .param("appeal", key.appealNumber())
                .param("round", key.round())
                .param("carrier", carrier.name())
                .param("body", letter(key, causes))
                .param("now", utc(clock.instant()))
                .update();
        if (key.round() > 1) {
            // What belonged to the round before must not stand on this round's forms.
            caseSheet.write(key.appealNumber(), "submissionRefusal", "");
            caseSheet.write(key.appealNumber(), "supplementRequest", "");
            caseSheet.write(key.appealNumber(), "supplementDueOn", "");
        }
        caseSheet.write(
                key.appealNumber(),
                "carrierGuidance",
                guidance.text(texts, LocalDate.now(clock.withZone(WorkingCalendar.ZONE))));
        publishReviewDue(key.appealNumber(), clock.instant(), reviewWorkingDays);
    }

    private String letter(AppealKey key, List<String> causes) {
        AppealLetter letter = new AppealLetter(
                key.appealNumber(),
                key.round(),
                caseSheet.find(key.appealNumber(), "accountMask").orElse(null),
                causes,
                dossier(key.appealNumber(), "dossierManifest"));
        return json(letter);
    }

    /** What the evidence room published about sealed files. */
    AppealLetter.Dossier dossier(String appealNumber, String sheetName) {
        JsonNode manifest = manifest(appealNumber, sheetName);
        List<AppealLetter.FileEntry> files = new ArrayList<>();
        manifest.path("files")
                .forEach(file -> files.add(new AppealLetter.FileEntry(
                        file.hasNonNull("name") ? file.get("name").asText() : null,
                        file.path("sha256").asText())));
        return new AppealLetter.Dossier(
                manifest.path("sha256").asText(),
                manifest.hasNonNull("sealedAt")
                        ? Instant.parse(manifest.get("sealedAt").asText())
                        : null,
                manifest.hasNonNull("bytes") ? manifest.get("bytes").asLong() : null,
                files);
    }

    JsonNode manifest(String appealNumber, String sheetName) {
        String text = caseSheet
                .find(appealNumber, sheetName)
                .orElseThrow(() -> new IllegalStateException("No " + sheetName + " of " + appealNumber));
        try {
            return CarrierJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable " + sheetName + " of " + appealNumber);
        }
    }

    /**
     * Hands the newest round in through the carrier's interface. Asks by key first: an earlier attempt may have arrived
     * although its answer did not.
     *
     * @return the carrier's reference
     * @throws SubmissionRefusedException when the carrier does not take it on; what it said is kept
     */
    @Transactional(noRollbackFor = SubmissionRefusedException.class)
    String submit(String appealNumber) {
        Submission submission = latest(appealNumber).orElseThrow();
        if (submission.state() == Submission.State.SUBMITTED && submission.reference() != null) {
            return submission.reference();
        }
        AppealKey key = submission.key();
        try {
            Receipt receipt = gateway.find(submission.carrier(), key.toString())
                    .orElseGet(() -> gateway.submit(submission.carrier(), key.toString(), submission.body()));
            submitted(key, Submission.API, receipt.carrierCaseId(), receipt.receivedAt(), "system");
            timeline.record(appealNumber, "system", "APPEAL_SUBMITTED", receipt.carrierCaseId());
            return receipt.carrierCaseId();
        } catch (SubmissionRefusedException e) {
            jdbc.sql("update submission set state = 'REFUSED', refusal_code = :code where submission_key = :key")
                    .param("code", shortened(e.code(), 60))
                    .param("key", key.toString())
                    .update();
            caseSheet.write(appealNumber, "submissionRefusal", shortened(e.code() + ": " + e.reason(), 2000));
            timeline.record(appealNumber, "system", "SUBMISSION_REFUSED", shortened(e.code(), 60));
            throw e;
        }
    }

    /**
     * Keeps what the liaison submitted through portal or hotline (R15, R40), with the carrier's receipt.
     *
     * @param suspendedAt nothing was submitted before it
     * @throws InvalidInputException naming every wrong field
     */
    @Transactional
    void recordByHand(
            String appealNumber, ManualSubmission given, Instant suspendedAt, long reviewWorkingDays, String actor) {
        List<FieldProblem> problems = given.problems(suspendedAt, clock.instant(), texts);
        Instant submittedAt = given.submittedAt();
        if (submittedAt == null || !problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        AppealKey key = latest(appealNumber).orElseThrow().key();
        submitted(key, given.channel(), given.ticket(), submittedAt, actor);
        jdbc.sql("update submission set receipt_number = :number, receipt_at = :at where submission_key = :key")
                .param("number", given.receiptNumber().isEmpty() ? null : given.receiptNumber())
                .param("at", given.receivedAt() == null ? null : utc(given.receivedAt()))
                .param("key", key.toString())
                .update();
        publishReviewDue(appealNumber, submittedAt, reviewWorkingDays);
        timeline.record(appealNumber, actor, "APPEAL_SUBMITTED_BY_HAND", given.ticket());
    }

    private void submitted(AppealKey key, String channel, String reference, Instant at, String actor) {
        jdbc.sql("""
                        update submission
                        set state = 'SUBMITTED', channel = :channel, reference = :reference,
                            submitted_at = :at, submitted_by = :actor
                        where submission_key = :key
                        """)
                .param("channel", channel)
                .param("reference", reference)
                .param("at", utc(at))
                .param("actor", actor)
                .param("key", key.toString())
                .update();
        disclosures.handedOver(
                key.appealNumber(),
                manifest(key.appealNumber(), "dossierManifest").path("sha256").asText(),
                actor);
    }

    private void publishReviewDue(String appealNumber, Instant from, long reviewWorkingDays) {
        caseSheet.write(
                appealNumber,
                "reviewDueOn",
                calendar.dueAfterWorkingDays(from, reviewWorkingDays)
                        .atZone(WorkingCalendar.ZONE)
                        .toLocalDate()
                        .toString());
    }

    Optional<Submission> latest(String appealNumber) {
        return of(appealNumber).stream().findFirst();
    }

    /** All rounds of an appeal, newest first. */
    List<Submission> of(String appealNumber) {
        return jdbc.sql("select * from submission where appeal_number = :appeal order by round desc")
                .param("appeal", appealNumber)
                .query(SUBMISSION)
                .list();
    }

    Optional<Submission> find(AppealKey key) {
        return jdbc.sql("select * from submission where submission_key = :key")
                .param("key", key.toString())
                .query(SUBMISSION)
                .optional();
    }

    static String json(Object value) {
        try {
            return CarrierJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
