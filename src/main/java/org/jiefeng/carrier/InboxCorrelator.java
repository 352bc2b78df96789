package org.jiefeng.carrier;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.process.AppealProcess;
import org.jiefeng.process.AppealVariables;
import org.jiefeng.process.CaseMessenger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings stored answers to the cases that wait for them.
 *
 * <p>The entry is settled in the very transaction that moves the case, so that a crash leaves both or neither. An answer
 * that comes too early is tried again; one that comes too late, or that no case wants in all the time, becomes a matter for
 * a person.
 */
@Component
class InboxCorrelator {

    private static final Logger LOG = LoggerFactory.getLogger(InboxCorrelator.class);

    private static final int AT_A_TIME = 50;

    private final CarrierInbox inbox;
    private final Submissions submissions;
    private final CarrierDecisions decisions;
    private final CarrierMatters matters;
    private final CaseMessenger messenger;
    private final AppealService appeals;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final CarrierProperties properties;
    private final TransactionTemplate transaction;
    private final Clock clock;

    InboxCorrelator(
            CarrierInbox inbox,
            Submissions submissions,
            CarrierDecisions decisions,
            CarrierMatters matters,
            CaseMessenger messenger,
            AppealService appeals,
            CaseSheet caseSheet,
            Timeline timeline,
            CarrierProperties properties,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.inbox = inbox;
        this.submissions = submissions;
        this.decisions = decisions;
        this.matters = matters;
        this.messenger = messenger;
        this.appeals = appeals;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1000)
    void correlate() {
        inbox.due(AT_A_TIME).forEach(this::correlate);
    }

    private void correlate(long id) {
        boolean settled;
        try {
            settled = requireNonNull(transaction.execute(status -> {
                boolean done = inbox.hold(id).map(this::bring).orElse(true);
                if (!done) {
                    // The texts written for it go with it; they come again with the next attempt.
                    status.setRollbackOnly();
                }
                return done;
            }));
        } catch (RuntimeException e) {
            // Two nodes at one case, or a case that cannot take it now: the entry is still there.
            LOG.warn("Inbox entry {} could not be brought to its case", id, e);
            settled = false;
        }
        if (!settled) {
            transaction.executeWithoutResult(status -> inbox.hold(id).ifPresent(this::waitOrGiveUp));
        }
    }

    private void waitOrGiveUp(InboxEntry entry) {
        if (clock.instant().isBefore(entry.receivedAt().plus(properties.giveUpAfter()))) {
            inbox.postpone(entry.id());
            return;
        }
        inbox.settle(entry.id(), InboxEntry.State.UNRESOLVED);
        openMatter(CarrierMatter.Kind.UNRESOLVED_ANSWER, entry);
    }

    private void openMatter(CarrierMatter.Kind kind, InboxEntry entry) {
        matters.open(kind, entry.carrier(), entry.key().appealNumber(), entry.id(), "answer " + entry.id());
    }

    private boolean bring(InboxEntry entry) {
        CarrierEvent event = entry.event();
        if (!CarrierInbox.isOurs(event.eventId()) && !isSubmitted(entry)) {
            return false;
        }
        if (isLate(entry, event)) {
            inbox.settle(entry.id(), InboxEntry.State.LATE);
            timeline.record(entry.key().appealNumber(), "system", "CARRIER_ANSWER_LATE", describe(event));
            if (!isNothingNew(entry, event)) {
                openMatter(CarrierMatter.Kind.LATE_ANSWER, entry);
            }
            return true;
        }
        boolean brought =
                switch (event.type()) {
                    case DECISION -> bringDecision(entry, event);
                    case SUPPLEMENT_REQUESTED -> bringRequest(entry, event);
                    case SUSPENSION_LIFTED -> send(AppealProcess.SUSPENSION_LIFTED, entry, Map.of());
                };
        if (brought) {
            inbox.settle(entry.id(), InboxEntry.State.DELIVERED);
        }
        return brought;
    }

    private boolean bringDecision(InboxEntry entry, CarrierEvent event) {
        return send(
                AppealProcess.CARRIER_DECISION_RECEIVED,
                entry,
                Map.of(
                        AppealVariables.CARRIER_EVENT_ID.name(),
                        String.valueOf(entry.id()),
                        AppealVariables.CARRIER_OUTCOME.name(),
                        requireNonNull(event.decision()).name()));
    }

    private boolean bringRequest(InboxEntry entry, CarrierEvent event) {
        String number = entry.key().appealNumber();
        List<String> wanted = requireNonNull(event.requestedMaterials());
        caseSheet.write(
                number,
                "supplementRequest",
                Submissions.shortened(
                        String.join(
                                "\n", wanted.stream().map(item -> "- " + item).toList()),
                        CaseSheet.MAX_LENGTH));
        caseSheet.write(
                number,
                "supplementDueOn",
                event.dueOn() == null ? "" : event.dueOn().toString());
        timeline.record(number, "system", "SUPPLEMENT_REQUESTED", String.valueOf(wanted.size()));
        return send(AppealProcess.SUPPLEMENT_REQUESTED, entry, Map.of());
    }

    private boolean send(String message, InboxEntry entry, Map<String, Object> values) {
        return messenger.send(message, entry.key().appealNumber(), values);
    }

    /** Whether we ever wrote down something for this carrier under this key; somebody else's case is not to be touched. */
    private boolean isSubmitted(InboxEntry entry) {
        return submissions
                .find(entry.key())
                .filter(submission -> submission.carrier() == entry.carrier())
                .isPresent();
    }

    /** Whether a late answer only says what is known: the same decision again, or a wish from before it. */
    private boolean isNothingNew(InboxEntry entry, CarrierEvent event) {
        Optional<CarrierDecision> decided = decisions.find(entry.key());
        return switch (event.type()) {
            case DECISION ->
                decided.filter(known -> known.outcome() == event.decision()).isPresent();
            case SUPPLEMENT_REQUESTED ->
                decided.filter(known -> !event.occurredAt().isAfter(known.decidedAt()))
                        .isPresent();
            case SUSPENSION_LIFTED -> {
                Outcome outcome = appeals.get(entry.key().appealNumber()).outcome();
                yield outcome == Outcome.LIFTED || outcome == Outcome.REINSTATED;
            }
        };
    }

    /** Whether the case has moved on for good: a round decided or followed by another never waits again. */
    private boolean isLate(InboxEntry entry, CarrierEvent event) {
        Appeal appeal = appeals.get(entry.key().appealNumber());
        if (!appeal.isOpen()) {
            return true;
        }
        if (event.type() == CarrierEvent.Type.SUSPENSION_LIFTED) {
            return false;
        }
        boolean followed = submissions
                .latest(appeal.number())
                .filter(latest -> latest.key().round() > entry.key().round())
                .isPresent();
        return followed
                || decisions.find(entry.key()).isPresent()
                || appeal.stage().ordinal() > Stage.WITH_CARRIER.ordinal();
    }

    private static String describe(CarrierEvent event) {
        return event.decision() == null ? event.type().name() : event.type() + " " + event.decision();
    }
}
