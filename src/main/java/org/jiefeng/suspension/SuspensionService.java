package org.jiefeng.suspension;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Turns a stored notice into a case, or adds it to the case that is open already. */
@Service
public class SuspensionService {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    /** A line of a form holds no more; the pages of the case list all of them. */
    private static final int SHOWN_EARLIER = 10;

    private final Notices notices;
    private final Accounts accounts;
    private final Employees employees;
    private final AppealService appeals;
    private final Incidents incidents;
    private final CaseSheet sheet;
    private final Timeline timeline;
    private final MessageSource messages;
    private final Locale locale;

    SuspensionService(
            Notices notices,
            Accounts accounts,
            Employees employees,
            AppealService appeals,
            Incidents incidents,
            CaseSheet sheet,
            Timeline timeline,
            MessageSource messages,
            Locale deploymentLocale) {
        this.notices = notices;
        this.accounts = accounts;
        this.employees = employees;
        this.appeals = appeals;
        this.incidents = incidents;
        this.sheet = sheet;
        this.timeline = timeline;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /**
     * What a registered notice means for the process.
     *
     * @param openAppeal {@code NONE}, {@code OPEN} or {@code PROBATION}: what the account already had
     * @param repeatCount earlier countable suspensions of the employee (domain.md §6.5)
     */
    record Registration(
            String appealNumber, String openAppeal, Notices.Stored notice, Account account, long repeatCount) {}

    /** The cause codes of a stored notice, sorted and joined by commas. */
    public String causesOf(String noticeReference) {
        return notices.get(noticeReference).causes();
    }

    /**
     * Opens an appeal for a stored notice, or attaches the notice to the appeal that is open.
     *
     * @param starter who started the process in the web apps; null when a notice from outside did
     * @param countsAsRepeat from decision {@code repeat-rule} (domain.md §6.10)
     * @param windowMonths from decision {@code repeat-rule} (domain.md §6.5)
     * @throws ConflictException when another notice for the account wins the race; trying again attaches
     * @throws NotFoundException when there is no such notice, or it is not the starter's
     */
    @Transactional
    Registration register(String noticeReference, @Nullable String starter, boolean countsAsRepeat, long windowMonths) {
        Notices.Stored notice = notices.get(noticeReference);
        if (notice.appealNumber() != null) {
            throw new ConflictException("Notice " + noticeReference + " has been registered already");
        }
        if (starter != null && !starter.equals(notice.receivedBy())) {
            // References are easily guessed; a draft opens a case for the person who wrote it and nobody else.
            throw new NotFoundException("No notice " + noticeReference);
        }
        Account account = accounts.get(notice.accountId());
        Optional<Appeal> open = appeals.findOpen(account.id());
        if (open.isPresent()) {
            attach(notice, account, open.get());
            join(notice, open.get());
            return new Registration(open.get().number(), "OPEN", notice, account, 0);
        }
        String earlier = appeals.findOnProbation(account.id()).isPresent() ? "PROBATION" : "NONE";
        Appeal appeal = appeals.open(account.id(), account.employeeId(), countsAsRepeat);
        notices.belongsTo(notice, appeal.number(), false);
        join(notice, appeal);
        List<Appeal> before = appeals.earlier(account.employeeId(), windowMonths, appeal.number());
        long repeats = appeals.countRepeats(account.employeeId(), windowMonths, appeal.number());
        describe(appeal, notice, account, before, repeats, windowMonths);
        return new Registration(appeal.number(), earlier, notice, account, repeats);
    }

    private void join(Notices.Stored notice, Appeal appeal) {
        if (notice.incidentReference() != null) {
            incidents.join(appeal.number(), notice.carrier().name(), notice.incidentReference(), "system");
        }
    }

    private void attach(Notices.Stored notice, Account account, Appeal appeal) {
        notices.belongsTo(notice, appeal.number(), true);
        boolean milder = notice.state() == Notice.State.UNDER_REVIEW && account.status() == Account.Status.SUSPENDED;
        accounts.pauseCalling(
                account.id(),
                milder ? account.status() : status(notice),
                milder ? account.restrictionType() : notice.restrictionType().name());
        String line = text(
                "notice.later",
                SHOWN.format(notice.suspendedAt()),
                causeNames(notice),
                notice.noticeText() == null ? "" : start(notice.noticeText()));
        String before = sheet.find(appeal.number(), "laterNotices")
                .map(known -> known + "\n")
                .orElse("");
        sheet.write(appeal.number(), "laterNotices", end(before + "- " + line));
        timeline.record(appeal.number(), "system", "NOTICE_ATTACHED", causeNames(notice));
    }

    /** Enough of a further notice's text to know it by; the whole of it is on file. */
    private static String start(String text) {
        int end = Math.min(text.length(), 500);
        if (end == text.length()) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** The newest notices stand last; when there are too many, the oldest drop out of sight. */
    private static String end(String text) {
        int start = Math.max(0, text.length() - CaseSheet.MAX_LENGTH);
        return start == 0 ? text : "…" + text.substring(text.indexOf("\n- ", start));
    }

    private void describe(
            Appeal appeal,
            Notices.Stored notice,
            Account account,
            List<Appeal> before,
            long repeats,
            long windowMonths) {
        String number = appeal.number();
        sheet.write(number, "appealNumber", number);
        sheet.write(number, "employeeName", employees.get(account.employeeId()).name());
        sheet.write(number, "accountMask", account.mobileMask());
        sheet.write(number, "carrierName", text("carrier." + notice.carrier()));
        sheet.write(number, "causeNames", causeNames(notice));
        sheet.write(number, "suspendedOn", SHOWN.format(notice.suspendedAt()));
        sheet.write(number, "noticeSource", text("source." + notice.source()));
        sheet.write(
                number,
                "restrictionName",
                text("state." + notice.state()) + " · " + text("restriction." + notice.restrictionType()));
        sheet.write(number, "repeatCountText", earlier(before, repeats, windowMonths));
        publish(number, "noticeText", notice.noticeText());
        publish(number, "statedReason", notice.statedReason());
        publish(number, "remedyChannel", notice.remedyChannel());
        publish(number, "requiredMaterials", notice.requiredMaterials());
        List<String> gaps = gaps(notice);
        if (!gaps.isEmpty()) {
            String missing = String.join(text("list.separator"), gaps);
            sheet.write(number, "noticeGaps", missing);
            sheet.write(
                    number,
                    "demandLetter",
                    text(
                            "demand.letter",
                            text("carrier." + notice.carrier()),
                            SHOWN.format(notice.suspendedAt()),
                            account.mobileMask(),
                            missing));
        }
    }

    /** How many suspensions count, and of each within the window whether it does, and why not. */
    private String earlier(List<Appeal> before, long repeats, long windowMonths) {
        String count = repeats == 0 ? text("repeat.none", windowMonths) : text("repeat.some", repeats, windowMonths);
        if (before.isEmpty()) {
            return count;
        }
        String each = before.stream()
                .limit(SHOWN_EARLIER)
                .map(appeal -> text("repeat.one", appeal.number(), text("repeat.standing." + appeal.standing())))
                .collect(Collectors.joining(text("repeat.separator")));
        return text("repeat.each", count, each);
    }

    private void publish(String number, String name, @Nullable String value) {
        if (value != null) {
            sheet.write(number, name, value);
        }
    }

    private List<String> gaps(Notices.Stored notice) {
        List<String> gaps = new ArrayList<>();
        if (notice.source() == Notice.Source.CARRIER) {
            if (notice.statedReason() == null) {
                gaps.add(text("gap.statedReason"));
            }
            if (notice.remedyChannel() == null) {
                gaps.add(text("gap.remedyChannel"));
            }
            if (notice.requiredMaterials() == null) {
                gaps.add(text("gap.requiredMaterials"));
            }
        }
        return gaps;
    }

    /** A complaint that 12321 passed on: the day, and its number there. */
    record Forwarded(LocalDate on, @Nullable String reference) {}

    /** The forwarded complaint a stored notice names. */
    Optional<Forwarded> forwardedComplaint(String noticeReference) {
        Notices.Stored notice = notices.get(noticeReference);
        return Optional.ofNullable(notice.forwardedOn()).map(on -> new Forwarded(on, notice.forwardedReference()));
    }

    /** Stops the account's calls at once, the first thing an appeal does (R12). */
    @Transactional
    public void pauseCalling(String noticeReference) {
        Notices.Stored notice = notices.get(noticeReference);
        accounts.pauseCalling(
                notice.accountId(), status(notice), notice.restrictionType().name());
    }

    private static Account.Status status(Notices.Stored notice) {
        return notice.state() == Notice.State.UNDER_REVIEW ? Account.Status.UNDER_REVIEW : Account.Status.SUSPENDED;
    }

    /** Reopens an account whose suspension the carrier found unfounded: at once and for good (anti-fraud law art. 32). */
    @Transactional
    public void liftUnfounded(String appealNumber) {
        Appeal appeal = appeals.get(appealNumber);
        appeals.overturn(appealNumber);
        accounts.openCalling(appeal.accountId(), Account.Status.ACTIVE);
        timeline.record(appealNumber, "system", "SUSPENSION_LIFTED", null);
    }

    /** Notes the applicant's withdrawal; the account stays as the carrier left it. */
    @Transactional
    public void closeWithdrawn(String appealNumber) {
        timeline.record(appealNumber, appeals.get(appealNumber).employeeId(), "APPEAL_WITHDRAWN", null);
    }

    /** The appeal whose probation this account is on while a new one is opened. */
    public String appealOnProbation(String accountId) {
        return appeals.findOnProbation(accountId)
                .map(Appeal::number)
                .orElseThrow(() -> new NotFoundException("No probation for account " + accountId));
    }

    private String causeNames(Notices.Stored notice) {
        return Arrays.stream(notice.causes().split(","))
                .map(cause -> text("cause." + cause))
                .collect(Collectors.joining(text("list.separator")));
    }

    private String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
