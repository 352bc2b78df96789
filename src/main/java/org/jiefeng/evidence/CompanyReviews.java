package org.jiefeng.evidence;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.evidence.CompanyReview.ReasonCode;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.jiefeng.evidence.EvidenceRound.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the company's judgements and moves the round with them. */
@Service
class CompanyReviews {

    private static final int LONGEST_REASON = 4000;

    private final JdbcClient jdbc;
    private final EvidenceRounds rounds;
    private final ReviewedApplications reviewed;
    private final EvidenceTexts texts;
    private final Timeline timeline;
    private final Clock clock;

    CompanyReviews(
            JdbcClient jdbc,
            EvidenceRounds rounds,
            ReviewedApplications reviewed,
            EvidenceTexts texts,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.rounds = rounds;
        this.reviewed = reviewed;
        this.texts = texts;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * Records a judgement.
     *
     * @param reasonCodes codes of {@link ReasonCode}; at least one unless approved
     * @param reason words for the applicant; required unless approved
     * @throws InvalidInputException when a refusal gives no reason
     */
    @Transactional
    void record(String appealNumber, String decision, List<String> reasonCodes, String reason, String reviewer) {
        boolean approved = decision.equals("APPROVE");
        if (!approved) {
            requireReasons(reasonCodes, reason);
        }
        EvidenceRound round = rounds.latest(appealNumber, Kind.APPLICATION).orElseThrow();
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into company_review
                            (appeal_number, round, decision, reason_codes, reason, reviewer, reviewed_at)
                        values (:appeal, :round, :decision, :codes, :reason, :reviewer, :now)
                        """)
                .param("appeal", appealNumber)
                .param("round", round.number())
                .param("decision", decision)
                .param("codes", approved ? "" : String.join(",", reasonCodes))
                .param("reason", reason.strip())
                .param("reviewer", reviewer)
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .update(key, "id");
        reviewed.keep(
                appealNumber,
                Objects.requireNonNull(key.getKey(), "no id drawn").longValue());
        switch (decision) {
            case "APPROVE" -> timeline.record(appealNumber, reviewer, "APPLICATION_APPROVED", null);
            case "RETURN" -> {
                rounds.move(round, State.OPEN);
                timeline.record(appealNumber, reviewer, "APPLICATION_RETURNED", reasonTexts(reasonCodes));
            }
            case "DECLINE" -> {
                rounds.move(round, State.CLOSED);
                timeline.record(appealNumber, reviewer, "APPLICATION_DECLINED", reasonTexts(reasonCodes));
            }
            default -> throw new InvalidInputException("companyDecision", texts.of("review.decision"));
        }
    }

    private void requireReasons(List<String> reasonCodes, String reason) {
        boolean known = !reasonCodes.isEmpty()
                && reasonCodes.stream()
                        .allMatch(code -> Arrays.stream(ReasonCode.values())
                                .anyMatch(listed -> listed.name().equals(code)));
        if (!known) {
            throw new InvalidInputException("reviewReasonCode", texts.of("review.reasonCode"));
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new InvalidInputException(List.of(new FieldProblem("reviewReason", texts.of("review.reason"))));
        }
    }

    private String reasonTexts(List<String> codes) {
        return String.join(
                ", ", codes.stream().map(code -> texts.of("reason." + code)).toList());
    }

    /** The judgements of a case, oldest first. */
    List<CompanyReview> of(String appealNumber) {
        return jdbc.sql("select * from company_review where appeal_number = :appeal order by id")
                .param("appeal", appealNumber)
                .query((row, n) -> new CompanyReview(
                        row.getInt("round"),
                        row.getString("decision"),
                        EvidenceChecklist.codes(row.getString("reason_codes")),
                        row.getString("reason"),
                        row.getString("reviewer"),
                        row.getObject("reviewed_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
