package org.jiefeng.carrier;

import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.ReceiptFiles;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.springframework.core.io.InputStreamSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The files that prove that an appeal was handed in by hand, each with the round it belongs to. */
@Service
class CarrierReceipts {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    private final ReceiptFiles files;
    private final Submissions submissions;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final CarrierTexts texts;

    CarrierReceipts(
            ReceiptFiles files, Submissions submissions, CaseSheet caseSheet, Timeline timeline, CarrierTexts texts) {
        this.files = files;
        this.submissions = submissions;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.texts = texts;
    }

    /** Whether the newest round is one a person hands in, so that there can be a receipt. */
    boolean areTaken(Appeal appeal) {
        return appeal.isOpen()
                && submissions
                        .latest(appeal.number())
                        .filter(Submission::isByHand)
                        .isPresent();
    }

    /**
     * Takes a receipt of the newest round, before or after it is written down that it was handed in.
     *
     * @throws ConflictException when nothing was handed in by hand, or the case has ended
     * @throws InvalidInputException when the file is not acceptable
     */
    @Transactional
    void take(Appeal appeal, String name, InputStreamSource content, String actor) throws IOException {
        String number = appeal.number();
        if (!appeal.isOpen()) {
            throw new ConflictException(texts.of("problem.closed"));
        }
        Submission submission = submissions
                .latest(number)
                .filter(Submission::isByHand)
                .orElseThrow(() -> new ConflictException(texts.of("problem.nothingByHand")));
        int before = files.of(number).size();
        files.take(number, submission.key().toString(), name, content, actor);
        List<ReceiptFiles.Receipt> all = files.of(number);
        if (all.size() > before) {
            caseSheet.write(number, "receiptsText", all.stream().map(this::line).collect(Collectors.joining("\n")));
            timeline.record(
                    number,
                    actor,
                    "RECEIPT_ATTACHED",
                    String.valueOf(submission.key().round()));
        }
    }

    /** Without the file's name, which could hold anything. */
    private String line(ReceiptFiles.Receipt receipt) {
        String round = AppealKey.parse(receipt.submission())
                .map(key -> String.valueOf(key.round()))
                .orElse("");
        return "- [" + texts.of("receipt.line", round, SHOWN.format(receipt.addedAt())) + "](" + receipt.link() + ")";
    }

    List<ReceiptFiles.Receipt> of(String appealNumber) {
        return files.of(appealNumber);
    }
}
