package org.jiefeng.carrier;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.CaseSheet;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.Incidents;
import org.jiefeng.appeal.Incidents.Incident;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.calendar.WorkingCalendar;
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

/** Where liaisons gather the numbers that one action of a carrier suspended, and hand them in and ask about them at once. */
@Controller
@RequestMapping("/carrier/incidents")
@PreAuthorize(CarrierAccess.DESK)
class CarrierIncidentsPage {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    /** Whose tasks are done here; compliance reads along. */
    private static final String LIAISONS = "hasAuthority('liaisons')";

    /** A page holds no more. */
    private static final int LISTED = 100;

    private final Incidents incidents;
    private final CarrierIncidents work;
    private final AppealService appeals;
    private final Submissions submissions;
    private final CarrierAccess access;
    private final CaseSheet caseSheet;
    private final CarrierTexts texts;
    private final Locale locale;

    CarrierIncidentsPage(
            Incidents incidents,
            CarrierIncidents work,
            AppealService appeals,
            Submissions submissions,
            CarrierAccess access,
            CaseSheet caseSheet,
            CarrierTexts texts,
            Locale deploymentLocale) {
        this.incidents = incidents;
        this.work = work;
        this.appeals = appeals;
        this.submissions = submissions;
        this.access = access;
        this.caseSheet = caseSheet;
        this.texts = texts;
        this.locale = deploymentLocale;
    }

    /** An incident as one line of the list. */
    public record Line(long id, String carrier, String reference, String openedAt, int appeals, long ready) {}

    /** An open appeal that can be put into an incident. */
    public record Candidate(String number, String carrier, String employee, String account, String causes) {}

    /**
     * An appeal of an incident as the page shows it.
     *
     * @param ready whether it waits to be handed in by the reader
     */
    public record Member(
            String number,
            String employee,
            String account,
            String causes,
            String stage,
            String outcome,
            String submission,
            boolean ready,
            boolean open) {}

    @GetMapping
    String list(Model model, Authentication reader) {
        model.addAttribute("language", locale.getLanguage());
        model.addAttribute(
                "incidents",
                incidents.newest(LISTED).stream()
                        .map(incident -> line(incident, reader))
                        .toList());
        model.addAttribute("candidates", isLiaison(reader) ? candidates() : List.of());
        return "carrier-incidents";
    }

    private Line line(Incident incident, Authentication reader) {
        List<String> members = incidents.appeals(incident.id());
        return new Line(
                incident.id(),
                texts.carrier(incident.carrier()),
                incident.reference(),
                SHOWN.format(incident.openedAt()),
                members.size(),
                members.stream()
                        .filter(number -> work.isReady(number, reader.getName()))
                        .count());
    }

    private List<Candidate> candidates() {
        return appeals.newest(2 * LISTED).stream()
                .filter(appeal -> appeal.isOpen()
                        && appeal.stage().isBeforeDecision()
                        && incidents.of(appeal.number()).isEmpty())
                .limit(LISTED)
                .map(appeal -> {
                    Map<String, String> sheet = caseSheet.texts(appeal.number());
                    return new Candidate(
                            appeal.number(),
                            texts.carrier(work.carrier(appeal).name()),
                            sheet.getOrDefault("employeeName", ""),
                            sheet.getOrDefault("accountMask", ""),
                            sheet.getOrDefault("causeNames", ""));
                })
                .toList();
    }

