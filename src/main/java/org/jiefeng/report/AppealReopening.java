package org.jiefeng.report;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.jiefeng.process.CaseMessenger;
import org.jiefeng.process.ReopeningRule;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Second chances for ended cases: the employee or the manager asks with a reason, compliance decides, and the case goes on
 * where it stood. What decision {@code reopening} rules out is not asked in the first place.
 */
@Service
class AppealReopening {

    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 4000;

    private final JdbcClient jdbc;
    private final AppealService appeals;
    private final Accounts accounts;
    private final Employees employees;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final ReopeningRule rule;
    private final CaseMessenger messenger;
    private final MessageSource messages;
    private final Locale locale;
    private final Clock clock;

    AppealReopening(
            JdbcClient jdbc,
            AppealService appeals,
            Accounts accounts,
            Employees employees,
            CaseSheet caseSheet,
            Timeline timeline,
            ReopeningRule rule,
            CaseMessenger messenger,
            MessageSource messages,
            Locale deploymentLocale,
            Clock clock) {
        this.jdbc = jdbc;
        this.appeals = appeals;
        this.accounts = accounts;
        this.employees = employees;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.rule = rule;
        this.messenger = messenger;
        this.messages = messages;
        this.locale = deploymentLocale;
        this.clock = clock;
    }

    /** Why a case is to be reopened. */
    enum Cause {
        NEW_EVIDENCE,
        MISTAKE,
        WITHDRAWN_BY_ACCIDENT
    }

    /** How a request ended. */
    enum Result {
        REOPENED,
        REFUSED,
        /** Granted, but no longer possible. */
        NOT_ALLOWED
    }

    /** What somebody asked with, not looked at yet. */
    record Request(@Nullable String cause, @Nullable String reason) {}

    /**
     * What decision {@code reopening} is asked with.
     *
     * @param bar what the account has against it, {@code NONE} for nothing
     */
    record Facts(String outcome, long daysClosed, long timesReopened, String bar) {}

    /**
     * What a reader may do and should know about reopening a case.
     *
     * @param mayAsk whether a request would be taken from this reader now
     * @param whyNot why none would be, in words; null where it would, or where the reader has nothing to ask
     * @param pending whether one is being decided
     * @param refusedBecause what compliance said when it refused the last one, null where it did not
     */
    record Chance(
            boolean mayAsk,
            @Nullable String whyNot,
            boolean pending,
            @Nullable String refusedBecause) {}

    private record Asked(
            long id,
            String requestedBy,
            Instant requestedAt,
            @Nullable String note,
            @Nullable String decidedBy,
            @Nullable String result) {}

    /** How a case looks to somebody who may wish to have it reopened; empty for an open case and for people who only read it. */
    Optional<Chance> chance(String number, String reader) {
        Appeal appeal = appeals.get(number);
        if (appeal.isOpen() || !maySpeakFor(appeal, reader)) {
            return Optional.empty();
        }
        Optional<Asked> last = last(number);
        boolean pending = last.filter(asked -> asked.result() == null).isPresent();
        Optional<String> refusal = pending ? Optional.empty() : refusal(facts(appeal, clock.instant()));
        return Optional.of(new Chance(
                !pending && refusal.isEmpty(),
                refusal.map(code -> text("reopening.refusal." + code)).orElse(null),
                pending,
                last.filter(asked -> Result.REFUSED.name().equals(asked.result()))
                        .map(Asked::note)
                        .orElse(null)));
    }

    private boolean maySpeakFor(Appeal appeal, String person) {
        return appeal.employeeId().equals(person) || employees.ledBy(person).contains(appeal.employeeId());
    }

    /**
     * Asks for an ended case to be reopened.
     *
     * @throws NotFoundException when the asker is neither its applicant nor leads the applicant's department
     * @throws InvalidInputException naming what is missing
     * @throws ConflictException when the rules do not allow it, or it is asked for already
     */
    @Transactional
    public void ask(String number, Request request, String asker) {
        Appeal appeal = appeals.find(number)
                .filter(found -> maySpeakFor(found, asker))
                .orElseThrow(() -> new NotFoundException("No appeal " + number));
        Instant closedAt = appeal.closedAt();
        Outcome outcome = appeal.outcome();
        Stage stage = appeals.closedIn(number).orElse(null);
        if (closedAt == null || outcome == null || stage == null) {
            throw new ConflictException(text("reopening.open"));
        }
        Cause cause = check(request, outcome);
        Instant now = clock.instant();
        refusal(facts(appeal, now)).ifPresent(code -> {
            throw new ConflictException(text("reopening.refusal." + code));
        });
        String reason = Objects.requireNonNullElse(request.reason(), "").strip();
        try {
            jdbc.sql("""
                            insert into reopening (appeal_number, pending_number, cause, reason, requested_by, requested_at,
                                stage, outcome, closed_at)
                            values (:appeal, :appeal, :cause, :reason, :asker, :now, :stage, :outcome, :closed)
                            """)
                    .param("appeal", number)
                    .param("cause", cause.name())
                    .param("reason", reason)
                    .param("asker", asker)
                    .param("now", utc(now))
                    .param("stage", stage.name())
                    .param("outcome", outcome.name())
                    .param("closed", utc(closedAt))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConflictException(text("reopening.pending"));
        }
        boolean applicant = appeal.employeeId().equals(asker);
        caseSheet.write(number, "reopeningCause", text("reopening.cause." + cause));
        caseSheet.write(number, "reopeningReason", reason);
        caseSheet.write(
                number,
                "reopeningFacts",
                text(
                        applicant ? "reopening.byEmployee" : "reopening.byManager",
                        text("timeline.CLOSED_" + outcome),
                        day(closedAt).toString(),
                        text("stage." + stage)));
        timeline.record(number, asker, "REOPENING_REQUESTED", text("reopening.cause." + cause));
        messenger.startReopening(number, appeal.employeeId(), applicant ? null : asker);
    }

