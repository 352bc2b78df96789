package org.jiefeng.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jiefeng.account.Employee;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/**
 * Writes what was entered for a round as one document a carrier can read and file: application, declaration, commitment,
 * reports, waived items, and an index of everything that goes with it (R16, R55, R56, R70).
 */
@Component
class DossierPdf {

    static final String NAME = "dossier.pdf";

    /** A titled text; public because expressions of a template only reach public types. */
    public record Paragraph(String title, String text) {}

    /** A form of the case that answers an item of the checklist. */
    public record Report(String id, String title, List<Paragraph> paragraphs) {}

    /** A measure as the table shows it. */
    public record Measure(String kind, String description, String owner, String dueOn, String howMeasured) {}

    /** A file as the index shows it. */
    public record IndexRow(String number, String item, String file, String pages, String sha256) {}

    /** An item that was done without. */
    public record Waived(String item, String by, String on, String reason) {}

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy年M月d日").withZone(SHANGHAI);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm").withZone(SHANGHAI);

    private static final List<String> NUMERALS = List.of("一", "二", "三", "四", "五", "六", "七", "八", "九", "十");

    /** Items whose signed original the commitment refers to. */
    private static final Set<String> SIGNED =
            Set.of("USAGE_COMMITMENT", "SIGNED_COMMITMENT", "RECTIFICATION_COMMITMENT");

    private final PdfPrinter printer;
    private final CaseFacts facts;
    private final CaseSheet caseSheet;
    private final Employees employees;
    private final EvidenceFiles files;
    private final EvidenceTexts texts;

    DossierPdf(
            PdfPrinter printer,
            CaseFacts facts,
            CaseSheet caseSheet,
            Employees employees,
            EvidenceFiles files,
            EvidenceTexts texts) {
        this.printer = printer;
        this.facts = facts;
        this.caseSheet = caseSheet;
        this.employees = employees;
        this.files = files;
        this.texts = texts;
    }

    /** @param entries the files that go with it */
    byte[] print(
            EvidenceRound round,
            Instant sealedAt,
            Application application,
            List<ChecklistItem> items,
            List<Dossier.Entry> entries) {
        Map<String, String> sheet = caseSheet.texts(round.appealNumber());
        List<Report> reports = reports(items, sheet);
        List<Waived> waived = waived(items);
        Map<String, Object> model = new LinkedHashMap<>(facts.of(round.appealNumber()));
        model.put("round", round.number());
        model.put("sealedAt", MINUTE.format(sealedAt));
        model.put("sealedOn", DAY.format(sealedAt));
        model.put("chapters", chapters(reports, !waived.isEmpty()));
        model.put("index", index(items, entries));
        model.put(
                "paragraphs",
                List.of(
                        paragraph("problem", application.problem()),
                        paragraph("rootCause", application.rootCause()),
                        paragraph("doneNow", application.doneNow()),
                        paragraph("prevention", application.prevention())));
        model.put("measures", application.measures().stream().map(this::measure).toList());
        model.put("declared", application.declaration());
        model.put("consented", application.consent());
        model.put("originals", originals(entries));
        model.put("reports", reports);
        model.put("waived", waived);
        return printer.print("dossier", model, sealedAt);
    }

    private Map<String, String> chapters(List<Report> reports, boolean anythingWaived) {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("application", texts.chinese("dossier.application"));
        titles.put("declaration", texts.chinese("dossier.declaration"));
        titles.put("commitment", texts.chinese("dossier.commitment"));
        reports.forEach(report -> titles.put(report.id(), report.title()));
        if (anythingWaived) {
            titles.put("waived", texts.chinese("dossier.waived"));
        }
        List<String> ids = List.copyOf(titles.keySet());
        titles.replaceAll((id, title) -> NUMERALS.get(Math.min(ids.indexOf(id), NUMERALS.size() - 1)) + "、" + title);
        return titles;
    }

    private Paragraph paragraph(String key, String text) {
        return new Paragraph(texts.chinese("application." + key), text);
    }

    private Measure measure(ImprovementMeasure measure) {
        return new Measure(
                texts.chinese("kind." + measure.kind()),
                measure.description(),
                measure.owner(),
                String.valueOf(measure.dueOn()),
                measure.howMeasured());
    }

    private List<Report> reports(List<ChecklistItem> items, Map<String, String> sheet) {
        return items.stream()
                .filter(ChecklistItem::answered)
                .map(item -> new Report(
                        "report-" + item.type().code(),
                        item.type().chineseName(),
                        item.type().filedNames().stream()
                                .filter(name -> !sheet.getOrDefault(name, "").isBlank())
                                .map(name -> new Paragraph(
                                        texts.chinese("sheet." + name),
                                        answer(name, sheet.getOrDefault(chinese(name), sheet.getOrDefault(name, "")))))
                                .toList()))
                .toList();
    }

    /** Where the case sheet keeps a text of ours in the words of the carrier, whatever the deployment speaks. */
    static String chinese(String name) {
        return name + "InChinese";
    }

    /** A tick and a chosen code in words; everything else as it was written. */
    private String answer(String name, String text) {
        if (text.equals("true") || text.equals("false")) {
            return texts.chinese("sheet.answer." + text);
        }
        return name.equals("causeSource") ? texts.chinese("sheet.answer." + text) : text;
    }

    private List<Waived> waived(List<ChecklistItem> items) {
        List<Waived> waived = new ArrayList<>();
        for (ChecklistItem item : items) {
            ChecklistItem.Waiver waiver = item.waiverThatCounts().orElse(null);
            if (waiver != null) {
                waived.add(new Waived(
                        item.type().chineseName(),
                        employees.find(waiver.by()).map(Employee::name).orElse(waiver.by()),
                        DAY.format(waiver.at()),
                        waiver.reason()));
            }
        }
        return waived;
    }

    private List<IndexRow> index(List<ChecklistItem> items, List<Dossier.Entry> entries) {
        Map<String, String> names = items.stream()
                .collect(Collectors.toMap(
                        item -> item.type().code(), item -> item.type().chineseName()));
        return entries.stream()
                .map(entry -> new IndexRow(
                        entry.number(),
                        names.getOrDefault(entry.file().code(), entry.file().code()),
                        entry.file().name(),
                        pages(entry.file()),
                        entry.file().sha256().substring(0, 16)))
                .toList();
    }

    private String pages(EvidenceFile file) {
        if (file.mediaType().startsWith("image/")) {
            return "1";
        }
        if (!file.mediaType().equals(MediaKind.PDF.mediaType())) {
            return "—";
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream((int) file.size());
        try {
            files.copyTo(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PageCount.of(content.toByteArray()).stream()
                .mapToObj(String::valueOf)
                .findFirst()
                .orElse("—");
    }

    private static String originals(List<Dossier.Entry> entries) {
        return entries.stream()
                .filter(entry -> SIGNED.contains(entry.file().code()))
                .map(Dossier.Entry::number)
                .collect(Collectors.joining("、"));
    }
}
