package org.jiefeng.calling;

import static java.util.stream.Collectors.joining;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jiefeng.account.AccountUse;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.MobileNumber;
import org.jiefeng.account.Vault;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.process.AppealProcess;
import org.jiefeng.process.CaseMessenger;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in complaints, each once (R28): from now on the complainant is not called, and a probation of the person
 * complained about hears of it in the same transaction.
 */
@Service
class Complaints {

    private static final Pattern REFERENCE = Pattern.compile("[\\w.:-]{1,64}");

    /** Clocks differ. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final CallingRecords records;
    private final Accounts accounts;
    private final AppealService appeals;
    private final CaseMessenger messenger;
    private final CallingTexts texts;
    private final Vault vault;
    private final Clock clock;

    Complaints(
            CallingRecords records,
            Accounts accounts,
            AppealService appeals,
            CaseMessenger messenger,
            CallingTexts texts,
            Vault vault,
            Clock clock) {
        this.records = records;
        this.accounts = accounts;
        this.appeals = appeals;
        this.messenger = messenger;
        this.texts = texts;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * A complaint as it comes in.
     *
     * @param reference the sender's own id of it; the same one means the same complaint
     * @param caller the number of ours that was complained about
     * @param complainant the number that was called
     * @param receivedAt with offset
     * @param source a {@link Complaint.Source}
     * @param kind a {@link Complaint.Kind}
     */
    record Report(
            @Nullable String reference,
            @Nullable String caller,
            @Nullable String complainant,
            @Nullable String receivedAt,
            @Nullable String source,
            @Nullable String kind) {}

    /**
     * Records a complaint; whose it is is told by who used the number when it was received.
     *
     * @return whether it is new
     * @throws InvalidInputException names every wrong field
     * @throws ConflictException when another request recorded it just now; asking again finds it known
     */
    @Transactional
    boolean receive(Report report) {
        Complaint complaint = checked(report);
        if (records.isComplaintKnown(complaint.reference())) {
            return false;
        }
        try {
            records.add(complaint);
        } catch (DuplicateKeyException e) {
            throw new ConflictException("Complaint " + complaint.reference() + " is being recorded");
        }
        appeals.ofEmployee(complaint.employeeId()).stream()
                .filter(Appeal::isOpen)
                .forEach(appeal -> messenger.send(AppealProcess.COMPLAINT_RECEIVED, appeal.number(), Map.of()));
        return true;
    }

    private Complaint checked(Report report) {
        List<FieldProblem> problems = new ArrayList<>();
        if (report.reference() == null || !REFERENCE.matcher(report.reference()).matches()) {
            problems.add(problem("reference", "reference"));
        }
        Optional<CalleeNumber> complainant = CalleeNumber.of(report.complainant(), vault);
        if (complainant.isEmpty()) {
            problems.add(problem("complainant", "number"));
        }
        Instant received = moment(report.receivedAt());
        if (received == null) {
            problems.add(problem("receivedAt", "time"));
        }
        Complaint.Source source = oneOf(Complaint.Source.values(), report.source(), "source", problems);
        Complaint.Kind kind = oneOf(Complaint.Kind.values(), report.kind(), "kind", problems);
        AccountUse use = received == null ? null : use(report.caller(), received, problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new Complaint(
                Objects.requireNonNull(report.reference()),
                Objects.requireNonNull(use).employeeId(),
                use.accountId(),
                complainant.orElseThrow().index(),
                complainant.orElseThrow().mask(),
                Objects.requireNonNull(received),
                Objects.requireNonNull(source),
                Objects.requireNonNull(kind),
                null,
                null);
    }

    private @Nullable AccountUse use(@Nullable String caller, Instant received, List<FieldProblem> problems) {
        String number = caller == null ? "" : MobileNumber.normalise(caller);
        if (MobileNumber.problem(number) != null) {
            problems.add(problem("caller", "number"));
            return null;
        }
        String index = vault.index(number);
        Optional<AccountUse> use = accounts.usesOf(List.of(index)).getOrDefault(index, List.of()).stream()
                .filter(one -> one.isAt(received))
                .findFirst();
        if (use.isEmpty()) {
            problems.add(problem("caller", "noAccount"));
        }
        return use.orElse(null);
    }

    private @Nullable Instant moment(@Nullable String text) {
        try {
            Instant moment = text == null ? null : OffsetDateTime.parse(text).toInstant();
            return moment == null || moment.isAfter(clock.instant().plus(AHEAD)) ? null : moment;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private <E extends Enum<E>> @Nullable E oneOf(
            E[] known, @Nullable String name, String field, List<FieldProblem> problems) {
        Optional<E> found =
                Arrays.stream(known).filter(one -> one.name().equals(name)).findFirst();
        if (found.isEmpty()) {
            problems.add(problem(
                    field, "outcome", Arrays.stream(known).map(Enum::name).collect(joining(", "))));
        }
        return found.orElse(null);
    }

    private FieldProblem problem(String field, String reason, Object... arguments) {
        return new FieldProblem(field, texts.of("check." + reason, arguments));
    }
}
