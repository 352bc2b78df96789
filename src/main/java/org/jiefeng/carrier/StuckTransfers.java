package org.jiefeng.carrier;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jiefeng.carrier.CarrierMatter.Kind;
import org.jiefeng.process.StuckSteps;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Turns incidents of what goes to carriers into matters for the liaison, and lets the stuck step go on. */
@Component
class StuckTransfers {

    private static final Map<Kind, String> STEPS = Map.of(
            Kind.STUCK_SUBMISSION, "Task_SubmitAppealToCarrier",
            Kind.STUCK_SUPPLEMENT, "Task_SendSupplement");

    private final StuckSteps steps;
    private final Submissions submissions;
    private final CarrierMatters matters;

    StuckTransfers(StuckSteps steps, Submissions submissions, CarrierMatters matters) {
        this.steps = steps;
        this.submissions = submissions;
        this.matters = matters;
    }

    @Scheduled(fixedDelay = 20_000, initialDelay = 20_000)
    void look() {
        STEPS.forEach(this::look);
    }

    private void look(Kind kind, String step) {
        Set<String> stuck = new HashSet<>(steps.at(step));
        List<CarrierMatter> known = matters.open(kind);
        for (CarrierMatter matter : known) {
            if (!stuck.remove(matter.appealNumber())) {
                matters.settle(matter, CarrierMatter.Settlement.HEALED, "", "system");
            }
        }
        for (String appealNumber : stuck) {
            submissions.latest(appealNumber).ifPresent(submission -> {
                try {
                    matters.open(kind, submission.carrier(), appealNumber, null, kind + " " + appealNumber);
                } catch (DuplicateKeyException e) {
                    // another node was quicker
                }
            });
        }
    }

    /** In the caller's transaction. */
    void goOn(CarrierMatter matter) {
        steps.runAgain(STEPS.getOrDefault(matter.kind(), ""), matter.appealNumber());
    }
}
