package org.jiefeng.suspension;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.process.CaseMessenger;
import org.springframework.context.MessageSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Receives notices and sends {@code accountSuspended}: notice, appeal and process are written together or not at all. */
@Service
class SuspensionIntake {

    /** The same words for an unknown account and one that is not the sender's to report. */
    private static final String UNKNOWN = "No account in use with this number and carrier";

    private static final int ATTEMPTS = 4;

    private final NoticeValidation validation;
    private final Notices notices;
    private final Accounts accounts;
    private final Employees employees;
    private final CaseMessenger messenger;
    private final TransactionTemplate transaction;
    private final MessageSource messages;
    private final Locale locale;

    SuspensionIntake(
            NoticeValidation validation,
            Notices notices,
            Accounts accounts,
            Employees employees,
            CaseMessenger messenger,
            TransactionTemplate transaction,
            MessageSource messages,
            Locale deploymentLocale) {
        this.validation = validation;
        this.notices = notices;
        this.accounts = accounts;
        this.employees = employees;
        this.messages = messages;
        this.locale = deploymentLocale;
        this.messenger = messenger;
        this.transaction = transaction;
    }

    /**
     * What became of a notice.
     *
     * @param isNew false when the same notice had come before
     */
    record Receipt(String appealNumber, boolean attached, boolean isNew, List<FieldProblem> warnings) {}

    /**
     * Opens a case for a notice, or attaches it to the open one.
     *
     * @param mayReport whether the sender may report a suspension of this account
     * @throws org.jiefeng.appeal.InvalidInputException naming every wrong field
     * @throws NotFoundException when nobody uses this number with this carrier, or it is not for this sender to report
     * @throws ConflictException when the notice's number came before with other content
     */
    Receipt receive(NoticeRequest request, String sender, Predicate<Account> mayReport) {
        NoticeValidation.Checked checked = validation.check(request);
        for (int attempt = 1; ; attempt++) {
            try {
                return open(checked, sender, mayReport);
            } catch (DuplicateKeyException | TransientDataAccessException | ConflictException e) {
                // Another request was faster with the same notice or account: what it wrote is there now.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Receipt open(NoticeValidation.Checked checked, String sender, Predicate<Account> mayReport) {
        return transaction.execute(status -> {
            Notice notice = checked.notice();
            Optional<Notices.Stored> known = notices.findSame(notice);
            Account account = known.map(same -> accounts.get(same.accountId())).orElseGet(() -> accountOf(notice));
            if (!mayReport.test(account)) {
                throw new NotFoundException(UNKNOWN);
            }
            List<FieldProblem> warnings = warnings(checked, account);
            if (known.isPresent() && known.get().appealNumber() != null) {
                return receipt(known.get(), false, warnings);
            }
            Notices.Stored stored = known.orElseGet(() -> notices.add(notice, account, sender));
            messenger.startAppeal(stored.reference());
            return receipt(notices.get(stored.reference()), true, warnings);
        });
    }

    /** Card and user of the notice should be those on file: anything else may be a card lent out (anti-fraud law art. 31). */
    private List<FieldProblem> warnings(NoticeValidation.Checked checked, Account account) {
        Notice notice = checked.notice();
        List<FieldProblem> warnings = new ArrayList<>(checked.warnings());
        if (notice.iccid() != null && !accounts.hasIccid(account.id(), notice.iccid())) {
            warnings.add(new FieldProblem("iccid", messages.getMessage("iccid.other", null, locale)));
        }
        if (notice.idNumber() != null && !employees.hasIdNumber(account.employeeId(), notice.idNumber())) {
            warnings.add(new FieldProblem("idNumber", messages.getMessage("idNumber.other", null, locale)));
        }
        return warnings;
    }

    private static Receipt receipt(Notices.Stored stored, boolean isNew, List<FieldProblem> warnings) {
        String number = stored.appealNumber();
        if (number == null) {
            throw new IllegalStateException("Notice " + stored.reference() + " was not registered");
        }
        return new Receipt(number, stored.attached(), isNew, warnings);
    }

    /**
     * Stores a notice for the start form, which opens the case in a second step.
     *
     * @return the reference the process starts with
     * @throws org.jiefeng.appeal.ConflictException when this notice has opened a case already
     */
    String draft(NoticeRequest request, String sender) {
        Notice notice = validation.check(request).notice();
        return transaction.execute(status -> {
            Account account = accountOf(notice);
            Notices.Stored stored = notices.findSame(notice).orElseGet(() -> notices.add(notice, account, sender));
            if (stored.appealNumber() != null) {
                throw new ConflictException(
                        "Notice " + notice.noticeId() + " belongs to appeal " + stored.appealNumber());
            }
            notices.handOver(stored, sender);
            return stored.reference();
        });
    }

    private Account accountOf(Notice notice) {
        return accounts.findByMobile(notice.carrier(), notice.mobile())
                .orElseThrow(() -> new NotFoundException(UNKNOWN));
    }
}
