package org.jiefeng.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The applicant's earlier appeals, with what was promised then (R69). */
@Component
class EarlierAppeals implements CaseRecords {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final AppealService appeals;
    private final ApplicationService applications;
    private final EvidenceTexts texts;

    EarlierAppeals(AppealService appeals, ApplicationService applications, EvidenceTexts texts) {
        this.appeals = appeals;
        this.applications = applications;
        this.texts = texts;
    }

    @Override
    public List<Extract> of(Appeal appeal) {
        List<List<String>> rows = before(appeal).stream()
                .map(earlier -> List.of(
                        earlier.number(),
                        day(earlier.openedAt()),
                        outcome(earlier.outcome()),
                        day(earlier.closedAt()),
                        String.join("; ", measures(earlier))))
                .toList();
        return List.of(new Extract(
                "EARLIER_APPEALS",
                texts.of("file.earlierAppeals"),
                List.of(
                        texts.of("column.appeal"),
                        texts.of("column.openedOn"),
                        texts.of("column.outcome"),
                        texts.of("column.closedOn"),
                        texts.of("column.measures")),
                rows));
    }

    /** What was promised in earlier appeals, for the form of the repeat report; empty when nothing was. */
    String measuresText(Appeal appeal) {
        return before(appeal).stream()
                .flatMap(earlier -> measures(earlier).stream().map(measure -> "- " + earlier.number() + ": " + measure))
                .reduce((first, second) -> first + "\n" + second)
                .map(EarlierAppeals::start)
                .orElse("");
    }

    /** As much as a sheet entry holds, newest appeals first; the extract has all of it. */
    private static String start(String text) {
        int end = CaseSheet.MAX_LENGTH - 1;
        if (text.length() <= end) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private List<Appeal> before(Appeal appeal) {
        return appeals.ofEmployee(appeal.employeeId()).stream()
                .filter(other -> other.openedAt().isBefore(appeal.openedAt()))
                .toList();
    }

    private List<String> measures(Appeal earlier) {
        return applications.measures(earlier.number()).stream()
                .map(measure -> texts.of("kind." + measure.kind()) + ": " + measure.description())
                .toList();
    }

    private String outcome(@Nullable Outcome outcome) {
        return texts.of("outcome." + (outcome == null ? "OPEN" : outcome));
    }

    private static String day(@Nullable Instant time) {
        return time == null ? "" : LocalDate.ofInstant(time, SHANGHAI).toString();
    }
}
