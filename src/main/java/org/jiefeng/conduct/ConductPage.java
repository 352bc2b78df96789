package org.jiefeng.conduct;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jiefeng.account.Employee;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.ConductRecord;
import org.jiefeng.appeal.CourseTitles;
import org.jiefeng.appeal.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The page "conduct": everybody reads and confirms the own notes (R52, R33); a leader reads those of the own people,
 * compliance and auditors those of everybody, and nobody changes any.
 */
@Controller
@RequestMapping("/conduct")
class ConductPage {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private static final Set<String> READERS = Set.of("compliance", "auditors");

    private final ConductRecord conduct;
    private final CourseTitles courses;
    private final Employees employees;
    private final Locale locale;

    ConductPage(ConductRecord conduct, CourseTitles courses, Employees employees, Locale deploymentLocale) {
        this.conduct = conduct;
        this.courses = courses;
        this.employees = employees;
        this.locale = deploymentLocale;
    }

    /** Somebody whose notes the reader may read. */
    record Person(String id, String name) {}

    /** A course to learn from. */
    record Lesson(String code, String title) {}

    /**
     * A note as the page shows it.
     *
     * @param page address of the case's page, null where it has none
     * @param readAt when the person confirmed it, null while that is still to be done
     */
    record Line(
            long id,
            String kind,
            String notedAt,
            String text,
            @Nullable String number,
            @Nullable String page,
            List<Lesson> lessons,
            @Nullable String readAt) {}

    @GetMapping
    String show(@RequestParam(defaultValue = "") String person, Model model, Authentication reader) {
        List<Person> people = readableBy(reader);
        String of = person.isBlank() ? reader.getName() : person;
        if (!of.equals(reader.getName())
                && people.stream().noneMatch(one -> one.id().equals(of))) {
            // Whether there is such a person is nobody else's business.
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute("people", people);
        model.addAttribute("person", of);
        model.addAttribute("own", of.equals(reader.getName()));
        model.addAttribute("name", employees.find(of).map(Employee::name).orElse(of));
        model.addAttribute("notes", conduct.of(of).stream().map(this::line).toList());
        model.addAttribute("language", locale.getLanguage());
        return "conduct";
    }

    @PostMapping("/{id}/read")
    String read(@PathVariable long id, Authentication reader) {
        try {
            conduct.confirmRead(id, reader.getName());
        } catch (NotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:/conduct";
    }

    /** The reader first, then those the reader answers for. */
    private List<Person> readableBy(Authentication reader) {
        boolean everybody = reader.getAuthorities().stream().anyMatch(group -> READERS.contains(group.getAuthority()));
        List<String> others = everybody ? employees.all() : employees.ledBy(reader.getName());
        return Stream.concat(Stream.of(reader.getName()), others.stream())
                .distinct()
                .map(id -> new Person(id, employees.find(id).map(Employee::name).orElse(id)))
                .toList();
    }

    private Line line(ConductRecord.Note note) {
        String number = note.caseNumber().orElse(null);
        return new Line(
                note.id(),
                note.kind().name(),
                SHOWN.format(note.notedAt()),
                note.text(),
                number,
                // Cases of prevention have no page of their own.
                number != null && number.startsWith("AP-") ? "/appeals/" + number : null,
                note.courses().stream()
                        .map(code -> new Lesson(code, courses.of(code)))
                        .toList(),
                note.readAt().map(ConductPage::shown).orElse(null));
    }

    private static String shown(Instant time) {
        return SHOWN.format(time);
    }
}
