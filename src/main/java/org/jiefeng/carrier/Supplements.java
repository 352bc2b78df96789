package org.jiefeng.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Brings sealed supplements to the carrier, or asks the liaison to. */
@Service
class Supplements {

    private final JdbcClient jdbc;
    private final Submissions submissions;
    private final CarrierGateway gateway;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final CarrierDisclosures disclosures;
    private final CarrierTexts texts;
    private final Clock clock;

    Supplements(
            JdbcClient jdbc,
            Submissions submissions,
            CarrierGateway gateway,
            CaseSheet caseSheet,
            Timeline timeline,
            CarrierDisclosures disclosures,
            CarrierTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.submissions = submissions;
        this.gateway = gateway;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.disclosures = disclosures;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Sends every sealed supplement of this round that did not go out yet, in the order of the seals, the way the appeal
     * went. Where that was by hand, or where the interface refuses it, the liaison is told to hand it over.
     */
    @Transactional
    void send(String appealNumber) {
        Submission submission = submissions.latest(appealNumber).orElseThrow();
        for (String manifest : caseSheet.since(appealNumber, "supplementManifest", submission.preparedAt())) {
            send(submission, Submissions.readManifest(manifest));
        }
    }

    private void send(Submission submission, JsonNode manifest) {
        int number = manifest.path("round").asInt();
        // The number of the seal, not of the attempt: a repeated job sends under the same key.
        String key = submission.key() + ":supplement:" + number;
        if (isSettled(key)) {
            return;
        }
        AppealLetter.Dossier dossier = Submissions.dossier(manifest);
        String body = Submissions.json(new AppealLetter.Supplement(dossier));
        if (submission.isByHand()) {
            byHand(submission, key, body, dossier.sha256(), number);
            return;
        }
        Instant sealedAt = dossier.sealedAt() == null ? submission.preparedAt() : dossier.sealedAt();
        Receipt receipt;
        try {
            receipt = submissions.inTime(
                    sealedAt,
                    () -> gateway.supplement(
                            submission.carrier(), submission.key().toString(), key, body));
        } catch (SubmissionRefusedException e) {
            caseSheet.write(
                    submission.key().appealNumber(),
                    "submissionRefusal",
                    Submissions.shortened(e.code() + ": " + e.reason(), 2000));
            byHand(submission, key, body, dossier.sha256(), number);
            return;
        }
        insert(submission, key, "SUBMITTED", body, receipt.carrierCaseId());
        boolean files = submissions.inTime(sealedAt, () -> submissions.handOverFiles(submission, dossier.sha256()));
        String appealNumber = submission.key().appealNumber();
        disclosures.handedOver(appealNumber, dossier.sha256(), files, "system");
        timeline.record(appealNumber, "system", "SUPPLEMENT_SENT", receipt.carrierCaseId());
    }

    /** The interface does not answer: what is sealed and did not go out is left to the liaison. */
    @Transactional
    void leaveToLiaison(String appealNumber) {
        Submission submission = submissions.latest(appealNumber).orElseThrow();
        for (String text : caseSheet.since(appealNumber, "supplementManifest", submission.preparedAt())) {
            JsonNode manifest = Submissions.readManifest(text);
            int number = manifest.path("round").asInt();
            String key = submission.key() + ":supplement:" + number;
            if (!isSettled(key)) {
                AppealLetter.Dossier dossier = Submissions.dossier(manifest);
                byHand(
                        submission,
                        key,
                        Submissions.json(new AppealLetter.Supplement(dossier)),
                        dossier.sha256(),
                        number);
            }
        }
    }

    private void byHand(Submission submission, String key, String body, String sha256, int number) {
        String appealNumber = submission.key().appealNumber();
        insert(submission, key, "BY_HAND", body, null);
        disclosures.handedOver(appealNumber, sha256, true, "system");
        String request = caseSheet.find(appealNumber, "supplementRequest").orElse("");
        caseSheet.write(
                appealNumber,
                "supplementRequest",
                (request + "\n\n" + texts.of("supplement.byHand", appealNumber, String.valueOf(number))).strip());
        timeline.record(appealNumber, "system", "SUPPLEMENT_READY", String.valueOf(number));
    }

    private boolean isSettled(String key) {
        return jdbc.sql("select count(*) from supplement where supplement_key = :key")
                        .param("key", key)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void insert(Submission submission, String key, String state, String body, @Nullable String reference) {
        jdbc.sql("""
                        insert into supplement (supplement_key, submission_key, state, body, reference, recorded_at)
                        values (:key, :submission, :state, :body, :reference, :now)
                        """)
                .param("key", key)
                .param("submission", submission.key().toString())
                .param("state", state)
                .param("body", body)
                .param("reference", reference)
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .update();
    }
}
