package org.jiefeng.audit;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For auditors and compliance: what is kept how long, what is held, and what was deleted by which rule. */
@Controller
@RequestMapping("/retention")
@PreAuthorize("hasAnyAuthority('compliance', 'auditors')")
class RetentionPage {

    private static final int SHOWN_AT_ONCE = 50;

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    private final Deletions deletions;
    private final RetentionRules rules;
    private final LegalHolds holds;
    private final Employees employees;
    private final Clock clock;
    private final Locale locale;

    RetentionPage(
            Deletions deletions,
            RetentionRules rules,
            LegalHolds holds,
            Employees employees,
            Clock clock,
            Locale deploymentLocale) {
        this.deletions = deletions;
        this.rules = rules;
        this.holds = holds;
        this.employees = employees;
        this.clock = clock;
        this.locale = deploymentLocale;
    }

    /** A rule as the page shows it. */
    public record RuleView(String kind, String amount, String unit, String from) {}

    /** A hold in force. */
    public record HeldView(String number, String ground, String setAt, String setBy) {}

    /** A deletion as the page shows it. */
    public record DeletionView(
            String at,
            String kind,
            @Nullable String number,
            long rows,
            long files,
            long histories,
            String amount,
            String unit,
            @Nullable String from,
            int version,
            String run) {}

    @GetMapping
    String show(@RequestParam(defaultValue = "" + Long.MAX_VALUE) long before, Model model, Authentication reader) {
        Map<DataKind, RetentionRules.Rule> now = rules.now();
        List<Deletions.Deletion> found = deletions.list(before, SHOWN_AT_ONCE + 1);
        List<Deletions.Deletion> shown = found.subList(0, Math.min(found.size(), SHOWN_AT_ONCE));
        model.addAttribute("language", locale.getLanguage());
        model.addAttribute(
                "mayNote",
                reader.getAuthorities().stream().anyMatch(group -> "compliance".equals(group.getAuthority())));
        model.addAttribute(
                "rules",
                Arrays.stream(DataKind.values())
                        .map(kind -> Objects.requireNonNull(now.get(kind)))
                        .map(rule -> new RuleView(
                                rule.kind().name(), amount(rule.keptFor()), unit(rule.keptFor()), rule.from()))
                        .toList());
        model.addAttribute(
                "version", Objects.requireNonNull(now.get(DataKind.CASE)).version());
        model.addAttribute(
                "holds",
                holds.inForce().stream()
                        .map(hold -> new HeldView(
                                hold.appealNumber(), hold.ground().name(), SHOWN.format(hold.setAt()), hold.setBy()))
                        .toList());
        model.addAttribute("deletions", shown.stream().map(RetentionPage::view).toList());
        model.addAttribute(
                "older",
                found.size() > shown.size() ? shown.get(shown.size() - 1).id() : null);
        return "retention";
    }

    /** Somebody has left: from that day the time of name, ID number and cards is counted. */
    @PostMapping("/leavers")
    @PreAuthorize("hasAuthority('compliance')")
    String left(@RequestParam String person, @RequestParam String lastDay, RedirectAttributes flash) {
        try {
            LocalDate day = LocalDate.parse(lastDay.strip());
            if (day.isAfter(LocalDate.ofInstant(clock.instant(), WorkingCalendar.ZONE))) {
                throw new DateTimeException("not over yet");
            }
            employees.left(person.strip(), day);
            flash.addFlashAttribute("noted", person.strip());
        } catch (DateTimeException e) {
            flash.addFlashAttribute("problem", "retention.problem.day");
        } catch (NotFoundException e) {
            flash.addFlashAttribute("problem", "retention.problem.person");
        }
        return "redirect:/retention#leavers";
    }

    private static DeletionView view(Deletions.Deletion deletion) {
        return new DeletionView(
                SHOWN.format(deletion.at()),
                deletion.kind().name(),
                deletion.caseNumber(),
                deletion.rows(),
                deletion.files(),
                deletion.histories(),
                amount(deletion.keptFor()),
                unit(deletion.keptFor()),
                shown(deletion.countedFrom()),
                deletion.ruleVersion(),
                deletion.run());
    }

    private static @Nullable String shown(@Nullable Instant at) {
        return at == null ? null : SHOWN.format(at);
    }

    /** The number of "3 YEARS"; nothing for "ALWAYS". */
    private static String amount(String keptFor) {
        return keptFor.contains(" ") ? keptFor.substring(0, keptFor.indexOf(' ')) : "";
    }

    /** The unit as a key of the texts, one year apart from several. */
    private static String unit(String keptFor) {
        String unit = keptFor.substring(keptFor.indexOf(' ') + 1);
        return "1".equals(amount(keptFor)) ? unit + "_ONE" : unit;
    }
}
