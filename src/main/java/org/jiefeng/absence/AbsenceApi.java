package org.jiefeng.absence;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jiefeng.account.Absence;
import org.jiefeng.account.Absences;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Absences over HTTP: one's own, and for department heads and deputies those of their people. */
@RestController
@RequestMapping("/api/absences")
@Tag(name = "Absences", description = "Who is away, and who stands in")
class AbsenceApi {

    private final AbsencePlanning planning;
    private final Absences absences;

    AbsenceApi(AbsencePlanning planning, Absences absences) {
        this.planning = planning;
        this.absences = absences;
    }

    /**
     * An absence as it is told.
     *
     * @param to the last day, null until further notice
     * @param counts false when it was ended early or called off
     */
    record Told(
            long id,
            String user,
            String deputy,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable String note,
            String setBy,
            boolean counts) {

        static Told of(Absence absence) {
            return new Told(
                    absence.id(),
                    absence.userId(),
                    absence.deputyId(),
                    absence.firstDay(),
                    absence.lastDay(),
                    absence.note(),
                    absence.setBy(),
                    absence.counts());
        }
    }

    /**
     * What is asked for.
     *
     * @param user whose absence; the sender's own when left out
     */
    record Wanted(
            @Nullable String user,
            @Nullable String deputy,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String note) {}

    @GetMapping
    @Operation(summary = "One's own absences, those of one's people, and those one stands in for")
    List<Told> list(Principal reader) {
        Set<String> people = planning.people(reader.getName());
        return Stream.concat(planning.of(people).stream(), absences.forDeputy(reader.getName()).stream())
                .distinct()
                .map(Told::of)
                .toList();
    }

    @PostMapping
    @Operation(
            summary = "Set an absence with its deputy",
            description =
                    "Dates are those of Shanghai. 400 names every wrong field, 403 when it is somebody else's to set")
    ResponseEntity<Told> set(@RequestBody Wanted wanted, Principal actor) {
        Absence absence = planning.set(
                new AbsencePlanning.Plan(
                        wanted.user() == null ? actor.getName() : wanted.user(),
                        wanted.deputy(),
                        wanted.from(),
                        wanted.to(),
                        wanted.note()),
                actor.getName());
        return ResponseEntity.created(URI.create("/api/absences/" + absence.id()))
                .body(Told.of(absence));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "End an absence early, or call it off",
            description = "Tasks stay where they are. 409 when it is over already")
    void end(@PathVariable long id, Principal actor) {
        planning.end(id, actor.getName());
    }
}
