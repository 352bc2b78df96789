package org.jiefeng.carrier;

import java.time.Clock;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.carrier.CarrierMatter.Kind;
import org.jiefeng.carrier.CarrierMatter.Settlement;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a liaison can do about an open matter; each choice moves the case in the way everything else moves it. */
@Service
class CarrierDeskWork {

    /** Event ids of what people made of a matter. */
    static final String EVENT_PREFIX = "matter:";

    private static final int SHORTEST_NOTE = 5;
    private static final int LONGEST_NOTE = 4000;

    private final CarrierMatters matters;
    private final CarrierInbox inbox;
    private final Submissions submissions;
    private final Supplements supplements;
    private final StuckTransfers transfers;
    private final AppealService appeals;
    private final CarrierTexts texts;
    private final Clock clock;

    CarrierDeskWork(
            CarrierMatters matters,
            CarrierInbox inbox,
            Submissions submissions,
            Supplements supplements,
            StuckTransfers transfers,
            AppealService appeals,
            CarrierTexts texts,
            Clock clock) {
        this.matters = matters;
        this.inbox = inbox;
        this.submissions = submissions;
        this.supplements = supplements;
        this.transfers = transfers;
        this.appeals = appeals;
        this.texts = texts;
        this.clock = clock;
    }

    /** The answer a matter is about. */
    @Nullable
    CarrierEvent answer(CarrierMatter matter) {
        return matter.inboxId() == null ? null : inbox.get(matter.inboxId()).event();
    }

    /** Whether this can be done about it. */
    boolean offers(CarrierMatter matter, Settlement settlement) {
        return switch (settlement) {
            case AGAIN -> matter.kind().isStuck() || matter.kind() == Kind.UNRESOLVED_ANSWER;
            case BY_HAND -> matter.kind().isStuck();
            case FOLLOWED -> matter.kind() == Kind.LATE_ANSWER && lifts(answer(matter)) && isOpenCase(matter);
            case DONE -> !matter.kind().isStuck();
            case HEALED -> false;
        };
    }

    /** A reinstatement under conditions must bind somebody to them, so it goes through a new round. */
    private static boolean lifts(@Nullable CarrierEvent event) {
        return event != null
                && (event.type() == CarrierEvent.Type.SUSPENSION_LIFTED
                        || event.decision() == CarrierEvent.Decision.REINSTATED);
    }

    private boolean isOpenCase(CarrierMatter matter) {
        return appeals.find(matter.appealNumber())
                .filter(appeal -> appeal.isOpen())
                .isPresent();
    }

    /**
     * Does something about a matter, and closes it.
     *
     * @param note why; needed where the case moves on another's word, or not at all
     * @throws InvalidInputException when the note is missing
     * @throws ConflictException when somebody else was quicker, or the matter does not allow it
     */
    @Transactional
    void settle(CarrierMatter matter, Settlement settlement, String note, String actor) {
        if (!offers(matter, settlement)) {
            throw new ConflictException(texts.of("matter.over"));
        }
        String given = note.strip();
        boolean needed = settlement == Settlement.DONE || settlement == Settlement.FOLLOWED;
        if (given.length() > LONGEST_NOTE || needed && given.length() < SHORTEST_NOTE) {
            throw new InvalidInputException(
                    "note", texts.of("problem.length", String.valueOf(SHORTEST_NOTE), String.valueOf(LONGEST_NOTE)));
        }
        if (!matters.settle(matter, settlement, given, actor)) {
            throw new ConflictException(texts.of("matter.over"));
        }
        if (matter.kind().isStuck()) {
            if (settlement == Settlement.BY_HAND) {
                leaveToLiaison(matter);
            }
            transfers.goOn(matter);
        } else if (settlement == Settlement.AGAIN && matter.inboxId() != null) {
            inbox.reopen(matter.inboxId());
        } else if (settlement == Settlement.FOLLOWED && matter.inboxId() != null) {
            lift(matter, inbox.get(matter.inboxId()));
        }
    }

    private void leaveToLiaison(CarrierMatter matter) {
        if (matter.kind() == Kind.STUCK_SUBMISSION) {
            submissions.leaveToLiaison(matter.appealNumber());
        } else {
            supplements.leaveToLiaison(matter.appealNumber());
        }
    }

    /** Through the inbox like every answer, so that it moves the case once and is seen there. */
    private void lift(CarrierMatter matter, InboxEntry entry) {
        inbox.accept(
                matter.carrier(),
                new CarrierEvent(
                        EVENT_PREFIX + matter.id(),
                        CarrierEvent.Type.SUSPENSION_LIFTED,
                        entry.key().toString(),
                        clock.instant(),
                        null,
                        null,
                        null,
                        null,
                        null),
                entry.key());
    }
}
