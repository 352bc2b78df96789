package org.jiefeng.calling;

import static java.util.stream.Collectors.joining;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jiefeng.account.AccountUse;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.account.Vault;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes in what diallers report of their calls: all of a batch or nothing, and every call once. */
@Service
class CallReports {

    /** More is cut into pieces by the dialler. */
    static final int LARGEST_BATCH = 1_000;

    private static final Pattern REFERENCE = Pattern.compile("[\\w.:-]{1,64}");
    private static final int LONGEST_SCRIPT = 40;
    private static final int LONGEST_CALL = (int) Duration.ofDays(1).toSeconds();

    /** Clocks differ. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final CallingRecords records;
    private final Accounts accounts;
    private final CallingTexts texts;
    private final Vault vault;
    private final Clock clock;

    CallReports(CallingRecords records, Accounts accounts, CallingTexts texts, Vault vault, Clock clock) {
        this.records = records;
        this.accounts = accounts;
        this.texts = texts;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * One call as a dialler reports it, at its beginning without outcome and once more when it is over.
     *
     * @param callReference the dialler's own id of it; the same one means the same call
     * @param startedAt with offset
     * @param outcome a {@link Call.Outcome}; missing while the call is under way
     */
    record Report(
            @Nullable String callReference,
            @Nullable String caller,
            @Nullable String callee,
            @Nullable String startedAt,
            @Nullable Integer durationSeconds,
            @Nullable String outcome,
            @Nullable String script) {}

    /** What became of a batch: new calls, calls that ended now, and calls that were known as they are. */
    record Receipt(int recorded, int ended, int known) {}

    /**
     * Records calls; whose they are is told by who used the number when they began.
     *
     * @throws InvalidInputException names every wrong field, e.g. {@code [3].callee}; nothing is recorded then
     * @throws DuplicateKeyException when another request recorded one of them meanwhile; asking again finds it known
     */
    @Transactional
    Receipt record(List<Report> reports) {
        if (reports.isEmpty() || reports.size() > LARGEST_BATCH) {
            throw new InvalidInputException("calls", texts.of("check.tooLarge", LARGEST_BATCH));
        }
        List<Call> calls = checked(reports);
        Map<String, Call.Outcome> known =
                records.outcomes(calls.stream().map(Call::reference).toList());
        List<Call> fresh = calls.stream()
                .filter(call -> !known.containsKey(call.reference()))
                .toList();
        List<Call> ended = calls.stream()
                .filter(call ->
                        known.get(call.reference()) == Call.Outcome.UNDERWAY && call.outcome() != Call.Outcome.UNDERWAY)
                .toList();
        if (!fresh.isEmpty()) {
            records.add(fresh);
        }
        if (!ended.isEmpty()) {
            records.end(ended);
        }
        return new Receipt(fresh.size(), ended.size(), calls.size() - fresh.size() - ended.size());
    }

    private List<Call> checked(List<Report> reports) {
        Map<String, String> indexes = new HashMap<>();
        for (Report report : reports) {
            if (report != null && report.caller() != null) {
                indexes.computeIfAbsent(MobileNumber.normalise(report.caller()), vault::index);
            }
        }
        Map<String, List<AccountUse>> uses = accounts.usesOf(indexes.values());
        List<FieldProblem> problems = new ArrayList<>();
        Set<String> references = new HashSet<>();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            Entry entry = new Entry("[" + i + "].", problems);
            Call call = entry.read(reports.get(i), indexes, uses);
            if (call != null && !references.add(call.reference())) {
                entry.refuse("callReference", "twice");
            }
            calls.add(call);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return calls;
    }

    /** One report of a batch and what is wrong with it. */
    private final class Entry {

        private final String place;
        private final List<FieldProblem> problems;

        Entry(String place, List<FieldProblem> problems) {
            this.place = place;
            this.problems = problems;
        }

        void refuse(String field, String reason, Object... arguments) {
            problems.add(new FieldProblem(place + field, texts.of("check." + reason, arguments)));
        }

        @Nullable
        Call read(@Nullable Report report, Map<String, String> indexes, Map<String, List<AccountUse>> uses) {
            if (report == null) {
                refuse("callReference", "missing");
                return null;
            }
            int before = problems.size();
            if (report.callReference() == null
                    || !REFERENCE.matcher(report.callReference()).matches()) {
                refuse("callReference", "reference");
            }
            Optional<CalleeNumber> callee = CalleeNumber.of(report.callee(), vault);
            if (callee.isEmpty()) {
                refuse("callee", "number");
            }
            Instant started = moment(report.startedAt());
            Call.Outcome outcome = outcome(report.outcome());
            int seconds = seconds(report.durationSeconds(), outcome);
            if (report.script() != null && report.script().length() > LONGEST_SCRIPT) {
                refuse("script", "script");
            }
            AccountUse use = started == null ? null : use(report.caller(), started, indexes, uses);
            return problems.size() > before || callee.isEmpty() || use == null || started == null || outcome == null
                    ? null
                    : new Call(
                            Objects.requireNonNull(report.callReference()),
                            use.employeeId(),
                            use.accountId(),
                            callee.get().index(),
                            callee.get().mask(),
                            started,
                            seconds,
                            outcome,
                            report.script());
        }

        private @Nullable Instant moment(@Nullable String text) {
            try {
                Instant moment =
                        text == null ? null : OffsetDateTime.parse(text).toInstant();
                if (moment != null && !moment.isAfter(clock.instant().plus(AHEAD))) {
                    return moment;
                }
            } catch (DateTimeParseException e) {
                // told below
            }
            refuse("startedAt", "time");
            return null;
        }

        private Call.@Nullable Outcome outcome(@Nullable String text) {
            if (text == null) {
                return Call.Outcome.UNDERWAY;
            }
            Optional<Call.Outcome> known = Arrays.stream(Call.Outcome.values())
                    .filter(outcome -> outcome.name().equals(text))
                    .findFirst();
            if (known.isEmpty()) {
                refuse(
                        "outcome",
                        "outcome",
                        Arrays.stream(Call.Outcome.values()).map(Enum::name).collect(joining(", ")));
            }
            return known.orElse(null);
        }

        private int seconds(@Nullable Integer seconds, Call.@Nullable Outcome outcome) {
            boolean right = outcome == Call.Outcome.UNDERWAY
                    ? seconds == null || seconds == 0
                    : seconds != null && seconds >= 0 && seconds <= LONGEST_CALL;
            if (!right) {
                refuse("durationSeconds", "seconds");
            }
            return seconds == null ? 0 : seconds;
        }

        private @Nullable AccountUse use(
                @Nullable String caller,
                Instant started,
                Map<String, String> indexes,
                Map<String, List<AccountUse>> uses) {
            String number = caller == null ? "" : MobileNumber.normalise(caller);
            if (MobileNumber.problem(number) != null) {
                refuse("caller", "number");
                return null;
            }
            Optional<AccountUse> use = uses.getOrDefault(indexes.get(number), List.of()).stream()
                    .filter(one -> one.isAt(started))
                    .findFirst();
            if (use.isEmpty()) {
                refuse("caller", "noAccount");
            }
            return use.orElse(null);
        }
    }
}
