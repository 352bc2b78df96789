package org.jiefeng.calendar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The working days that are known; process owners bring the notice of another year here, auditors read along. */
@Controller
@PreAuthorize("hasAnyAuthority('process-owners', 'auditors')")
class CalendarPage {

    private static final int LARGEST_FILE = 64 * 1024;

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    private final CalendarNotices notices;
    private final MovedDates movedDates;
    private final RecountProgress recounts;
    private final Locale locale;

    CalendarPage(CalendarNotices notices, MovedDates movedDates, RecountProgress recounts, Locale deploymentLocale) {
        this.notices = notices;
        this.movedDates = movedDates;
        this.recounts = recounts;
        this.locale = deploymentLocale;
    }

    /** Some days of a year as shown. */
    record Days(String when, String name, long count) {}

    /** A year as shown. */
    record Year(int year, String source, List<Days> free, List<Days> worked) {}

    /** A notice somebody brought, as shown, with what it did to open cases. */
    record Brought(long id, int year, String source, String at, String by, long moved, RecountProgress.Left left) {}

    @GetMapping("/calendar")
    String calendar(Model model, Authentication reader) {
        model.addAttribute(
                "years",
                notices.years().stream()
                        .map(notices::inForce)
                        .flatMap(Optional::stream)
                        .map(this::year)
                        .toList());
        Map<Long, Long> moved = movedDates.counts();
        model.addAttribute(
                "brought",
                notices.brought().stream()
                        .map(one -> brought(one, moved.getOrDefault(one.id(), 0L)))
                        .toList());
        model.addAttribute("missing", notices.missing());
        model.addAttribute(
                "mayBring",
                reader.getAuthorities().stream().anyMatch(group -> "process-owners".equals(group.getAuthority())));
        model.addAttribute("language", locale.getLanguage());
        return "calendar";
    }

    /** The file that is in force, as a model for the next one. */
    @GetMapping("/calendar/{year}")
    ResponseEntity<byte[]> download(@PathVariable int year) {
        return file(year + ".csv", notices.inForce(year).map(WorkingYear::text));
    }

    @GetMapping("/calendar/notices/{id}")
    ResponseEntity<byte[]> brought(@PathVariable long id) {
        return file("notice-" + id + ".csv", notices.text(id));
    }

    private static ResponseEntity<byte[]> file(String name, Optional<String> text) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(text.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
                        .getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/calendar")
    @PreAuthorize("hasAuthority('process-owners')")
    String bring(@RequestParam int year, @RequestParam MultipartFile file, Principal user, RedirectAttributes answer)
            throws IOException {
        try {
            if (file.getSize() > LARGEST_FILE) {
                throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE);
            }
            notices.take(year, file.getBytes(), user.getName());
            answer.addFlashAttribute("taken", String.valueOf(year));
        } catch (InvalidInputException e) {
            answer.addFlashAttribute(
                    "refused", e.problems().stream().map(FieldProblem::reason).toList());
        } catch (ConflictException e) {
            answer.addFlashAttribute("refused", List.of(String.valueOf(e.getMessage())));
        }
        return "redirect:/calendar";
    }

    private Brought brought(CalendarNotices.Notice notice, long moved) {
        return new Brought(
                notice.id(),
                notice.year(),
                notice.source(),
                SHOWN.format(notice.takenAt()),
                notice.takenBy(),
                moved,
                recounts.of(notice.id()));
    }

    private Year year(WorkingYear year) {
        return new Year(year.year(), year.source(), days(year, false), days(year, true));
    }

    private List<Days> days(WorkingYear year, boolean worked) {
        return year.periods().stream()
                .filter(period -> period.worked() == worked)
                .map(period ->
                        new Days(shown(period), period.name(), period.days().count()))
                .toList();
    }

    private String shown(WorkingYear.Period period) {
        String first = shown(period.from());
        return period.from().equals(period.to()) ? first : first + " – " + shown(period.to());
    }

    private String shown(LocalDate day) {
        return day + " " + day.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale);
    }
}
