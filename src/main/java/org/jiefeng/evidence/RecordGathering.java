package org.jiefeng.evidence;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Files what the features have on record for a case, so that nobody has to look it up by hand (R14). */
@Service
class RecordGathering {

    private final List<CaseRecords> sources;
    private final EarlierAppeals earlierAppeals;
    private final WorkPerformance workPerformance;
    private final AppealService appeals;
    private final CaseSheet caseSheet;
    private final EvidenceChecklist checklist;
    private final EvidenceFiles files;
    private final EvidenceRounds rounds;
    private final CallListPdf callLists;
    private final Timeline timeline;

    RecordGathering(
            List<CaseRecords> sources,
            EarlierAppeals earlierAppeals,
            WorkPerformance workPerformance,
            AppealService appeals,
            CaseSheet caseSheet,
            EvidenceChecklist checklist,
            EvidenceFiles files,
            EvidenceRounds rounds,
            CallListPdf callLists,
            Timeline timeline) {
        this.sources = sources;
        this.earlierAppeals = earlierAppeals;
        this.workPerformance = workPerformance;
        this.appeals = appeals;
        this.caseSheet = caseSheet;
        this.checklist = checklist;
        this.files = files;
        this.rounds = rounds;
        this.callLists = callLists;
        this.timeline = timeline;
    }

    /**
     * Draws every extract the case asks for; repeating it replaces the earlier ones of the round. What was promised in
     * earlier appeals and what became of it is published as {@code earlierMeasuresText}, the work since then as
     * {@code performanceText}, because the repeat report has to answer for both (R67, R69); each once more in the words
     * of the carrier, for the dossier.
     */
    @Transactional
    void gather(String appealNumber) {
        Appeal appeal = appeals.get(appealNumber);
        EvidenceRound round = rounds.latest(appealNumber, Kind.APPLICATION).orElseThrow();
        files.removeRecords(round);
        List<ChecklistItem> items = checklist.items(appealNumber);
        Set<String> wanted = items.stream()
                .filter(ChecklistItem::required)
                .map(item -> item.type().code())
                .collect(Collectors.toSet());
        Set<String> provenByNothing = items.stream()
                .map(ChecklistItem::type)
                .filter(EvidenceItemType::emptySettles)
                .map(EvidenceItemType::code)
                .collect(Collectors.toSet());

        List<CaseRecords.Extract> extracts = sources.stream()
                .flatMap(source -> source.of(appeal).stream())
                .filter(extract -> wanted.contains(extract.item()))
                .filter(extract -> !extract.rows().isEmpty() || provenByNothing.contains(extract.item()))
                .toList();
        caseSheet.write(appealNumber, "earlierMeasuresText", earlierAppeals.measuresText(appeal));
        caseSheet.write(
                appealNumber,
                DossierPdf.chinese("earlierMeasuresText"),
                earlierAppeals.inChinese().measuresText(appeal));
        caseSheet.write(appealNumber, "performanceText", workPerformance.text(appeal));
        caseSheet.write(
                appealNumber,
                DossierPdf.chinese("performanceText"),
                workPerformance.inChinese().text(appeal));
        Map<String, String> titles = items.stream()
                .map(ChecklistItem::type)
                .collect(Collectors.toMap(EvidenceItemType::code, EvidenceItemType::chineseName));
        extracts.forEach(extract -> file(round, extract, titles.getOrDefault(extract.item(), extract.item())));
        timeline.record(appealNumber, "system", "RECORDS_GATHERED", String.valueOf(extracts.size()));
    }

    private void file(EvidenceRound round, CaseRecords.Extract extract, String title) {
        EvidenceFile table = files.file(
                round,
                extract.item(),
                extract.name() + ".csv",
                MediaKind.CSV.mediaType(),
                CsvText.write(extract.columns(), extract.rows()));
        CaseRecords.Printed printed = extract.printed();
        if (printed != null) {
            files.file(
                    round,
                    extract.item(),
                    extract.name() + ".pdf",
                    MediaKind.PDF.mediaType(),
                    callLists.print(title, printed, table));
        }
    }
}
