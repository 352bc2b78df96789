package org.jiefeng.report;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Progress, withdrawal and reopening of a case. */
@RestController
@RequestMapping("/api/appeals/{number}")
@Tag(name = "Appeals", description = "Progress of a case")
class AppealApi {

    private final AppealProgress progress;
    private final AppealWithdrawal withdrawal;
    private final AppealReopening reopening;

    AppealApi(AppealProgress progress, AppealWithdrawal withdrawal, AppealReopening reopening) {
        this.progress = progress;
        this.withdrawal = withdrawal;
        this.reopening = reopening;
    }

    @GetMapping
    @Operation(summary = "Stage of a case, what happens next, by when and by whom, contacts and timeline")
    AppealProgress.Progress progress(@PathVariable String number, Authentication reader) {
        return progress.of(number, reader);
    }

    @PostMapping("/withdrawal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Take one's own appeal back before it is decided",
            description = "404 for everybody but the applicant")
    void withdraw(@PathVariable String number, Authentication applicant) {
        withdrawal.withdraw(number, applicant.getName());
    }

    @PostMapping("/reopening")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Ask for an ended case to be reopened where it stood; compliance decides",
            description = "404 for everybody but the applicant and who leads the applicant's department")
    void reopen(@PathVariable String number, @RequestBody AppealReopening.Request request, Authentication asker) {
        reopening.ask(number, request, asker.getName());
    }
}
