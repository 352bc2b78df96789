package org.jiefeng.absence;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tasks given to a colleague over HTTP, by those who lead a department. */
@RestController
@RequestMapping("/api/tasks")
@Tag(name = "Absences", description = "Who is away, and who stands in")
class ReassignmentApi {

    private final Reassignment reassignment;

    ReassignmentApi(Reassignment reassignment) {
        this.reassignment = reassignment;
    }

    /**
     * What is asked for.
     *
     * @param tasks ids of tasks, 1 to 100
     * @param to who gets them
     * @param note for that person, left on each task
     */
    record Wanted(
            @Nullable List<String> tasks,
            @Nullable String to,
            @Nullable String note) {}

    @PostMapping("/reassign")
    @Operation(
            summary = "Give tasks to a colleague",
            description = "Each task for itself: the answer says of every one whether it was moved, and if not, why."
                    + " 400 names every wrong field, 403 for whoever leads nobody")
    List<Reassignment.Result> reassign(@RequestBody Wanted wanted, Principal leader) {
        return reassignment.move(
                wanted.tasks() == null ? List.of() : wanted.tasks(), wanted.to(), wanted.note(), leader.getName());
    }
}
