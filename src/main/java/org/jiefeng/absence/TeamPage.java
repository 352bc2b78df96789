package org.jiefeng.absence;

import java.security.Principal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.OpenTasks.OpenTask;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a department head or deputy sees the open tasks of the own people and cases, and gives some to a colleague. */
@Controller
@RequestMapping("/team")
class TeamPage {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final Reassignment reassignment;
    private final Employees employees;
    private final Deputies deputies;
    private final Locale locale;

    TeamPage(Reassignment reassignment, Employees employees, Deputies deputies, Locale deploymentLocale) {
        this.reassignment = reassignment;
        this.employees = employees;
        this.deputies = deputies;
        this.locale = deploymentLocale;
    }

    /** A task as the page shows it; {@code fixed} says why it cannot be moved. */
    record Line(
            String id,
            String name,
            String number,
            String applicant,
            String holder,
            String due,
            @Nullable String fixed) {}

    @GetMapping
    String show(@RequestParam(defaultValue = "") String person, Model model, Principal leader) {
        mustLead(leader);
        List<Reassignment.Seen> open = reassignment.open(leader.getName());
        Set<String> concerned = new HashSet<>();
        open.forEach(seen -> {
            add(concerned, seen.task().assignee());
            add(concerned, seen.task().applicant());
        });
        model.addAttribute("people", deputies.named(concerned));
        model.addAttribute("person", person);
        model.addAttribute(
                "tasks",
                open.stream()
                        .filter(seen -> person.isBlank() || concerns(seen.task(), person))
                        .map(this::line)
                        .toList());
        model.addAttribute("colleagues", reassignment.colleagues(leader.getName()));
        model.addAttribute("longestNote", AbsencePlanning.LONGEST_NOTE);
        model.addAttribute("language", locale.getLanguage());
        return "team";
    }

    @PostMapping("/tasks")
    String move(
            @RequestParam(defaultValue = "") List<String> task,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "") String person,
            Principal leader,
            RedirectAttributes flash) {
        mustLead(leader);
        try {
            flash.addFlashAttribute("results", reassignment.move(task, to, note, leader.getName()));
            flash.addFlashAttribute("to", deputies.person(to).shown());
        } catch (InvalidInputException e) {
            flash.addFlashAttribute(
                    "refused", e.problems().stream().map(FieldProblem::reason).toList());
            flash.addFlashAttribute("note", note);
        }
        flash.addAttribute("person", person);
        return "redirect:/team";
    }

    private void mustLead(Principal leader) {
        if (!employees.hasPeople(leader.getName())) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }

    private static void add(Set<String> people, @Nullable String person) {
        if (person != null) {
            people.add(person);
        }
    }

    private static boolean concerns(OpenTask task, String person) {
        return person.equals(task.assignee()) || person.equals(task.applicant());
    }

    private Line line(Reassignment.Seen seen) {
        OpenTask task = seen.task();
        Instant due = task.dueAt();
        return new Line(
                task.id(),
                task.name(),
                task.number() == null ? "" : task.number(),
                shown(task.applicant()),
                shown(task.assignee()),
                due == null ? "" : SHOWN.format(due),
                seen.fixed());
    }

    private String shown(@Nullable String person) {
        return person == null ? "" : deputies.person(person).shown();
    }
}
