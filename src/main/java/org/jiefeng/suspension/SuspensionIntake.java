package org.jiefeng.suspension;

import java.util.List;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.process.CaseMessenger;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Receives notices and sends {@code accountSuspended}: notice, appeal and process are written together or not at all. */
@Service
class SuspensionIntake {

    private final NoticeValidation validation;
    private final Notices notices;
    private final Accounts accounts;
    private final CaseMessenger messenger;
    private final TransactionTemplate transaction;

    SuspensionIntake(
            NoticeValidation validation,
            Notices notices,
            Accounts accounts,
            CaseMessenger messenger,
            TransactionTemplate transaction) {
        this.validation = validation;
        this.notices = notices;
        this.accounts = accounts;
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
     * @throws org.jiefeng.appeal.InvalidInputException naming every wrong field
     * @throws NotFoundException when nobody uses this number with this carrier
     * @throws ConflictException when the notice's number came before with other content
     */
    Receipt receive(NoticeRequest request, String sender) {
        NoticeValidation.Checked checked = validation.check(request);
        try {
            return open(checked, sender);
        } catch (DuplicateKeyException | ConflictException e) {
            // Another request was faster with the same notice or account: what it wrote is there now.
            return open(checked, sender);
        }
    }

    private Receipt open(NoticeValidation.Checked checked, String sender) {
        return transaction.execute(status -> {
            Notice notice = checked.notice();
            var same = notices.findSame(notice).filter(known -> known.appealNumber() != null);
            if (same.isPresent()) {
                return receipt(same.get(), false, checked.warnings());
            }
            Notices.Stored stored =
                    notices.findSame(notice).orElseGet(() -> notices.add(notice, accountOf(notice), sender));
            messenger.startAppeal(stored.reference());
            return receipt(notices.get(stored.reference()), true, checked.warnings());
        });
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
            return stored.reference();
        });
    }

    private Account accountOf(Notice notice) {
        return accounts.findByMobile(notice.carrier(), notice.mobile())
                .orElseThrow(() -> new NotFoundException("No account in use with this number and carrier"));
    }
}