    private Cause check(Request request, Outcome outcome) {
        List<FieldProblem> problems = new ArrayList<>();
        Optional<Cause> cause = Arrays.stream(Cause.values())
                .filter(known -> known.name().equals(request.cause()))
                .filter(known -> known != Cause.WITHDRAWN_BY_ACCIDENT || outcome == Outcome.WITHDRAWN)
                .findFirst();
        if (cause.isEmpty()) {
            problems.add(new FieldProblem("cause", text("reopening.cause.missing")));
        }
        int length = request.reason() == null ? 0 : request.reason().strip().length();
        if (length < SHORTEST_REASON || length > LONGEST_REASON) {
            problems.add(new FieldProblem(
                    "reason",
                    text("reopening.reason.length", String.valueOf(SHORTEST_REASON), String.valueOf(LONGEST_REASON))));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return cause.orElseThrow();
    }

    /** What the decision is asked with once compliance has granted: nobody loses time because it took compliance long. */
    Facts facts(String number) {
        return facts(appeals.get(number), pending(number).requestedAt());
    }

    private Facts facts(Appeal appeal, Instant asked) {
        Instant closedAt = appeal.closedAt() == null ? asked : appeal.closedAt();
        long times = jdbc.sql("select count(*) from reopening where appeal_number = :appeal and result = 'REOPENED'")
                .param("appeal", appeal.number())
                .query(Long.class)
                .single();
        return new Facts(
                appeal.outcome() == null ? "" : appeal.outcome().name(),
                ChronoUnit.DAYS.between(day(closedAt), day(asked)),
                times,
                bar(appeal));
    }

    private String bar(Appeal appeal) {
        boolean another = appeals.ofEmployee(appeal.employeeId()).stream()
                .anyMatch(other -> other.isOpen()
                        && other.accountId().equals(appeal.accountId())
                        && !other.number().equals(appeal.number()));
        if (another) {
            return "OTHER_APPEAL";
        }
        Account account = accounts.get(appeal.accountId());
        if (account.status() == Account.Status.CLOSED) {
            return "CARD_CLOSED";
        }
        return account.callingOpen() ? "NOT_SUSPENDED" : "NONE";
    }

    private Optional<String> refusal(Facts facts) {
        return rule.refusal(facts.outcome(), facts.daysClosed(), facts.timesReopened(), facts.bar());
    }

    /**
     * Keeps what compliance decided.
     *
     * @param answers fields of form {@code judge-reopening}
     * @throws InvalidInputException when no reason is given, or the judge is who asked
     */
    @Transactional
    void decide(String number, String decision, Map<String, String> answers, String judge) {
        Asked asked = pending(number);
        if (asked.requestedBy().equals(judge)) {
            throw new InvalidInputException("reopeningDecision", text("reopening.own"));
        }
        String note = answers.getOrDefault("reopeningNote", "").strip();
        if (note.isEmpty()) {
            throw new InvalidInputException("reopeningNote", text("reopening.note"));
        }
        jdbc.sql("""
                        update reopening set decision = :decision, note = :note, decided_by = :judge, decided_at = :now
                        where id = :id
                        """)
                .param("decision", decision)
                .param("note", note)
                .param("judge", judge)
                .param("now", utc(clock.instant()))
                .param("id", asked.id())
                .update();
    }

    /**
     * Opens the case again.
     *
     * @return the stage it goes on at
     */
    @Transactional
    Stage reopen(String number) {
        Stage stage = appeals.closedIn(number)
                .orElseThrow(() -> new ConflictException("Appeal " + number + " is not closed"));
        appeals.reopen(number);
        return stage;
    }

    /** Closes the request; from now on another one may come. */
    @Transactional
    void end(String number, Result result) {
        Asked asked = pending(number);
        jdbc.sql("update reopening set pending_number = null, result = :result, ended_at = :now where id = :id")
                .param("result", result.name())
                .param("now", utc(clock.instant()))
                .param("id", asked.id())
                .update();
        timeline.record(number, Objects.requireNonNullElse(asked.decidedBy(), "system"), "REOPENING_" + result, null);
    }

    private Asked pending(String number) {
        return last(number)
                .filter(asked -> asked.result() == null)
                .orElseThrow(() -> new ConflictException("Nobody asked for " + number + " to be reopened"));
    }

    private Optional<Asked> last(String number) {
        return jdbc.sql("""
                        select id, requested_by, requested_at, note, decided_by, result from reopening
                        where appeal_number = :appeal
                        order by id desc
                        fetch first 1 row only
                        """)
                .param("appeal", number)
                .query((row, n) -> new Asked(
                        row.getLong("id"),
                        row.getString("requested_by"),
                        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                        row.getString("note"),
                        row.getString("decided_by"),
                        row.getString("result")))
                .optional();
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, WorkingCalendar.ZONE);
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private String text(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments, key, locale));
    }
}
