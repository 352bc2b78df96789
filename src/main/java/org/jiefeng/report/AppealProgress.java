package org.jiefeng.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Timeline;
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

    private final AppealService appeals;
    private final Employees employees;
    private final Timeline timeline;
    private final CaseSheet sheet;
    private final MessageSource messages;
    private final Locale locale;

    AppealProgress(
            AppealService appeals,
            Employees employees,
            Timeline timeline,
            CaseSheet sheet,
            MessageSource messages,
            Locale deploymentLocale) {
        this.appeals = appeals;
        this.employees = employees;
        this.timeline = timeline;
        this.sheet = sheet;
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
            String openedOn) {}

    /** One line of the timeline as shown. */
    record Step(
            Instant at,
            String shownAt,
            String what,
            @Nullable String detail) {}

    /**
     * A case as its people see it.
     *
     * @param mayWithdraw whether the reader may take it back now
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
            boolean mayWithdraw,
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
            return appeals.newest(LISTED).stream().map(this::summary).toList();
        }
        return Stream.concat(Stream.of(reader.getName()), employees.ledBy(reader.getName()).stream())
                .distinct()
                .flatMap(employee -> appeals.ofEmployee(employee).stream())
                .sorted(Comparator.comparing(Appeal::openedAt)
                        .thenComparing(Appeal::number)
                        .reversed())
                .limit(LISTED)
                .map(this::summary)
                .toList();
    }

    private Summary summary(Appeal appeal) {
        Map<String, String> facts = sheet.texts(appeal.number());
        return new Summary(
                appeal.number(),
                text("stage." + appeal.stage()),
                appeal.outcome() == null ? null : text("timeline.CLOSED_" + appeal.outcome()),
                facts.getOrDefault("employeeName", ""),
                facts.getOrDefault("accountMask", ""),
                facts.getOrDefault("carrierName", ""),
                facts.getOrDefault("causeNames", ""),
                SHOWN.format(appeal.openedAt()));
    }

    private boolean mayRead(Appeal appeal, Authentication reader) {
        return appeal.employeeId().equals(reader.getName())
                || isOfficer(reader)
                || employees.ledBy(reader.getName()).contains(appeal.employeeId());
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
                mayWithdraw,
                timeline.entries(number).stream().map(this::step).toList());
    }

    private Step step(Timeline.Entry entry) {
        return new Step(
                entry.happenedAt(), SHOWN.format(entry.happenedAt()), text("timeline." + entry.kind()), entry.detail());
    }

    private String text(String key) {
        return messages.getMessage(key, null, key, locale);
    }
}
