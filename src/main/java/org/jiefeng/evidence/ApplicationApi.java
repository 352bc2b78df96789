package org.jiefeng.evidence;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The application of a case over HTTP (R55, R56). */
@RestController
@RequestMapping("/api/appeals/{number}/application")
class ApplicationApi {

    private final CaseAccess access;
    private final ApplicationService applications;
    private final ReviewedApplications reviewed;

    ApplicationApi(CaseAccess access, ApplicationService applications, ReviewedApplications reviewed) {
        this.access = access;
        this.applications = applications;
        this.reviewed = reviewed;
    }

    /** An application as it is sent; every part may be absent. */
    record ApplicationRequest(
            @Nullable String problem,
            @Nullable String rootCause,
            @Nullable String doneNow,
            @Nullable String prevention,
            boolean consent,
            boolean declaration,
            @Nullable List<MeasureRequest> measures) {

        private Application toApplication() {
            return new Application(
                    given(problem),
                    given(rootCause),
                    given(doneNow),
                    given(prevention),
                    consent,
                    declaration,
                    measures == null
                            ? List.of()
                            : measures.stream().map(MeasureRequest::toMeasure).toList());
        }
    }

    record MeasureRequest(
            @Nullable String kind,
            @Nullable String description,
            @Nullable String owner,
            @Nullable LocalDate dueOn,
            @Nullable String howMeasured) {

        private ImprovementMeasure toMeasure() {
            return new ImprovementMeasure(given(kind), given(description), given(owner), dueOn, given(howMeasured));
        }
    }

    @GetMapping
    Application show(@PathVariable String number, Authentication user) {
        access.readable(number, user);
        return applications.current(number);
    }

    /** What is different since the company judged it last; no content before the first judgement. */
    @GetMapping("/changes")
    ResponseEntity<ApplicationChanges> changes(@PathVariable String number, Authentication user) {
        access.readable(number, user);
        return reviewed.changes(number)
                .map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    /** Saves the application; a draft may lack anything, otherwise every gap is named. */
    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void save(
            @PathVariable String number,
            @RequestParam(defaultValue = "false") boolean draft,
            @RequestBody ApplicationRequest application,
            Authentication user) {
        access.ofApplicant(number, user);
        applications.save(number, application.toApplication(), draft, user.getName());
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
