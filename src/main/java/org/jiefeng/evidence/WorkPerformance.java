package org.jiefeng.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.WorkRecords;
import org.jiefeng.appeal.WorkRecords.Week;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The applicant's work since the suspension before this one, from our records and in words (R67). */
@Component
class WorkPerformance {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final List<WorkRecords> sources;
    private final AppealService appeals;
    private final EvidenceTexts texts;
    private final Duration longest;

    @Autowired
    WorkPerformance(
            List<WorkRecords> sources, AppealService appeals, EvidenceTexts texts, EvidenceProperties properties) {
        this.sources = sources;
        this.appeals = appeals;
        this.texts = texts;
        this.longest = Duration.ofDays(7L * properties.performanceWeeks());
    }

    private WorkPerformance(WorkPerformance other, EvidenceTexts texts) {
        this.sources = other.sources;
        this.appeals = other.appeals;
        this.texts = texts;
        this.longest = other.longest;
    }

    /** The same figures in the words of the carrier. */
    WorkPerformance inChinese() {
        return new WorkPerformance(this, texts.inChinese());
    }

    /** One line for the period and one for each week; never empty, because no record says something too. */
    String text(Appeal appeal) {
        Instant to = appeal.openedAt();
        Instant earliest = to.minus(longest);
        Instant from = appeals.ofEmployee(appeal.employeeId()).stream()
                .map(Appeal::openedAt)
                .filter(opened -> opened.isBefore(to) && opened.isAfter(earliest))
                .findFirst()
                .orElse(earliest);
        List<Week> weeks = sources.stream()
                .flatMap(source -> source.weeks(appeal.employeeId(), from, to).stream())
                .toList();
        String period =
                texts.of(weeks.isEmpty() ? "performance.none" : "performance.period", day(from), day(to), total(weeks));
        return weeks.stream()
                .map(week -> "- " + texts.of("performance.week", week.from().toString(), figures(week)))
                .collect(Collectors.joining("\n", period + (weeks.isEmpty() ? "" : "\n\n"), ""));
    }

    private String total(List<Week> weeks) {
        long connected = weeks.stream().mapToLong(Week::connected).sum();
        long seconds = weeks.stream()
                .mapToLong(week -> week.averageSeconds() * week.connected())
                .sum();
        return figures(new Week(
                LocalDate.MIN,
                weeks.stream().mapToLong(Week::calls).sum(),
                connected,
                connected == 0 ? 0 : seconds / connected,
                weeks.stream().mapToLong(Week::complaints).sum(),
                weeks.stream().mapToLong(Week::violations).sum()));
    }

    private String figures(Week week) {
        return texts.of(
                "performance.figures",
                String.valueOf(week.calls()),
                String.valueOf(week.connected()),
                String.valueOf(week.averageSeconds()),
                String.valueOf(week.complaints()),
                String.valueOf(week.violations()));
    }

    private static String day(Instant time) {
        return LocalDate.ofInstant(time, SHANGHAI).toString();
    }
}
