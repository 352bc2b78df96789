package org.jiefeng.evidence;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jiefeng.appeal.CaseRecords;
import org.springframework.stereotype.Component;

/** Prints an extract of call records for the company's seal, tied to the CSV file beside it by that file's checksum. */
@Component
class CallListPdf {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");

    private final PdfPrinter printer;
    private final CaseFacts facts;
    private final EvidenceProperties settings;

    CallListPdf(PdfPrinter printer, CaseFacts facts, EvidenceProperties settings) {
        this.printer = printer;
        this.facts = facts;
        this.settings = settings;
    }

    /** @param table the CSV file with the same rows */
    byte[] print(String title, CaseRecords.Printed printed, EvidenceFile table) {
        Instant made = table.addedAt().truncatedTo(ChronoUnit.SECONDS);
        int count = printed.rows().size();
        List<List<String>> rows = printed.rows().subList(0, Math.min(count, settings.maxPrintedRows()));
        Map<String, Object> model = new HashMap<>(facts.of(table.appealNumber()));
        model.put("title", title);
        model.put("from", DAY.format(printed.from()));
        model.put("to", DAY.format(printed.to()));
        model.put("madeAt", SECOND.format(made));
        model.put("count", String.valueOf(count));
        model.put("total", printed.total());
        model.put("csv", table.name());
        model.put("sha256", table.sha256());
        model.put("columns", printed.columns());
        model.put("rows", rows);
        model.put("left", count - rows.size());
        return printer.print("call-list", model, made);
    }
}
