package org.jiefeng.alternative;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.DisclosureLog;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/** Where compliance takes the legal file of a case for a law firm; never of the own case. */
@Controller
@RequestMapping("/appeals/{number}/legal-file")
@PreAuthorize("hasAuthority('compliance')")
class LegalFilePage {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    private final LegalFiles files;
    private final AppealService appeals;
    private final DisclosureLog log;
    private final Locale locale;

    LegalFilePage(LegalFiles files, AppealService appeals, DisclosureLog log, Locale deploymentLocale) {
        this.files = files;
        this.appeals = appeals;
        this.log = log;
        this.locale = deploymentLocale;
    }

    /** A disclosure as the page shows it. */
    public record DisclosureView(String at, String recipient, String purpose, String items, String by) {}

    @GetMapping
    String show(@PathVariable String number, Model model, Authentication reader) {
        requireOthersCase(number, reader);
        return page(number, new LegalFiles.Request(null, null, null, null), List.of(), model);
    }

    /** Sends the file, or the page again with what is missing. */
    @PostMapping
    @Nullable
    String take(
            @PathVariable String number,
            LegalFiles.Request request,
            Model model,
            Authentication taker,
            HttpServletResponse response)
            throws IOException {
        requireOthersCase(number, taker);
        try {
            files.take(number, request, taker.getName());
        } catch (InvalidInputException e) {
            return page(
                    number,
                    request,
                    e.problems().stream().map(FieldProblem::reason).toList(),
                    model);
        } catch (ConflictException e) {
            return page(number, request, List.of(String.valueOf(e.getMessage())), model);
        }
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"legal-file-" + number + ".zip\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
        files.write(number, request.isWhole(), response.getOutputStream());
        return null;
    }

    private void requireOthersCase(String number, Authentication user) {
        boolean others = appeals.find(number)
                .map(Appeal::employeeId)
                .filter(applicant -> !applicant.equals(user.getName()))
                .isPresent();
        if (!others) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }

    private String page(String number, LegalFiles.Request typed, List<String> problems, Model model) {
        model.addAttribute("language", locale.getLanguage());
        model.addAttribute("number", number);
        model.addAttribute("ready", files.isReady(number));
        model.addAttribute("typed", typed);
        model.addAttribute("problems", problems);
        model.addAttribute(
                "disclosures",
                log.of(number).stream()
                        .map(entry -> new DisclosureView(
                                SHOWN.format(entry.at()),
                                entry.recipient(),
                                entry.purpose(),
                                entry.items(),
                                entry.by()))
                        .toList());
        return "legal-file";
    }
}
