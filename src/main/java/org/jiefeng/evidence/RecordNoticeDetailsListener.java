package org.jiefeng.evidence;

import static org.jiefeng.process.AppealVariables.NOTICE_DETAILS_OUTCOME;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Timeline;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_DemandNoticeDetails}: what the carrier told becomes facts; what it still owes is named. */
@Component
class RecordNoticeDetailsListener implements TaskListener {

    /** What a notice must state (anti-fraud law art. 32); form fields and facts have the same names. */
    private static final List<String> DUE = List.of("statedReason", "remedyChannel", "requiredMaterials");

    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final EvidenceTexts texts;

    RecordNoticeDetailsListener(CaseSheet caseSheet, Timeline timeline, EvidenceTexts texts) {
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.texts = texts;
    }

    @Override
    public void notify(DelegateTask task) {
        String appealNumber = task.getExecution().getProcessBusinessKey();
        Map<String, String> facts = caseSheet.texts(appealNumber);
        List<String> gaps = DUE.stream()
                .filter(name -> facts.getOrDefault(name, "").isBlank())
                .map(name -> texts.of("notice." + name))
                .toList();
        caseSheet.write(appealNumber, "noticeGaps", String.join(texts.of("list.separator"), gaps));
        timeline.record(appealNumber, task.getAssignee(), "NOTICE_DETAILS_" + NOTICE_DETAILS_OUTCOME.get(task), null);
    }
}
