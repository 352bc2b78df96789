package org.jiefeng.carrier;

import org.jiefeng.account.Accounts;
import org.jiefeng.account.Identity;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.Timeline;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What of the applicant's data the carrier gets, and the person who speaks to the carrier; every time with its purpose
 * (PIPL art. 55).
 */
@Component
class CarrierDisclosures {

    private final DisclosureLog disclosures;
    private final Accounts accounts;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final CarrierTexts texts;

    CarrierDisclosures(
            DisclosureLog disclosures, Accounts accounts, CaseSheet caseSheet, Timeline timeline, CarrierTexts texts) {
        this.disclosures = disclosures;
        this.accounts = accounts;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.texts = texts;
    }

    /** Why somebody needs the numbers in full. */
    enum Purpose {
        PORTAL_SUBMISSION,
        HOTLINE_CALL,
        IDENTITY_CHECK
    }

    /**
     * Notes that sealed papers went to the carrier.
     *
     * @param sha256 of the manifest that lists them
     * @param files whether the files themselves went, or only their digests
     */
    void handedOver(String appealNumber, String sha256, boolean files, String actor) {
        disclosures.record(
                appealNumber,
                caseSheet.find(appealNumber, "carrierName").orElseThrow(),
                texts.of("disclosure.purpose.APPEAL"),
                texts.of(files ? "disclosure.papers" : "disclosure.digests", sha256),
                actor);
    }

    /**
     * The applicant's numbers in full, for an open case.
     *
     * @throws ConflictException when the case has ended: nobody asks the carrier for it any more
     */
    @Transactional
    Identity show(Appeal appeal, Purpose purpose, String actor) {
        if (!appeal.isOpen()) {
            throw new ConflictException(texts.of("disclosure.closed"));
        }
        disclosures.record(
                appeal.number(),
                actor,
                texts.of("disclosure.purpose." + purpose),
                texts.of("disclosure.numbers"),
                actor);
        timeline.record(appeal.number(), actor, "NUMBERS_SHOWN", texts.of("disclosure.purpose." + purpose));
        return accounts.identityOf(appeal.accountId());
    }
}
