package org.jiefeng.evidence;

import java.util.ArrayList;
import java.util.List;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.jiefeng.evidence.EvidenceRound.State;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Judges whether an application can go to review (R17); if so, closes it to changes while it is reviewed. */
@Service
class Completeness {

    private final EvidenceChecklist checklist;
    private final ApplicationService applications;
    private final EvidenceRounds rounds;
    private final CaseSheet caseSheet;
    private final EvidenceTexts texts;
    private final Timeline timeline;

    Completeness(
            EvidenceChecklist checklist,
            ApplicationService applications,
            EvidenceRounds rounds,
            CaseSheet caseSheet,
            EvidenceTexts texts,
            Timeline timeline) {
        this.checklist = checklist;
        this.applications = applications;
        this.rounds = rounds;
        this.caseSheet = caseSheet;
        this.texts = texts;
        this.timeline = timeline;
    }

    /** Checks the round; what is missing is named on the case sheet as {@code missingEvidence}. */
    @Transactional
    boolean check(String appealNumber) {
        EvidenceRound round =
                rounds.latest(appealNumber, Kind.APPLICATION).map(rounds::hold).orElseThrow();
        List<String> missing = new ArrayList<>(checklist.missing(appealNumber));
        if (!applications.isComplete(appealNumber, round.number())) {
            missing.add(0, texts.of("application"));
        }
        caseSheet.write(appealNumber, "missingEvidence", String.join(texts.of("list.separator"), missing));
        if (!missing.isEmpty()) {
            return false;
        }
        rounds.move(round, State.IN_REVIEW);
        timeline.record(appealNumber, "system", "APPLICATION_COMPLETE", null);
        return true;
    }
}