    @PostMapping
    @PreAuthorize(LIAISONS)
    String group(
            @RequestParam(defaultValue = "") String reference,
            @RequestParam(name = "number", defaultValue = "") List<String> numbers,
            Authentication actor,
            RedirectAttributes flash) {
        try {
            return "redirect:/carrier/incidents/"
                    + work.group(reference, numbers, actor).id();
        } catch (InvalidInputException e) {
            flash.addFlashAttribute("bad", e.problems().get(0).reason());
        } catch (ConflictException e) {
            flash.addFlashAttribute("bad", String.valueOf(e.getMessage()));
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        flash.addFlashAttribute("reference", reference);
        return "redirect:/carrier/incidents";
    }

    @GetMapping("/{id}")
    String show(@PathVariable long id, Model model, Authentication reader) {
        return page(incident(id), model, reader, Map.of());
    }

    @PostMapping("/{id}/submission")
    @PreAuthorize(LIAISONS)
    String handIn(
            @PathVariable long id,
            @RequestParam(name = "number", defaultValue = "") List<String> numbers,
            @RequestParam Map<String, String> fields,
            Model model,
            Authentication actor,
            RedirectAttributes flash) {
        Incident incident = incident(id);
        try {
            flash.addFlashAttribute("results", work.handIn(incident, numbers, answers(fields), actor));
            return "redirect:/carrier/incidents/" + id;
        } catch (InvalidInputException e) {
            model.addAttribute("problems", named(e));
            return page(incident, model, actor, fields);
        }
    }

    @PostMapping("/{id}/contact")
    @PreAuthorize(LIAISONS)
    String contact(
            @PathVariable long id,
            @RequestParam(name = "number", defaultValue = "") List<String> numbers,
            @RequestParam(defaultValue = "") String batch,
            @RequestParam Map<String, String> fields,
            Model model,
            Authentication actor,
            RedirectAttributes flash) {
        Incident incident = incident(id);
        try {
            flash.addFlashAttribute("results", work.contact(incident, numbers, answers(fields), batch, actor));
            return "redirect:/carrier/incidents/" + id;
        } catch (InvalidInputException e) {
            model.addAttribute("problems", named(e));
            return page(incident, model, actor, fields);
        }
    }

    @PostMapping("/{id}/removal")
    @PreAuthorize(LIAISONS)
    String remove(@PathVariable long id, @RequestParam String number, Authentication actor) {
        Incident incident = incident(id);
        if (incidents.appeals(id).contains(number)) {
            access.writable(number, actor);
            incidents.leave(number, actor.getName());
        }
        return incidents.appeals(incident.id()).isEmpty()
                ? "redirect:/carrier/incidents"
                : "redirect:/carrier/incidents/" + id;
    }

    private Incident incident(long id) {
        try {
            return incidents.get(id);
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }

    /** Only what the forms ask for; empty fields are no answers. */
    private static Map<String, String> answers(Map<String, String> fields) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String name : List.of(
                "channelUsed",
                "ticketNumber",
                "submittedAt",
                "receiptNumber",
                "receivedAt",
                "contactChannel",
                "contactedOn",
                "contactAnswer",
                "promisedOn",
                "contactNote")) {
            String value = fields.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                answers.put(name, value);
            }
        }
        return answers;
    }

    private List<String> named(InvalidInputException e) {
        return e.problems().stream().map(this::named).toList();
    }

    private String named(FieldProblem problem) {
        return List.of("number", "batch").contains(problem.field())
                ? problem.reason()
                : texts.of("page." + problem.field()) + ": " + problem.reason();
    }

    /** @param typed what was typed already, so that a mistake costs nobody their text */
    private String page(Incident incident, Model model, Authentication reader, Map<String, String> typed) {
        List<Member> members = incidents.appeals(incident.id()).stream()
                .map(number -> member(appeals.get(number), reader))
                .toList();
        model.addAttribute("language", locale.getLanguage());
        model.addAttribute("id", incident.id());
        model.addAttribute("carrier", texts.carrier(incident.carrier()));
        model.addAttribute("reference", incident.reference());
        model.addAttribute("members", members);
        boolean works = isLiaison(reader);
        model.addAttribute("works", works);
        model.addAttribute("anyReady", works && members.stream().anyMatch(Member::ready));
        model.addAttribute("anyOpen", works && members.stream().anyMatch(Member::open));
        model.addAttribute("typed", typed);
        model.addAttribute("batch", UUID.randomUUID().toString());
        model.addAttribute("channels", ContactChannel.values());
        model.addAttribute("kinds", CarrierIncidents.SHARED);
        return "carrier-incident";
    }

    private static boolean isLiaison(Authentication reader) {
        return reader.getAuthorities().stream().anyMatch(group -> "liaisons".equals(group.getAuthority()));
    }

    private Member member(Appeal appeal, Authentication reader) {
        Map<String, String> sheet = caseSheet.texts(appeal.number());
        return new Member(
                appeal.number(),
                sheet.getOrDefault("employeeName", ""),
                sheet.getOrDefault("accountMask", ""),
                sheet.getOrDefault("causeNames", ""),
                "stage." + appeal.stage(),
                sheet.getOrDefault("decisionText", "").lines().findFirst().orElse(""),
                submissions.latest(appeal.number()).map(this::said).orElse(""),
                work.isReady(appeal.number(), reader.getName())
                        && !appeal.employeeId().equals(reader.getName()),
                appeal.isOpen());
    }

    private String said(Submission submission) {
        String state = texts.of("state." + submission.state());
        Instant at = submission.submittedAt();
        return submission.reference() == null || at == null
                ? state
                : state + " " + SHOWN.format(at) + " · " + submission.reference();
    }
}
