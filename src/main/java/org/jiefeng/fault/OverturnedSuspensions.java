package org.jiefeng.fault;

import java.util.Map;
import org.jiefeng.appeal.AppealService.Overturned;
import org.jiefeng.process.AppealProcess;
import org.jiefeng.process.CaseMessenger;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reopens what was found when the suspension itself turns out wrong, and sends {@code suspensionOverturned} to who still asks. */
@Component
class OverturnedSuspensions {

    private final FaultFindings findings;
    private final CaseMessenger messenger;

    OverturnedSuspensions(FaultFindings findings, CaseMessenger messenger) {
        this.findings = findings;
        this.messenger = messenger;
    }

    @EventListener
    @Transactional
    void on(Overturned suspension) {
        findings.overturned(suspension.appealNumber());
        messenger.send(AppealProcess.SUSPENSION_OVERTURNED, suspension.appealNumber(), Map.of());
    }
}
