package org.jiefeng.alternative;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Explains what is left, and keeps complaints to the regulator and legal advice on record. */
@Service
class Alternatives {

    private final JdbcClient jdbc;
    private final AppealService appeals;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final DisclosureLog disclosures;
    private final LegalHolds holds;
    private final DueDates dueDates;
    private final WorkingCalendar calendar;
    private final RegulatorProperties properties;
    private final AlternativeTexts texts;
    private final Clock clock;

    Alternatives(
            JdbcClient jdbc,
            AppealService appeals,
            CaseSheet caseSheet,
            Timeline timeline,
            DisclosureLog disclosures,
            LegalHolds holds,
            DueDates dueDates,
            WorkingCalendar calendar,
            RegulatorProperties properties,
            AlternativeTexts texts,
            Clock clock) {
        this.jdbc = jdbc;
        this.appeals = appeals;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.disclosures = disclosures;
        this.holds = holds;
        this.dueDates = dueDates;
        this.calendar = calendar;
        this.properties = properties;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Publishes {@code optionsText}: every way, whether it is open, and why not; and {@code rejectionAdvice}: what to do
     * about the carrier's reasons.
     *
     * @param advice one for every reason of a rejection, empty where the carrier has not rejected
     */
    @Transactional
    void explain(String appealNumber, Options options, List<Advice> advice) {
        String explanation = Stream.of(
                        options.resubmission(), options.complaint(), options.replacement(), options.advice())
                .map(key -> "- "
                        + texts.of(
                                "option." + key,
                                String.valueOf(options.submissionRound()),
                                options.lastDayToComplain(),
                                options.lastDayToResubmit()))
                .collect(Collectors.joining("\n"));
        jdbc.sql("""
                        insert into option_set (appeal_number, explained_at, can_resubmit, can_complain,
                            can_replace_card, can_take_advice, explanation)
                        values (:appeal, :now, :resubmit, :complain, :replace, :advice, :explanation)
                        """)
                .param("appeal", appealNumber)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("resubmit", options.canResubmit())
                .param("complain", options.canComplain())
                .param("replace", options.canReplaceCard())
                .param("advice", options.canTakeAdvice())
                .param("explanation", explanation)
                .update();
        caseSheet.write(appealNumber, "optionsText", explanation);
        if (options.complainUntil() != null && options.canComplain()) {
            lastDayToComplain(appealNumber, options.complainUntil());
        }
        caseSheet.write(appealNumber, "rejectionAdvice", inWords(advice));
        caseSheet.write(appealNumber, "resubmitLastDay", options.canResubmit() ? options.lastDayToResubmit() : "");
        if (options.resubmitUntil() != null && options.canResubmit()) {
            onRecord(appealNumber, DueDates.Kind.RESUBMISSION, options.resubmitUntil(), DueDates.Reason.REJECTED);
        }
        timeline.record(appealNumber, "system", "OPTIONS_EXPLAINED", null);
    }

    private void lastDayToComplain(String appealNumber, Instant until) {
        caseSheet.write(
                appealNumber,
                "complaintLastDay",
                LocalDate.ofInstant(until, WorkingCalendar.ZONE).toString());
        onRecord(appealNumber, DueDates.Kind.REGULATOR, until, DueDates.Reason.LAW);
    }

    private void onRecord(String appealNumber, DueDates.Kind kind, Instant until, DueDates.Reason reason) {
        boolean known = dueDates.latest(appealNumber, kind)
                .filter(entry -> entry.dueAt().equals(until))
                .isPresent();
        if (!known) {
            dueDates.set(appealNumber, kind, until, reason, "system");
        }
    }

    /** A carrier may give twenty reasons: those that do not fit stand in the decision itself. */
    private String inWords(List<Advice> advice) {
        StringBuilder text = new StringBuilder();
        for (Advice each : advice) {
            String line = texts.of(
                    each.evidence().isEmpty() ? "guide.line" : "guide.lineWithEvidence",
                    texts.reason(each.reason()),
                    each.text(),
                    texts.of("guide." + each.resubmission()),
                    each.evidence().stream()
                            .map(this::itemName)
                            .collect(Collectors.joining(texts.ofAccount("list.separator"))));
            if (text.length() + line.length() + 1 > CaseSheet.MAX_LENGTH) {
                break;
            }
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
        return text.toString();
    }

    /** As the checklist calls it; an item the catalogue does not know keeps its code. */
    private String itemName(String code) {
        return jdbc.sql("select name_%s from evidence_item_type where code = :code"
                        .formatted(texts.isChinese() ? "zh" : "en"))
                .param("code", code)
                .query(String.class)
                .optional()
                .orElse(code);
    }

    /**
     * Keeps a complaint to the regulator and works out until when it must be answered.
     *
     * @param answers fields of form {@code file-regulator-complaint}
     * @param until the last moment the regulator takes it, null where nothing limits it
     * @throws InvalidInputException when the regulator would refuse it: the carrier comes first, no court, not too late
     */
    @Transactional
    void recordComplaint(
            String appealNumber, String taskId, Map<String, String> answers, @Nullable Instant until, String actor) {
        if (!isTicked(answers, "carrierAskedFirst")) {
            throw new InvalidInputException("carrierAskedFirst", texts.of("complaint.carrierFirst"));
        }
        if (!isTicked(answers, "notInCourt")) {
            throw new InvalidInputException("notInCourt", texts.of("complaint.notInCourt"));
        }
        String number = required(answers, "complaintNumber");
        LocalDate filedOn = pastDay(answers, "filedOn");
        if (until != null && filedOn.isAfter(LocalDate.ofInstant(until, WorkingCalendar.ZONE))) {
            throw new InvalidInputException(
                    "filedOn",
                    texts.of(
                            "complaint.tooLate",
                            LocalDate.ofInstant(until, WorkingCalendar.ZONE).toString()));
        }
        LocalDate acceptanceDue = calendar.plusWorkingDays(filedOn, properties.acceptanceWorkingDays());
        LocalDate answerDue = acceptanceDue.plusDays(properties.answerDays());
        jdbc.sql("""
                        insert into regulator_complaint (appeal_number, task_id, complaint_number, filed_on, filed_by,
                            acceptance_due_on, answer_due_on)
                        values (:appeal, :task, :number, :filed, :actor, :acceptance, :answer)
                        """)
                .param("appeal", appealNumber)
                .param("task", taskId)
                .param("number", number)
                .param("filed", filedOn)
                .param("actor", actor)
                .param("acceptance", acceptanceDue)
                .param("answer", answerDue)
                .update();
        caseSheet.write(
                appealNumber,
                "regulatorDueText",
                texts.of("complaint.due", acceptanceDue.toString(), answerDue.toString()));
        timeline.record(appealNumber, actor, "REGULATOR_COMPLAINT_FILED", number);
        holds.set(appealNumber, LegalHolds.Ground.REGULATOR, null, "system");
    }

    /**
     * Keeps the regulator's answer with the complaint it answers.
     *
     * @param answers fields of form {@code record-regulator-answer}
     */
    @Transactional
    void recordAnswer(String appealNumber, String answer, Map<String, String> answers, String actor) {
        boolean silent = "NO_ANSWER".equals(answer);
        int changed = jdbc.sql("""
                        update regulator_complaint
                        set answer = :answer, answered_on = :on, answer_text = :text, answer_recorded_by = :actor
                        where id = (select max(id) from regulator_complaint where appeal_number = :appeal)
                        """)
                .param("answer", answer)
                .param("on", silent ? null : pastDay(answers, "answeredOn"))
                .param("text", silent ? null : required(answers, "regulatorAnswerText"))
                .param("actor", actor)
                .param("appeal", appealNumber)
                .update();
        if (changed == 0) {
            throw new ConflictException(texts.of("complaint.none"));
        }
        timeline.record(appealNumber, actor, "REGULATOR_ANSWERED", answer);
        holds.lift(appealNumber, LegalHolds.Ground.REGULATOR, null, "system");
        if ("UPHELD".equals(answer)) {
            // The suspension was wrong, so it counts against nobody (domain.md §6.5).
            appeals.overturn(appealNumber);
        }
    }

    /** From now on compliance may take the legal file; only what is taken is a disclosure (PIPL art. 55). */
    @Transactional
    void prepareLegalFile(String appealNumber) {
        caseSheet.write(appealNumber, "legalFileLink", "/appeals/" + appealNumber + "/legal-file");
        timeline.record(appealNumber, "system", "LEGAL_FILE_PREPARED", null);
    }

    /**
     * Keeps the lawyer's advice. A firm for which nobody took the legal file was told all the same: the disclosure log
     * learns of it here.
     *
     * @param answers fields of form {@code consult-lawyer}
     */
    @Transactional
    void recordAdvice(
            String appealNumber, String taskId, @Nullable String outcome, Map<String, String> answers, String actor) {
        if (outcome == null || !List.of("PURSUE", "NO_CASE").contains(outcome)) {
            throw new InvalidInputException("legalAdviceOutcome", texts.of("missing"));
        }
        String firm = required(answers, "lawyerFirm");
        jdbc.sql("""
                        insert into legal_advice (appeal_number, task_id, firm, advised_on, outcome, summary, recorded_by)
                        values (:appeal, :task, :firm, :on, :outcome, :summary, :actor)
                        """)
                .param("appeal", appealNumber)
                .param("task", taskId)
                .param("firm", firm)
                .param("on", pastDay(answers, "advisedOn"))
                .param("outcome", outcome)
                .param("summary", required(answers, "adviceSummary"))
                .param("actor", actor)
                .update();
        boolean logged = disclosures.of(appealNumber).stream()
                .anyMatch(entry -> entry.recipient().equals(firm));
        if (!logged) {
            disclosures.record(appealNumber, firm, texts.of("legal.purpose"), texts.of("legal.told"), actor);
        }
        timeline.record(appealNumber, actor, "LEGAL_ADVICE_RECORDED", outcome);
        if ("PURSUE".equals(outcome)) {
            // Until compliance says that it is over: a court takes longer than the case.
            holds.set(appealNumber, LegalHolds.Ground.LITIGATION, null, "system");
        }
    }

    private static boolean isTicked(Map<String, String> answers, String name) {
        return Boolean.parseBoolean(answers.getOrDefault(name, "false"));
    }

    private String required(Map<String, String> answers, String name) {
        String text = answers.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            throw new InvalidInputException(name, texts.of("missing"));
        }
        return text;
    }

    private LocalDate pastDay(Map<String, String> answers, String name) {
        try {
            LocalDate day = LocalDate.parse(required(answers, name));
            if (!day.isAfter(LocalDate.ofInstant(clock.instant(), WorkingCalendar.ZONE))) {
                return day;
            }
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(name, texts.of("day"));
        }
        throw new InvalidInputException(name, texts.of("day"));
    }
}
