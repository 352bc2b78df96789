package org.jiefeng.absence;

import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jiefeng.account.Absence;
import org.jiefeng.account.Absences;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where people say that they will be away and who stands in, department heads and deputies also for their people. */
@Controller
@RequestMapping("/absence")
class AbsencePage {

    private final AbsencePlanning planning;
    private final Absences absences;
    private final Deputies deputies;
    private final MessageSource messages;
    private final Locale locale;

    AbsencePage(
            AbsencePlanning planning,
            Absences absences,
            Deputies deputies,
            MessageSource messages,
            Locale deploymentLocale) {
        this.planning = planning;
        this.absences = absences;
        this.deputies = deputies;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /** An absence as the page shows it. */
    record Line(
            long id,
            String user,
            String deputy,
            String days,
            @Nullable String note,
            String setBy,
            String state,
            boolean mayEnd) {}

    /** What was typed, shown again when it was refused. */
    record Typed(String deputy, String from, String to, String note) {}

    @GetMapping
    String show(@RequestParam(required = false) @Nullable String user, Model model, Principal reader) {
        Set<String> people = planning.people(reader.getName());
        String selected = user == null ? reader.getName() : user;
        if (!people.contains(selected)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute("people", deputies.named(people));
        model.addAttribute("selected", deputies.person(selected));
        model.addAttribute("own", selected.equals(reader.getName()));
        model.addAttribute("deputies", deputies.choices(selected));
        model.addAttribute("today", absences.today().toString());
        model.addAttribute("longestNote", AbsencePlanning.LONGEST_NOTE);
        model.addAttribute(
                "absences",
                planning.of(Set.of(selected)).stream().map(this::line).toList());
        model.addAttribute(
                "standsIn",
                absences.forDeputy(reader.getName()).stream().map(this::line).toList());
        model.addAttribute("leads", people.size() > 1);
        model.addAttribute("language", locale.getLanguage());
        if (!model.containsAttribute("typed")) {
            model.addAttribute("typed", new Typed("", absences.today().toString(), "", ""));
        }
        if (!model.containsAttribute("problems")) {
            model.addAttribute("problems", Map.of());
        }
        return "absence";
    }

    @PostMapping
    String set(
            @RequestParam String user,
            @RequestParam(defaultValue = "") String deputy,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String note,
            Principal actor,
            RedirectAttributes flash) {
        try {
            Absence absence = planning.set(
                    new AbsencePlanning.Plan(user, deputy, date("from", from), date("to", to), note), actor.getName());
            flash.addFlashAttribute(
                    "done",
                    text(
                            absence.isOn(absences.today()) ? "absence.done.now" : "absence.done.later",
                            deputies.person(absence.deputyId()).shown(),
                            planning.days(absence)));
        } catch (InvalidInputException e) {
            flash.addFlashAttribute("typed", new Typed(deputy, from, to, note));
            flash.addFlashAttribute(
                    "problems",
                    e.problems().stream()
                            .collect(Collectors.toMap(
                                    FieldProblem::field, FieldProblem::reason, (first, next) -> first)));
        } catch (ConflictException e) {
            flash.addFlashAttribute("bad", String.valueOf(e.getMessage()));
        }
        flash.addAttribute("user", user);
        return "redirect:/absence";
    }

    @PostMapping("/{id}/end")
    String end(@PathVariable long id, Principal actor, RedirectAttributes flash) {
        try {
            planning.end(id, actor.getName());
            flash.addFlashAttribute("done", text("absence.done.ended"));
        } catch (ConflictException e) {
            flash.addFlashAttribute("bad", String.valueOf(e.getMessage()));
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        absences.find(id).ifPresent(absence -> flash.addAttribute("user", absence.userId()));
        return "redirect:/absence";
    }

    private @Nullable LocalDate date(String field, String typed) {
        try {
            return typed.isBlank() ? null : LocalDate.parse(typed.strip());
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(List.of(new FieldProblem(field, text("absence.problem.date"))));
        }
    }

    private Line line(Absence absence) {
        LocalDate today = absences.today();
        String state;
        if (!absence.counts()) {
            state = "ended";
        } else if (absence.isOverBefore(today)) {
            state = "over";
        } else {
            state = absence.isOn(today) ? "now" : "later";
        }
        return new Line(
                absence.id(),
                deputies.person(absence.userId()).shown(),
                deputies.person(absence.deputyId()).shown(),
                planning.days(absence),
                absence.note(),
                deputies.person(absence.setBy()).shown(),
                text("absence.state." + state),
                "now".equals(state) || "later".equals(state));
    }

    private String text(String key, Object... details) {
        return messages.getMessage(key, details, locale);
    }
}
