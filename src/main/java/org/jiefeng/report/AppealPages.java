package org.jiefeng.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.LegalHolds;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.Stage;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The plain pages "appeals" and "one appeal" (R39). */
@Controller
class AppealPages {

    private static final Set<String> HOLD_READERS = Set.of("compliance", "auditors");

    private final AppealProgress progress;
    private final AppealWithdrawal withdrawal;
    private final AppealReopening reopening;
    private final LegalHolds holds;
    private final Locale locale;

    AppealPages(
            AppealProgress progress,
            AppealWithdrawal withdrawal,
            AppealReopening reopening,
            LegalHolds holds,
            Locale deploymentLocale) {
        this.progress = progress;
        this.withdrawal = withdrawal;
        this.reopening = reopening;
        this.holds = holds;
        this.locale = deploymentLocale;
    }

    @GetMapping("/appeals")
    String all(Model model, Authentication reader) {
        model.addAttribute("appeals", progress.all(reader));
        model.addAttribute("mine", progress.isOnlyOwn(reader));
        model.addAttribute("language", locale.getLanguage());
        return "appeals";
    }

    @GetMapping("/appeals/{number}")
    String one(@PathVariable String number, Model model, Authentication reader) {
        try {
            model.addAttribute("appeal", progress.of(number, reader));
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute("chance", reopening.chance(number, reader.getName()).orElse(null));
        model.addAttribute("held", holds.isHeld(number));
        model.addAttribute(
                "mayReadHold",
                reader.getAuthorities().stream().anyMatch(group -> HOLD_READERS.contains(group.getAuthority())));
        model.addAttribute("causes", AppealReopening.Cause.values());
        model.addAttribute("stages", Stage.values());
        model.addAttribute("language", locale.getLanguage());
        return "appeal";
    }

    @PostMapping("/appeals/{number}/withdrawal")
    String withdraw(@PathVariable String number, Authentication applicant, RedirectAttributes flash) {
        try {
            withdrawal.withdraw(number, applicant.getName());
        } catch (ConflictException e) {
            flash.addFlashAttribute("tooLate", true);
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:/appeals/" + number;
    }

    @PostMapping("/appeals/{number}/reopening")
    String reopen(
            @PathVariable String number,
            AppealReopening.Request request,
            Authentication asker,
            RedirectAttributes flash) {
        try {
            reopening.ask(number, request, asker.getName());
        } catch (InvalidInputException e) {
            flash.addFlashAttribute(
                    "problems", e.problems().stream().map(FieldProblem::reason).toList());
            flash.addFlashAttribute("asked", request);
        } catch (ConflictException e) {
            flash.addFlashAttribute("problems", List.of(String.valueOf(e.getMessage())));
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:/appeals/" + number + "#reopening";
    }
}
