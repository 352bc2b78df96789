package org.jiefeng.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseRecords;
import org.jiefeng.appeal.Outcome;
import org.jiefeng.evidence.MeasureCheck.Result;
import org.jiefeng.evidence.MeasureChecks.Promise;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The applicant's earlier appeals, with what was promised then and what became of it (R69). */
@Component
class EarlierAppeals implements CaseRecords {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** A form shows the beginning of a long text; the extract has all of it. */
    private static final int SHOWN_OF_A_TEXT = 200;

    private static final int SHOWN_LINES = 15;

    private final AppealService appeals;
    private final ApplicationService applications;
    private final MeasureChecks checks;
    private final EvidenceTexts texts;

    EarlierAppeals(AppealService appeals, ApplicationService applications, MeasureChecks checks, EvidenceTexts texts) {
        this.appeals = appeals;
        this.applications = applications;
        this.checks = checks;
        this.texts = texts;
    }

    /** The same findings in the words of the carrier. */
    EarlierAppeals inChinese() {
        return new EarlierAppeals(appeals, applications, checks, texts.inChinese());
    }

    /** A promise with what is known of it, in words. */
    private record Line(ImprovementMeasure measure, String finding, String on, String by, String note) {}

    @Override
    public List<Extract> of(Appeal appeal) {
        List<List<String>> rows = before(appeal).stream().flatMap(this::rows).toList();
        return List.of(new Extract(
                "EARLIER_APPEALS",
                texts.of("file.earlierAppeals"),
                Stream.of(
                                "appeal",
                                "openedOn",
                                "outcome",
                                "closedOn",
                                "counts",
                                "measures",
                                "owner",
                                "dueOn",
                                "finding",
                                "foundOn",
                                "foundBy",
                                "note")
                        .map(column -> texts.of("column." + column))
                        .toList(),
                rows));
    }

    private Stream<List<String>> rows(Appeal earlier) {
        List<String> appeal = List.of(
                earlier.number(),
                day(earlier.openedAt()),
                outcome(earlier.outcome()),
                day(earlier.closedAt()),
                texts.of("standing." + earlier.standing()));
        List<Line> lines = lines(earlier);
        Stream<List<String>> measures = lines.isEmpty()
                ? Stream.of(List.of("", "", "", "", "", "", ""))
                : lines.stream()
                        .map(line -> List.of(
                                name(line.measure(), Integer.MAX_VALUE),
                                line.measure().owner(),
                                due(line.measure()),
                                line.finding(),
                                line.on(),
                                line.by(),
                                line.note()));
        return measures.map(
                measure -> Stream.concat(appeal.stream(), measure.stream()).toList());
    }

    /**
     * What was promised in earlier appeals and whether it was kept, for the form of the repeat report; empty when nothing
     * was promised.
     */
    String measuresText(Appeal appeal) {
        List<String> lines = before(appeal).stream()
                .flatMap(earlier -> lines(earlier).stream().map(line -> "- " + earlier.number() + ": " + text(line)))
                .toList();
        Stream<String> more = lines.size() > SHOWN_LINES
                ? Stream.of("- " + texts.of("measure.more", String.valueOf(lines.size() - SHOWN_LINES)))
                : Stream.empty();
        return String.join(
                "\n", Stream.concat(lines.stream().limit(SHOWN_LINES), more).toList());
    }

    private String text(Line line) {
        String shown =
                texts.of("measure.line", name(line.measure(), SHOWN_OF_A_TEXT), due(line.measure()), line.finding());
        if (line.on().isEmpty()) {
            return shown;
        }
        String note = cut(line.note().replaceAll("\\s+", " "), SHOWN_OF_A_TEXT);
        return shown
                + (note.isEmpty()
                        ? texts.of("measure.foundOn", line.on())
                        : texts.of("measure.found", line.on(), note));
    }

    private List<Appeal> before(Appeal appeal) {
        return appeals.ofEmployee(appeal.employeeId()).stream()
                .filter(other -> other.openedAt().isBefore(appeal.openedAt()))
                .toList();
    }

    private List<Line> lines(Appeal earlier) {
        List<Promise> promises = checks.promises(earlier.number());
        if (!promises.isEmpty()) {
            return promises.stream().map(this::line).toList();
        }
        // Written but never approved: nobody was promised anything, and nobody has looked.
        return applications.current(earlier.number()).measures().stream()
                .map(measure -> new Line(measure, texts.of("finding.NOT_APPROVED"), "", "", ""))
                .toList();
    }

    private Line line(Promise promise) {
        MeasureCheck check = promise.check();
        if (check == null) {
            return new Line(promise.measure(), texts.of("finding.NOT_CHECKED"), "", "", "");
        }
        Result result = check.result();
        if (result != null) {
            return new Line(
                    promise.measure(),
                    texts.of("finding." + result),
                    day(check.checkedAt()),
                    given(check.checkedBy()),
                    given(check.note()));
        }
        LocalDate postponedTo = check.postponedTo();
        return new Line(
                promise.measure(),
                postponedTo == null ? texts.of("finding.OPEN") : texts.of("finding.POSTPONED", postponedTo.toString()),
                "",
                "",
                given(check.postponedNote()));
    }

    private String name(ImprovementMeasure measure, int length) {
        return texts.of("kind." + measure.kind()) + ": " + cut(measure.description(), length);
    }

    private static String due(ImprovementMeasure measure) {
        LocalDate dueOn = measure.dueOn();
        return dueOn == null ? "" : dueOn.toString();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }

    private String outcome(@Nullable Outcome outcome) {
        return texts.of("outcome." + (outcome == null ? "OPEN" : outcome));
    }

    private static String day(@Nullable Instant time) {
        return time == null ? "" : LocalDate.ofInstant(time, SHANGHAI).toString();
    }
}
