package org.jiefeng.carrier;

import java.time.Clock;
import java.time.Instant;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.ConflictException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks carriers for answers whose webhook got lost. They go into the same inbox; what came by both ways is one event there.
 *
 * <p>A round is asked about until it is decided, followed by another, or its case has ended.
 */
@Component
class CarrierPolls {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierPolls.class);

    private static final int AT_A_TIME = 20;

    private final Submissions submissions;
    private final CarrierDecisions decisions;
    private final CarrierGateway gateway;
    private final CarrierInbox inbox;
    private final AppealService appeals;
    private final CarrierProperties properties;
    private final Clock clock;

    CarrierPolls(
            Submissions submissions,
            CarrierDecisions decisions,
            CarrierGateway gateway,
            CarrierInbox inbox,
            AppealService appeals,
            CarrierProperties properties,
            Clock clock) {
        this.submissions = submissions;
        this.decisions = decisions;
        this.gateway = gateway;
        this.inbox = inbox;
        this.appeals = appeals;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 10_000, initialDelay = 10_000)
    void poll() {
        submissions.dueForPoll(AT_A_TIME).forEach(this::poll);
    }

    private void poll(Submission submission) {
        Instant next = isOver(submission) ? null : clock.instant().plus(properties.pollEvery(submission.carrier()));
        // Said before asking: a node that dies meanwhile, or a carrier that hangs, holds up nobody.
        if (!submissions.pollNext(submission.key(), next) || next == null) {
            return;
        }
        try {
            for (CarrierEvent event :
                    gateway.answers(submission.carrier(), submission.key().toString())) {
                if (CarrierInbox.isOurs(event.eventId())) {
                    throw new IllegalStateException("An event id that is reserved for us");
                }
                inbox.receive(submission.carrier(), event, Submissions.json(event));
            }
        } catch (ConflictException e) {
            LOG.warn("{} answers differently under an event id it used before", submission.carrier());
        } catch (RuntimeException e) {
            // It is asked again in its time; the first answer that arrives is as good.
            LOG.info("{} could not be asked about {}: {}", submission.carrier(), submission.key(), e.getMessage());
        }
    }

    private boolean isOver(Submission submission) {
        AppealKey key = submission.key();
        return !appeals.get(key.appealNumber()).isOpen()
                || decisions.find(key).isPresent()
                || submissions
                        .latest(key.appealNumber())
                        .filter(latest -> latest.key().round() > key.round())
                        .isPresent();
    }
}
