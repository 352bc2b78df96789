package org.jiefeng.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jiefeng.account.Employee;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.jiefeng.evidence.EvidenceRound.State;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Saves the recordings an appeal may need before the call platform deletes them. How it stands is published on the case
 * sheet as {@code recordingsText}, for whoever saves them and whoever prepares the application.
 */
@Service
class RecordingRescue {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final EvidenceRounds rounds;
    private final EvidenceFiles files;
    private final Employees employees;
    private final CaseSheet caseSheet;
    private final EvidenceTexts texts;
    private final Timeline timeline;

    RecordingRescue(
            EvidenceRounds rounds,
            EvidenceFiles files,
            Employees employees,
            CaseSheet caseSheet,
            EvidenceTexts texts,
            Timeline timeline) {
        this.rounds = rounds;
        this.files = files;
        this.employees = employees;
        this.caseSheet = caseSheet;
        this.texts = texts;
        this.timeline = timeline;
    }

    /**
     * When the platform deletes what is needed.
     *
     * @param from when the oldest needed recording goes; may be past already
     * @param until when the newest has gone
     */
    record Deletion(Instant from, Instant until) {}

    /**
     * Opens the case to recordings.
     *
     * @param neededDays of how many days before the suspension recordings may be needed
     * @param keptDays how many days the platform keeps them
     */
    @Transactional
    Deletion open(String appealNumber, Instant suspendedAt, long neededDays, long keptDays) {
        Instant oldest = suspendedAt.minus(Duration.ofDays(neededDays));
        Deletion deletion =
                new Deletion(oldest.plus(Duration.ofDays(keptDays)), suspendedAt.plus(Duration.ofDays(keptDays)));
        rounds.start(appealNumber, Kind.RESCUE);
        caseSheet.write(
                appealNumber,
                "recordingsText",
                texts.of(
                        "rescue.open",
                        day(oldest),
                        day(suspendedAt),
                        String.valueOf(keptDays),
                        day(deletion.from()),
                        day(deletion.until())));
        timeline.record(appealNumber, "system", "RESCUE_OPENED", day(deletion.until()));
        return deletion;
    }

    /** The recordings saved so far. */
    List<EvidenceFile> files(EvidenceRound rescue) {
        return files.of(rescue.appealNumber()).stream()
                .filter(file -> file.roundId() == rescue.id())
                .toList();
    }

    /**
     * Ends the rescue.
     *
     * @param reason why nothing could be saved; needed only then
     * @return whether anything was saved
     * @throws InvalidInputException when there is neither a recording nor a reason
     */
    @Transactional
    boolean finish(String appealNumber, String reason, String actor) {
        EvidenceRound rescue = rounds.holdRescue(appealNumber);
        int saved = files(rescue).size();
        if (saved == 0 && reason.isBlank()) {
            throw new InvalidInputException("rescueReason", texts.of("rescue.nothing"));
        }
        String by = employees.find(actor).map(Employee::name).orElse(actor);
        rounds.move(rescue, State.CLOSED);
        caseSheet.write(
                appealNumber,
                "recordingsText",
                saved > 0
                        ? texts.of("rescue.saved", String.valueOf(saved), by)
                        : texts.of("rescue.none", by, reason.strip()));
        timeline.record(appealNumber, actor, saved > 0 ? "RECORDINGS_RESCUED" : "NO_RECORDINGS", String.valueOf(saved));
        return saved > 0;
    }

    /** The platform has deleted everything; what was saved before that stays. */
    @Transactional
    void lost(String appealNumber) {
        EvidenceRound rescue =
                rounds.latest(appealNumber, Kind.RESCUE).map(rounds::hold).orElseThrow();
        int saved = files(rescue).size();
        rounds.move(rescue, State.CLOSED);
        caseSheet.write(appealNumber, "recordingsText", texts.of("rescue.lost", String.valueOf(saved)));
        timeline.record(appealNumber, "system", "RECORDINGS_LOST", String.valueOf(saved));
    }

    private static String day(Instant time) {
        return LocalDate.ofInstant(time, SHANGHAI).toString();
    }
}
