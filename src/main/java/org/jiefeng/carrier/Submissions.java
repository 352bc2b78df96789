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
import java.util.function.Supplier;
import org.jiefeng.account.Carrier;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.SealedPapers;
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
            row.getObject("prepared_at", OffsetDateTime.class).toInstant(),
            row.getString("channel"),
            row.getString("reference"),
            instant(row.getObject("submitted_at", OffsetDateTime.class)));

    private final JdbcClient jdbc;
    private final CarrierGateway gateway;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final WorkingCalendar calendar;
    private final CarrierDisclosures disclosures;
    private final CarrierMatters matters;
    private final SealedPapers papers;
    private final Incidents incidents;
    private final CarrierProperties properties;
    private final CarrierTexts texts;
    private final Clock clock;

    Submissions(
            JdbcClient jdbc,
            CarrierGateway gateway,
            CaseSheet caseSheet,
            Timeline timeline,
            WorkingCalendar calendar,
            CarrierDisclosures disclosures,
            CarrierMatters matters,
            SealedPapers papers,
            Incidents incidents,
            CarrierProperties properties,
            CarrierTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.gateway = gateway;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.calendar = calendar;
        this.disclosures = disclosures;
        this.matters = matters;
        this.papers = papers;
        this.incidents = incidents;
        this.properties = properties;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Writes down what will be submitted, and tells the liaison how this carrier takes appeals. A round that is written down
     * already belongs to a case that was closed and reopened: it goes on as it was handed in.
     */
    @Transactional
    void prepare(AppealKey key, Carrier carrier, List<String> causes, long reviewWorkingDays, Guidance guidance) {
        if (find(key).isPresent()) {
            askAgain(key);
            publishReviewDue(key.appealNumber(), clock.instant(), reviewWorkingDays);
            return;
        }
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

    /** Nobody asked the carrier while the case was closed. */
    private void askAgain(AppealKey key) {
        jdbc.sql("""
                        update submission set next_poll_at = :now
                        where submission_key = :key and state = 'SUBMITTED' and channel = :api
                        """)
                .param("now", utc(clock.instant()))
                .param("key", key.toString())
                .param("api", Submission.API)
                .update();
    }

    private String letter(AppealKey key, List<String> causes) {
        AppealLetter letter = new AppealLetter(
                key.appealNumber(),
                key.round(),
                incidents
                        .of(key.appealNumber())
                        .map(Incidents.Incident::reference)
                        .orElse(null),
                caseSheet.find(key.appealNumber(), "accountMask").orElse(null),
                causes,
                dossier(key.appealNumber(), "dossierManifest"));
        return json(letter);
    }

    /** What the evidence room published about the newest sealed files. */
    AppealLetter.Dossier dossier(String appealNumber, String sheetName) {
        return dossier(manifest(appealNumber, sheetName));
    }

    static AppealLetter.Dossier dossier(JsonNode manifest) {
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

    private JsonNode manifest(String appealNumber, String sheetName) {
        return readManifest(caseSheet
                .find(appealNumber, sheetName)
                .orElseThrow(() -> new IllegalStateException("No " + sheetName + " of " + appealNumber)));
    }

    static JsonNode readManifest(String text) {
        try {
            return CarrierJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable manifest");
        }
    }

    /**
     * Hands the newest round in through the carrier's interface, and then the sealed files. Asks by key first: an earlier
     * attempt may have arrived although its answer did not.
     *
     * @return the carrier's reference
     * @throws SubmissionRefusedException when the carrier does not take it on, or a person has taken it from there; what
     *     was said is kept
     * @throws CarrierBusyException when the carrier takes nothing at present and there is time to wait
     */
    @Transactional(noRollbackFor = SubmissionRefusedException.class)
    String submit(String appealNumber) {
        Submission submission = latest(appealNumber).orElseThrow();
        if (submission.state() == Submission.State.SUBMITTED && submission.reference() != null) {
            return submission.reference();
        }
        AppealKey key = submission.key();
        try {
            Receipt receipt = submission.state() == Submission.State.BY_HAND
                    ? arrivedAfterAll(submission)
                    : inTime(submission.preparedAt(), () -> handIn(submission));
            submitted(key, Submission.API, receipt.carrierCaseId(), receipt.receivedAt(), "system");
            timeline.record(appealNumber, "system", "APPEAL_SUBMITTED", receipt.carrierCaseId());
            String sha256 =
                    manifest(appealNumber, "dossierManifest").path("sha256").asText();
            boolean files = inTime(submission.preparedAt(), () -> handOverFiles(submission, sha256));
            disclosures.handedOver(appealNumber, sha256, files, "system");
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

    private Receipt handIn(Submission submission) {
        String key = submission.key().toString();
        return gateway.find(submission.carrier(), key)
                .orElseGet(() -> gateway.submit(submission.carrier(), key, submission.body()));
    }

    /** A person was told that the interface does not answer; what it has nevertheless must not be handed in twice. */
    private Receipt arrivedAfterAll(Submission submission) {
        Optional<Receipt> found;
        try {
            found = gateway.find(submission.carrier(), submission.key().toString());
        } catch (SubmissionRefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            found = Optional.empty();
        }
        return found.orElseThrow(() -> new SubmissionRefusedException("NO_ANSWER", texts.of("stuck.byHand")));
    }

    /**
     * Hands sealed files over where the carrier takes them by its interface. Where it refuses them, the liaison has to:
     * the appeal itself was taken on and must not be handed in again.
     *
     * @return whether the files went over
     */
    boolean handOverFiles(Submission submission, String sha256) {
        Carrier carrier = submission.carrier();
        if (!gateway.takesFiles(carrier)) {
            return false;
        }
        AppealKey key = submission.key();
        try {
            gateway.handOver(carrier, key.toString(), sha256, out -> papers.writeZip(key.appealNumber(), sha256, out));
            return true;
        } catch (SubmissionRefusedException e) {
            matters.open(CarrierMatter.Kind.FILES_REFUSED, carrier, key.appealNumber(), null, key + " " + e.code());
            timeline.record(key.appealNumber(), "system", "FILES_REFUSED", shortened(e.code(), 60));
            return false;
        }
    }

    /**
     * Lets a carrier be busy for a while; after that it is a failure like any other, so that a person hears of it.
     *
     * @param since when there was something to send
     */
    <T> T inTime(Instant since, Supplier<T> call) {
        try {
            return call.get();
        } catch (CarrierBusyException e) {
            if (clock.instant().isBefore(since.plus(properties.calls().patience()))) {
                throw e;
            }
            throw new IllegalStateException("For too long: " + e.getMessage(), e);
        }
    }

    /** From now on a person hands this appeal in. */
    @Transactional
    void leaveToLiaison(String appealNumber) {
        jdbc.sql("update submission set state = 'BY_HAND' where appeal_number = :appeal and state = 'PREPARED'")
                .param("appeal", appealNumber)
                .update();
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
        disclosures.handedOver(
                appealNumber,
                manifest(appealNumber, "dossierManifest").path("sha256").asText(),
                true,
                actor);
        publishReviewDue(appealNumber, submittedAt, reviewWorkingDays);
        timeline.record(appealNumber, actor, "APPEAL_SUBMITTED_BY_HAND", given.ticket());
    }

    private void submitted(AppealKey key, String channel, String reference, Instant at, String actor) {
        boolean polled = channel.equals(Submission.API);
        Carrier carrier = find(key).orElseThrow().carrier();
        jdbc.sql("""
                        update submission
                        set state = 'SUBMITTED', channel = :channel, reference = :reference,
                            submitted_at = :at, submitted_by = :actor, next_poll_at = :poll
                        where submission_key = :key
                        """)
                .param("channel", channel)
                .param("reference", reference)
                .param("at", utc(at))
                .param("actor", actor)
                .param("poll", polled ? utc(clock.instant().plus(properties.pollEvery(carrier))) : null)
                .param("key", key.toString())
                .update();
    }

    /** What the carrier was not asked about for long enough, longest first. */
    List<Submission> dueForPoll(int most) {
        return jdbc.sql("""
                        select * from submission
                        where next_poll_at <= :now
                        order by next_poll_at, submission_key
                        fetch first %d rows only
                        """.formatted(most))
                .param("now", utc(clock.instant()))
                .query(SUBMISSION)
                .list();
    }

    /**
     * Says when the carrier is asked next.
     *
     * @param at null for never again
     * @return false when another node was quicker
     */
    @Transactional
    boolean pollNext(AppealKey key, @Nullable Instant at) {
        return jdbc.sql(
                                "update submission set next_poll_at = :next where submission_key = :key and next_poll_at <= :now")
                        .param("next", at == null ? null : utc(at))
                        .param("key", key.toString())
                        .param("now", utc(clock.instant()))
                        .update()
                == 1;
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
