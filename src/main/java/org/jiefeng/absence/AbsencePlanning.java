package org.jiefeng.absence;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jiefeng.account.Absence;
import org.jiefeng.account.Absences;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.process.CaseMessenger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who may set whose absence, and which makes sense. Starts the hand-over when one begins today. */
@Service
class AbsencePlanning {

    static final int LONGEST_NOTE = 500;

    /** What is over stays in sight so long. */
    private static final int DAYS_SHOWN = 90;

    private final Absences absences;
    private final Deputies deputies;
    private final Employees employees;
    private final CaseMessenger messenger;
    private final MessageSource messages;
    private final Locale locale;

    AbsencePlanning(
            Absences absences,
            Deputies deputies,
            Employees employees,
            CaseMessenger messenger,
            MessageSource messages,
            Locale deploymentLocale) {
        this.absences = absences;
        this.deputies = deputies;
        this.employees = employees;
        this.messenger = messenger;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /** An absence as somebody wants it; {@code to} is empty when nobody knows yet. */
    record Plan(
            String user,
            @Nullable String deputy,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String note) {}

    /** Those whose absences somebody may set: the own ones, and those of the own people. */
    Set<String> people(String actor) {
        Set<String> people = new TreeSet<>(employees.team(actor));
        people.add(actor);
        return people;
    }

    /** The absences of some people as far as they are not long over, the next first. */
    List<Absence> of(Set<String> people) {
        LocalDate since = absences.today().minusDays(DAYS_SHOWN);
        return absences.of(people).stream()
                .filter(absence -> !absence.isOverBefore(since))
                .sorted(Comparator.comparing(Absence::firstDay).reversed())
                .toList();
    }

    /**
     * Notes an absence; one that begins today hands over at once.
     *
     * @throws InvalidInputException naming every field that is wrong
     * @throws AccessDeniedException when it is somebody else's to set
     */
    @Transactional
    public Absence set(Plan plan, String actor) {
        if (!people(actor).contains(plan.user())) {
            throw new AccessDeniedException("Not the absence of one's own people");
        }
        String note = plan.note() == null || plan.note().isBlank()
                ? null
                : plan.note().strip();
        List<FieldProblem> problems = new ArrayList<>();
        check(plan, note, problems);
        if (!problems.isEmpty() || plan.deputy() == null || plan.from() == null) {
            throw new InvalidInputException(problems);
        }
        Absence absence;
        try {
            absence = absences.add(plan.user(), plan.deputy(), plan.from(), plan.to(), note, actor);
        } catch (DuplicateKeyException e) {
            throw new ConflictException(text("absence.problem.twice"));
        }
        if (absence.isOn(absences.today())) {
            messenger.startHandOver(absence.id());
        }
        return absence;
    }

    /**
     * Ends an absence early, or calls it off. The tasks stay where they are.
     *
     * @throws NotFoundException when there is no such absence, or it is somebody else's to end
     * @throws ConflictException when it is over already
     */
    @Transactional
    public void end(long id, String actor) {
        Absence absence = absences.find(id)
                .filter(found -> people(actor).contains(found.userId()))
                .orElseThrow(() -> new NotFoundException("No absence " + id));
        if (absence.isOverBefore(absences.today()) || !absences.end(id, actor)) {
            throw new ConflictException(text("absence.problem.over"));
        }
    }

    private void check(Plan plan, @Nullable String note, List<FieldProblem> problems) {
        LocalDate today = absences.today();
        LocalDate from = plan.from();
        LocalDate to = plan.to();
        if (!deputies.isKnown(plan.user())) {
            problems.add(problem("user", "absence.problem.unknown"));
        }
        if (from == null) {
            problems.add(problem("from", "absence.problem.from"));
        } else if (to != null && to.isBefore(from)) {
            problems.add(problem("to", "absence.problem.backwards"));
        }
        if (to != null && to.isBefore(today)) {
            problems.add(problem("to", "absence.problem.past"));
        }
        if (note != null && note.length() > LONGEST_NOTE) {
            problems.add(problem("note", "absence.problem.note", String.valueOf(LONGEST_NOTE)));
        }
        String deputy = plan.deputy();
        if (deputy == null || deputy.isBlank()) {
            problems.add(problem("deputy", "absence.problem.noDeputy"));
        } else if (deputy.equals(plan.user())) {
            problems.add(problem("deputy", "absence.problem.self"));
        } else if (!deputies.isKnown(deputy)) {
            problems.add(problem("deputy", "absence.problem.unknown"));
        } else if (!deputies.suits(deputy, plan.user())) {
            problems.add(problem("deputy", "absence.problem.unfit"));
        } else if (from != null && problems.isEmpty()) {
            checkDays(plan.user(), deputy, from.isBefore(today) ? today : from, to, problems);
        }
    }

    private void checkDays(
            String user, String deputy, LocalDate from, @Nullable LocalDate to, List<FieldProblem> problems) {
        counting(user).stream()
                .filter(other -> other.meets(from, to))
                .findFirst()
                .ifPresent(other -> problems.add(problem("from", "absence.problem.overlap", days(other))));
        counting(deputy).stream()
                .filter(other -> other.covers(from, to))
                .findFirst()
                .ifPresent(other -> problems.add(problem("deputy", "absence.problem.deputyAway", days(other))));
        if (problems.isEmpty() && leadsTo(user, deputy, from, to, new HashSet<>())) {
            problems.add(problem("deputy", "absence.problem.circle"));
        }
    }

    /** Whether on some of these days the deputy's own deputies come down to the absent person. */
    private boolean leadsTo(String user, String deputy, LocalDate from, @Nullable LocalDate to, Set<String> asked) {
        if (!asked.add(deputy)) {
            return false;
        }
        for (Absence other : counting(deputy)) {
            if (other.meets(from, to)) {
                LocalDate first = other.firstDay().isAfter(from) ? other.firstDay() : from;
                LocalDate last =
                        to == null || other.lastDay() != null && other.lastDay().isBefore(to) ? other.lastDay() : to;
                if (other.deputyId().equals(user) || leadsTo(user, other.deputyId(), first, last, asked)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Absence> counting(String user) {
        return absences.of(Set.of(user)).stream().filter(Absence::counts).toList();
    }

    String days(Absence absence) {
        return absence.lastDay() == null
                ? text("absence.days.open", absence.firstDay().toString())
                : text(
                        "absence.days.closed",
                        absence.firstDay().toString(),
                        absence.lastDay().toString());
    }

    private FieldProblem problem(String field, String key, Object... details) {
        return new FieldProblem(field, text(key, details));
    }

    private String text(String key, Object... details) {
        return messages.getMessage(key, details, locale);
    }
}
