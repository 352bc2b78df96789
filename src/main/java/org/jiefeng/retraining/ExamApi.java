package org.jiefeng.retraining;

import java.util.Map;
import org.jiefeng.appeal.NotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The exam over HTTP, for the examinee alone; {@code number} is an appeal or a risk case. */
@RestController
@RequestMapping("/api/appeals/{number}/exam")
class ExamApi {

    private final Retraining retraining;
    private final Exams exams;

    ExamApi(Retraining retraining, Exams exams) {
        this.retraining = retraining;
        this.exams = exams;
    }

    /** @param answers index of the chosen option, 0 to 3, by the question's position */
    record Answers(Map<Integer, Integer> answers) {

        Answers {
            answers = answers == null ? Map.of() : answers;
        }
    }

    @GetMapping
    ExamPaper paper(@PathVariable String number, Authentication user) {
        return exams.show(ofExaminee(number, user));
    }

    @PostMapping("/answers")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void answer(@PathVariable String number, @RequestBody Answers answers, Authentication user) {
        exams.submit(ofExaminee(number, user), answers.answers());
    }

    private Enrolment ofExaminee(String number, Authentication user) {
        return retraining
                .current(number)
                .filter(enrolment -> enrolment.employeeId().equals(user.getName()))
                .orElseThrow(() -> new NotFoundException("No exam in " + number));
    }
}
