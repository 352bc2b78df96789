package org.jiefeng.retraining;

import org.jiefeng.appeal.CaseTasks;
import org.jiefeng.appeal.NotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The score sheet of a drill over HTTP, for the trainer who holds it; {@code number} is an appeal or another case. */
@RestController
@RequestMapping("/api/appeals/{number}/drill")
class DrillApi {

    private static final String STEP = "Task_HoldDrill";

    private final Retraining retraining;
    private final Drills drills;
    private final CaseTasks tasks;

    DrillApi(Retraining retraining, Drills drills, CaseTasks tasks) {
        this.retraining = retraining;
        this.drills = drills;
        this.tasks = tasks;
    }

    @GetMapping
    DrillSheet sheet(@PathVariable String number, Authentication user) {
        Enrolment enrolment = forTrainer(number, user, false);
        return drills.sheet(enrolment, attempt(enrolment)).orElseThrow(() -> none(number));
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void grade(@PathVariable String number, @RequestBody Drills.Grading grading, Authentication user) {
        Enrolment enrolment = forTrainer(number, user, true);
        drills.grade(enrolment, attempt(enrolment), grading, user.getName());
    }

    private int attempt(Enrolment enrolment) {
        return drills.latestAttempt(enrolment.id()).orElseThrow(() -> none(enrolment.businessKey()));
    }

    /** Everybody else gets the answer of a case that does not exist, and nobody grades himself. */
    private Enrolment forTrainer(String number, Authentication user, boolean claimed) {
        Enrolment enrolment = retraining.current(number).orElseThrow(() -> none(number));
        boolean trainer =
                user.getAuthorities().stream().anyMatch(authority -> "trainers".equals(authority.getAuthority()));
        boolean holds = tasks.find(number, STEP)
                .filter(task ->
                        user.getName().equals(task.assignee()) || !claimed && trainer && task.isFreeFor(user.getName()))
                .isPresent();
        if (!holds || enrolment.employeeId().equals(user.getName())) {
            throw none(number);
        }
        return enrolment;
    }

    private static NotFoundException none(String number) {
        return new NotFoundException("No drill in " + number);
    }
}
