package org.jiefeng.report;

import java.util.Map;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.process.AppealProcess;
import org.jiefeng.process.CaseMessenger;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sends {@code appealWithdrawn}: the applicant may take an appeal back until it is decided. */
@Service
class AppealWithdrawal {

    private final AppealService appeals;
    private final CaseMessenger messenger;

    AppealWithdrawal(AppealService appeals, CaseMessenger messenger) {
        this.appeals = appeals;
        this.messenger = messenger;
    }

    /**
     * Ends the appeal at its applicant's wish.
     *
     * @throws NotFoundException when this person has no such appeal
     * @throws ConflictException when it has been decided or closed
     */
    @Transactional
    public void withdraw(String number, String applicant) {
        Appeal appeal = appeals.find(number)
                .filter(found -> found.employeeId().equals(applicant))
                .orElseThrow(() -> new NotFoundException("No appeal " + number));
        if (!appeal.isOpen() || !appeal.stage().isBeforeDecision()) {
            throw new ConflictException("Appeal " + number + " has been decided; it can no longer be withdrawn");
        }
        if (!messenger.send(AppealProcess.APPEAL_WITHDRAWN, number, Map.of())) {
            throw new ConflictException("Appeal " + number + " is not running");
        }
    }
}
