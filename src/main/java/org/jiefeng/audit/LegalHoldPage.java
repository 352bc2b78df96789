package org.jiefeng.audit;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where compliance holds a case and lets it go again, each time with a reason; never the own case. Auditors read along. */
@Controller
@RequestMapping("/appeals/{number}/hold")
@PreAuthorize("hasAuthority('compliance')")
class LegalHoldPage {

    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    private final LegalHolds holds;
    private final AppealService appeals;
    private final Locale locale;

    LegalHoldPage(LegalHolds holds, AppealService appeals, Locale deploymentLocale) {
        this.holds = holds;
        this.appeals = appeals;
        this.locale = deploymentLocale;
    }

    /** A hold as the page shows it. */
    public record HoldView(
            String ground,
            @Nullable String reason,
            String setAt,
            String setBy,
            @Nullable String liftedAt,
            @Nullable String liftedBy,
            @Nullable String liftReason) {

        static HoldView of(LegalHolds.Hold hold) {
            return new HoldView(
                    hold.ground().name(),
                    hold.reason(),
                    SHOWN.format(hold.setAt()),
                    hold.setBy(),
                    hold.liftedAt() == null ? null : SHOWN.format(hold.liftedAt()),
                    hold.liftedBy(),
                    hold.liftReason());
        }
    }

    @GetMapping
    @PreAuthorize("hasAnyAuthority('compliance', 'auditors')")
    String show(@PathVariable String number, Model model, Authentication reader) {
        Appeal appeal = appeals.find(number).orElseThrow(LegalHoldPage::notFound);
        List<LegalHolds.Hold> all = holds.of(number);
        model.addAttribute("language", locale.getLanguage());
        model.addAttribute("number", number);
        model.addAttribute("holds", all.stream().map(HoldView::of).toList());
        model.addAttribute("held", all.stream().anyMatch(LegalHolds.Hold::isInForce));
        model.addAttribute(
                "heldByCompliance",
                all.stream().anyMatch(hold -> hold.isInForce() && hold.ground() == LegalHolds.Ground.COMPLIANCE));
        model.addAttribute(
                "mayChange", isCompliance(reader) && !appeal.employeeId().equals(reader.getName()));
        return "legal-hold";
    }

    @PostMapping
    String set(
            @PathVariable String number, @RequestParam String reason, Authentication actor, RedirectAttributes flash) {
        requireOthersCase(number, actor);
        if (isReason(reason, flash)) {
            holds.set(number, LegalHolds.Ground.COMPLIANCE, reason.strip(), actor.getName());
        }
        return "redirect:/appeals/" + number + "/hold";
    }

    @PostMapping("/lift")
    String lift(
            @PathVariable String number,
            @RequestParam LegalHolds.Ground ground,
            @RequestParam String reason,
            Authentication actor,
            RedirectAttributes flash) {
        requireOthersCase(number, actor);
        if (isReason(reason, flash)) {
            holds.lift(number, ground, reason.strip(), actor.getName());
        }
        return "redirect:/appeals/" + number + "/hold";
    }

    private static boolean isReason(String text, RedirectAttributes flash) {
        int length = text.strip().length();
        boolean enough = length >= SHORTEST_REASON && length <= LONGEST_REASON;
        if (!enough) {
            flash.addFlashAttribute("problem", "hold.problem.reason");
            flash.addFlashAttribute("typed", text.substring(0, Math.min(text.length(), LONGEST_REASON)));
        }
        return enough;
    }

    private void requireOthersCase(String number, Authentication user) {
        boolean others = appeals.find(number)
                .filter(appeal -> !appeal.employeeId().equals(user.getName()))
                .isPresent();
        if (!others) {
            throw notFound();
        }
    }

    private static boolean isCompliance(Authentication user) {
        return user.getAuthorities().stream().anyMatch(group -> "compliance".equals(group.getAuthority()));
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
