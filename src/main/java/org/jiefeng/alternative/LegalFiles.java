package org.jiefeng.alternative;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Identity;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.LegalPapers;
import org.jiefeng.appeal.Stage;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The legal file of a case, as one ZIP for a law firm: sealed papers, letters, receipts and the course of the case. Whoever
 * takes it says for whom and why, and that stays in the disclosure log (PIPL art. 55).
 */
@Service
class LegalFiles {

    private static final int LONGEST_FIRM = 200;
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 160;

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    private static final List<String> FACTS = List.of(
            "employeeName",
            "accountMask",
            "carrierName",
            "causeNames",
            "suspendedOn",
            "restrictionName",
            "noticeText",
            "statedReason",
            "remedyChannel",
            "requiredMaterials",
            "decisionText");

    private final JdbcClient jdbc;
    private final AppealService appeals;
    private final Accounts accounts;
    private final CaseSheet caseSheet;
    private final Timeline timeline;
    private final DisclosureLog disclosures;
    private final LegalPapers papers;
    private final AlternativeTexts texts;

    LegalFiles(
            JdbcClient jdbc,
            AppealService appeals,
            Accounts accounts,
            CaseSheet caseSheet,
            Timeline timeline,
            DisclosureLog disclosures,
            LegalPapers papers,
            AlternativeTexts texts) {
        this.jdbc = jdbc;
        this.appeals = appeals;
        this.accounts = accounts;
        this.caseSheet = caseSheet;
        this.timeline = timeline;
        this.disclosures = disclosures;
        this.papers = papers;
        this.texts = texts;
    }

    /**
     * What somebody asked for, not looked at yet.
     *
     * @param firm who gets it
     * @param reason why this firm needs it
     * @param whole whether numbers and papers of persons are wanted too; a box that is not ticked is not sent
     * @param wholeReason why the masked file is not enough
     */
    record Request(
            @Nullable String firm,
            @Nullable String reason,
            @Nullable Boolean whole,
            @Nullable String wholeReason) {

        boolean isWhole() {
            return Boolean.TRUE.equals(whole);
        }
    }

    /** Whether there is a legal file to be taken: legal advice was chosen, and the case is not over. */
    boolean isReady(String appealNumber) {
        Appeal appeal = appeals.get(appealNumber);
        return appeal.isOpen()
                && appeal.stage() == Stage.ALTERNATIVES
                && timeline.entries(appealNumber).stream()
                        .anyMatch(entry -> "LEGAL_FILE_PREPARED".equals(entry.kind()));
    }

    /**
     * Notes who takes the file for whom and why, before a byte of it goes out.
     *
     * @throws InvalidInputException naming what is missing
     * @throws ConflictException when there is no legal file now
     */
    @Transactional
    void take(String appealNumber, Request request, String actor) {
        if (!isReady(appealNumber)) {
            throw new ConflictException(texts.of("legal.notReady"));
        }
        List<FieldProblem> problems = new ArrayList<>();
        String firm = text(request.firm());
        if (firm.length() < 2 || firm.length() > LONGEST_FIRM) {
            problems.add(new FieldProblem("firm", texts.of("legal.firm")));
        }
        String reason = text(request.reason());
        if (isNoReason(reason)) {
            problems.add(new FieldProblem("reason", reasonProblem("legal.reason")));
        }
        String wholeReason = text(request.wholeReason());
        if (request.isWhole() && isNoReason(wholeReason)) {
            problems.add(new FieldProblem("wholeReason", reasonProblem("legal.wholeReason")));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        disclosures.record(
                appealNumber,
                firm,
                reason,
                request.isWhole()
                        ? texts.of("legal.items") + " " + texts.of("legal.itemsWhole", wholeReason)
                        : texts.of("legal.items"),
                actor);
        timeline.record(
                appealNumber, actor, "LEGAL_FILE_TAKEN", texts.of(request.isWhole() ? "legal.whole" : "legal.masked"));
    }

    private static boolean isNoReason(String reason) {
        return reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON;
    }

    private String reasonProblem(String key) {
        return texts.of(key, String.valueOf(SHORTEST_REASON), String.valueOf(LONGEST_REASON));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /**
     * Writes the file.
     *
     * @param whole with the applicant's numbers and papers of persons; otherwise numbers stay masked and those papers out
     */
    void write(String appealNumber, boolean whole, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            add(zip, "case.txt", caseText(appealNumber, whole));
            add(zip, "timeline.txt", timelineText(appealNumber));
            for (Map.Entry<String, String> letter : letters(appealNumber).entrySet()) {
                add(zip, letter.getKey(), letter.getValue());
            }
            List<String> leftOut = papers.addTo(zip, appealNumber, whole);
            if (!leftOut.isEmpty()) {
                add(zip, "left-out.txt", texts.of("legal.leftOut") + "\n" + String.join("\n", leftOut) + "\n");
            }
        }
    }

    private static void add(ZipOutputStream zip, String path, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private String caseText(String appealNumber, boolean whole) {
        Map<String, String> sheet = caseSheet.texts(appealNumber);
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("appealNumber", appealNumber);
        FACTS.forEach(name -> lines.put(name, sheet.getOrDefault(name, "")));
        if (whole) {
            Identity identity = accounts.identityOf(appeals.get(appealNumber).accountId());
            lines.put("idNumber", identity.idNumber());
            lines.put("mobile", identity.mobile());
            lines.put("iccid", identity.iccid());
        }
        StringBuilder text = new StringBuilder();
        lines.forEach((name, value) -> {
            if (!value.isBlank()) {
                text.append(texts.of("legal.fact." + name))
                        .append(": ")
                        .append(value)
                        .append('\n');
            }
        });
        return text.toString();
    }

    private String timelineText(String appealNumber) {
        StringBuilder text = new StringBuilder();
        timeline.entries(appealNumber)
                .forEach(entry -> text.append(SHOWN.format(entry.happenedAt()))
                        .append("  ")
                        .append(texts.ofAccount("timeline." + entry.kind()))
                        .append(entry.detail() == null ? "" : ": " + entry.detail())
                        .append('\n'));
        return text.toString();
    }

    /** As they went to the carrier: with a masked number only. */
    private Map<String, String> letters(String appealNumber) {
        Map<String, String> letters = new LinkedHashMap<>();
        jdbc.sql("select round, body from submission where appeal_number = :appeal order by round")
                .param("appeal", appealNumber)
                .query((row, n) -> Map.entry("letters/round-%d.json".formatted(row.getInt(1)), row.getString(2)))
                .list()
                .forEach(letter -> letters.put(letter.getKey(), letter.getValue()));
        return letters;
    }
}
