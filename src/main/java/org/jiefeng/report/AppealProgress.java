package org.jiefeng.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.DailyCaps;
import org.jiefeng.appeal.DueDates;
import org.jiefeng.appeal.FaultRecord;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.ReceiptFiles;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.appeal.WaitingSteps;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Service;

/** How far a case has come, for the people of the case and nobody else (R39). */
@Service
class AppealProgress {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    /** A page holds no more; older cases are found by their number. */
    private static final int LISTED = 200;

    private static final Set<String> READERS = Set.of("compliance", "liaisons", "auditors");

    /** As the audit file's own route checks it. */
    private static final Set<String> FILE_TAKERS = Set.of("compliance", "auditors");

    private final AppealService appeals;
    private final Employees employees;
    private final Timeline timeline;
    private final CaseSheet sheet;
    private final WaitingSteps waiting;
    private final DueDates dueDates;
    private final ReceiptFiles receipts;
    private final FaultRecord faults;
    private final DailyCaps caps;
    private final WorkingCalendar calendar;
    private final MessageSource messages;
    private final Locale locale;

    AppealProgress(
            AppealService appeals,
            Employees employees,
            Timeline timeline,
            CaseSheet sheet,
            WaitingSteps waiting,
            DueDates dueDates,
            ReceiptFiles receipts,
            FaultRecord faults,
            DailyCaps caps,
            WorkingCalendar calendar,
            MessageSource messages,
            Locale deploymentLocale) {
        this.appeals = appeals;
        this.employees = employees;
        this.timeline = timeline;
        this.sheet = sheet;
        this.waiting = waiting;
        this.dueDates = dueDates;
        this.receipts = receipts;
        this.faults = faults;
        this.caps = caps;
        this.calendar = calendar;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /** A case as one line of a list. */
    record Summary(
            String number,
            String stageName,
            @Nullable String outcomeName,
            String employee,
            String account,
            String carrier,
            String causes,
            String openedOn,
            List<Next> next) {}

    /**
     * What happens next.
     *
     * @param by when it is due, empty when it has no date
     * @param who a role, not a name: the reader needs no more
     * @param mine whether the reader has it
     */
    record Next(String what, String by, String who, boolean mine) {}

    /** A receipt of the carrier, to be fetched. */
    record Receipt(String text, String href) {}

    /** A date of the case; of those of one kind the last one counts. */
    record Date(String what, String dueAt, String why, boolean counts) {}

    /**
     * Whose fault the suspension was, as far as it has been found.
     *
     * @param fault a code of {@link org.jiefeng.appeal.Fault}
     * @param answer the employee's objection, if there is one
     * @param review why a disputed finding was upheld or changed
     * @param counts whether this suspension counts as an earlier one, and if not, why
     * @param history who changed what, for officers only
     */
    record Fault(
            String fault,
            String name,
            String state,
            String stateName,
            String reason,
            @Nullable String answer,
            @Nullable String review,
            String counts,
            List<Change> history) {}

    /** One change of a finding. */
    record Change(
            String at,
            String by,
            String what,
            String finding,
            @Nullable String reason) {}

    /** Another suspension of the same person, and whether it counts. */
    record Earlier(String number, String openedOn, String counts) {}
    /** The calls a day of a released person, and the steps they were let up in, the newest first. */
    record Cap(
            @Nullable Long calls, String origin, @Nullable Long step, List<CapChange> changes) {}

    /** One step, up or down. */
    record CapChange(String shownAt, @Nullable Long from, long to, boolean raised, String why) {}

    /** One line of the timeline as shown. */
    record Step(
            Instant at,
            String shownAt,
            String what,
            @Nullable String detail) {}

    /**
     * A case as its people see it.
     *
     * @param rejection what to do about each of the carrier's reasons, empty where it has not rejected
     * @param resubmitLastDay the last day on which the carrier takes a better appeal, null where none may be submitted
     * @param contacts the contacts with the carrier, newest first, without what was noted about people
     * @param fault whose fault the suspension was, null while nobody has found anything
     * @param earlier the person's suspensions before this one, newest first
     * @param cap none where calling was never let up in steps
     * @param mayWithdraw whether the reader may take it back now
     * @param mayTakeFile whether the reader may take the audit file
     * @param unknownYears in which something is due and whose holidays are not known yet
     */
    record Progress(
            String number,
            String stage,
            String stageName,
            @Nullable String outcome,
            @Nullable String outcomeName,
            String employee,
            String account,
            String carrier,
            String causes,
            String openedOn,
            @Nullable String laterNotices,
            List<Next> next,
            List<String> rejection,
            @Nullable String resubmitLastDay,
            List<Date> dates,
            List<Receipt> receipts,
            List<String> contacts,
            @Nullable Fault fault,
            List<Earlier> earlier,
            @Nullable Cap cap,
            boolean mayWithdraw,
            boolean mayTakeFile,
            List<Integer> unknownYears,
            List<Step> timeline) {}

    /** @throws NotFoundException when there is no such case, or not for this person */
    Progress of(String number, Authentication reader) {
        return appeals.find(number)
                .filter(appeal -> mayRead(appeal, reader))
                .map(appeal -> progress(appeal, reader))
                .orElseThrow(() -> new NotFoundException("No appeal " + number));
    }

    /** The reader's own cases and those of the reader's people, newest first; for officers the newest of all. */
    List<Summary> all(Authentication reader) {
        if (isOfficer(reader)) {
            return appeals.newest(LISTED).stream()
                    .map(appeal -> summary(appeal, reader))
                    .toList();
        }
        return Stream.concat(Stream.of(reader.getName()), employees.ledBy(reader.getName()).stream())
                .distinct()
                .flatMap(employee -> appeals.ofEmployee(employee).stream())
                .sorted(Comparator.comparing(Appeal::openedAt)
                        .thenComparing(Appeal::number)
                        .reversed())
                .limit(LISTED)
                .map(appeal -> summary(appeal, reader))
                .toList();
    }

    /** Whether the reader sees nobody's cases but the own ones. */
    boolean isOnlyOwn(Authentication reader) {
        return !isOfficer(reader) && employees.ledBy(reader.getName()).isEmpty();
    }

    private Summary summary(Appeal appeal, Authentication reader) {
        Map<String, String> facts = sheet.texts(appeal.number());
        return new Summary(
                appeal.number(),
                text("stage." + appeal.stage()),
                appeal.outcome() == null ? null : text("timeline.CLOSED_" + appeal.outcome()),
                facts.getOrDefault("employeeName", ""),
                facts.getOrDefault("accountMask", ""),
                facts.getOrDefault("carrierName", ""),
                facts.getOrDefault("causeNames", ""),
                SHOWN.format(appeal.openedAt()),
                // Asked for the own cases only: an officer's list is long, and the work stands in Tasklist.
                appeal.employeeId().equals(reader.getName()) ? next(appeal, reader) : List.of());
    }

    private List<Next> next(Appeal appeal, Authentication reader) {
        return waiting.of(appeal.number()).stream()
                .map(step -> new Next(step.name(), by(appeal, step), who(appeal, step, reader), isMine(step, reader)))
                .toList();
    }

    private List<Integer> unknownYears(Appeal appeal) {
        return waiting.of(appeal.number()).stream()
                .map(step -> due(appeal, step))
                .flatMap(Optional::stream)
                .map(due -> due.atZone(WorkingCalendar.ZONE).getYear())
                .distinct()
                .sorted()
                // What is never due has a date too: the year 9999.
                .filter(year -> year < 9999 && !calendar.isCovered(year))
                .toList();
    }

    private String by(Appeal appeal, WaitingSteps.Step step) {
        return due(appeal, step).map(SHOWN::format).orElse("");
    }

    private Optional<Instant> due(Appeal appeal, WaitingSteps.Step step) {
        return step.kind() == WaitingSteps.Kind.ANSWER
                ? dueDates.latest(appeal.number(), DueDates.Kind.REVIEW).map(DueDates.Entry::dueAt)
                : Optional.ofNullable(step.dueAt());
    }

    private String who(Appeal appeal, WaitingSteps.Step step, Authentication reader) {
        if (isMine(step, reader)) {
            return text("who.you");
        }
        return switch (step.kind()) {
            case ANSWER -> text("who.carrier");
            case DATE -> text("who.liaisons");
            case TASK -> {
                if (!step.groups().isEmpty()) {
                    yield step.groups().stream()
                            .sorted()
                            .map(group -> text("who." + group))
                            .collect(Collectors.joining(", "));
                }
                yield text(appeal.employeeId().equals(step.assignee()) ? "who.employee" : "who.manager");
            }
        };
    }

    private static boolean isMine(WaitingSteps.Step step, Authentication reader) {
        return reader.getName().equals(step.assignee());
    }

    private List<Date> dates(String number) {
        List<DueDates.Entry> all = dueDates.of(number);
        return all.stream()
                .map(entry -> new Date(
                        text("carrier.date." + entry.kind()),
                        SHOWN.format(entry.dueAt()),
                        text("carrier.dateReason." + entry.reason()),
                        all.stream()
                                        .filter(other -> other.kind() == entry.kind())
                                        .reduce((earlier, later) -> later)
                                        .orElseThrow()
                                == entry))
                .toList();
    }

    private boolean mayRead(Appeal appeal, Authentication reader) {
        return appeal.employeeId().equals(reader.getName())
                || isOfficer(reader)
                || employees.ledBy(reader.getName()).contains(appeal.employeeId())
                || waiting.isInHandsOf(appeal.number(), reader.getName());
    }

    private static boolean isOfficer(Authentication reader) {
        return reader.getAuthorities().stream().anyMatch(group -> READERS.contains(group.getAuthority()));
    }

    private Progress progress(Appeal appeal, Authentication reader) {
        String number = appeal.number();
        Map<String, String> facts = sheet.texts(number);
        boolean mayWithdraw = appeal.employeeId().equals(reader.getName())
                && appeal.isOpen()
                && appeal.stage().isBeforeDecision();
        return new Progress(
                number,
                appeal.stage().name(),
                text("stage." + appeal.stage()),
                appeal.outcome() == null ? null : appeal.outcome().name(),
                appeal.outcome() == null ? null : text("timeline.CLOSED_" + appeal.outcome()),
                facts.getOrDefault("employeeName", ""),
                facts.getOrDefault("accountMask", ""),
                facts.getOrDefault("carrierName", ""),
                facts.getOrDefault("causeNames", ""),
                SHOWN.format(appeal.openedAt()),
                facts.get("laterNotices"),
                next(appeal, reader),
                lines(facts.getOrDefault("rejectionAdvice", "")),
                appeal.isOpen() && !facts.getOrDefault("resubmitLastDay", "").isEmpty()
                        ? facts.get("resubmitLastDay")
                        : null,
                dates(number),
                receipts.of(number).stream()
                        .map(receipt ->
                                new Receipt(receipt.name() + " · " + SHOWN.format(receipt.addedAt()), receipt.link()))
                        .toList(),
                lines(facts.getOrDefault("contactsShown", "")),
                faults.of(number)
                        .map(found -> fault(appeal, found, isOfficer(reader)))
                        .orElse(null),
                earlier(appeal),
                caps.of(number).map(AppealProgress::cap).orElse(null),
                mayWithdraw,
                !appeal.employeeId().equals(reader.getName())
                        && reader.getAuthorities().stream()
                                .anyMatch(group -> FILE_TAKERS.contains(group.getAuthority())),
                unknownYears(appeal),
                timeline.entries(number).stream().map(this::step).toList());
    }

    /** The lines of a list that a form shows. */
    private static List<String> lines(String text) {
        return text.lines().map(line -> line.replaceFirst("^- ", "")).toList();
    }

    private Fault fault(Appeal appeal, FaultRecord.Finding found, boolean withHistory) {
        return new Fault(
                found.fault().name(),
                text("fault." + found.fault()),
                found.state().name(),
                text("fault.state." + found.state()),
                found.reason(),
                found.answer().orElse(null),
                found.reviewReason().orElse(null),
                standing(appeal),
                withHistory ? found.history().stream().map(this::change).toList() : List.of());
    }

    private Change change(FaultRecord.Change change) {
        String to = text("fault." + change.to());
        return new Change(
                SHOWN.format(change.at()),
                change.by(),
                text("fault.kind." + change.kind()),
                change.from()
                        .filter(from -> from != change.to())
                        .map(from ->
                                messages.getMessage("fault.changed", new Object[] {text("fault." + from), to}, locale))
                        .orElse(to),
                change.reason().orElse(null));
    }

    private List<Earlier> earlier(Appeal appeal) {
        return appeals.ofEmployee(appeal.employeeId()).stream()
                .filter(other -> other.openedAt().isBefore(appeal.openedAt()))
                .map(other -> new Earlier(other.number(), SHOWN.format(other.openedAt()), standing(other)))
                .toList();
    }

    private String standing(Appeal appeal) {
        return text("repeat.standing." + appeal.standing());
    }

    private static Cap cap(DailyCaps.DailyCap cap) {
        return new Cap(
                cap.calls(),
                cap.origin(),
                cap.step(),
                cap.changes().stream()
                        .map(change -> new CapChange(
                                SHOWN.format(change.at()),
                                change.from(),
                                change.to(),
                                change.from() != null && change.to() > change.from(),
                                change.why()))
                        .toList());
    }

    private Step step(Timeline.Entry entry) {
        return new Step(
                entry.happenedAt(), SHOWN.format(entry.happenedAt()), text("timeline." + entry.kind()), entry.detail());
    }

    private String text(String key) {
        return messages.getMessage(key, null, key, locale);
    }
}
