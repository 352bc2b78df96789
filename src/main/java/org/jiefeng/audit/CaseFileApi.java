package org.jiefeng.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The audit file of a case.
 *
 * <p>The unmasked one is a GET too, although it leaves an entry: auditors read and never write, so every other method is
 * refused to them everywhere. That no other site makes a browser ask for it is seen to here.
 */
@RestController
@Tag(name = "Audit", description = "What auditors take along")
class CaseFileApi {

    private final CaseFile files;
    private final AppealService appeals;

    CaseFileApi(CaseFile files, AppealService appeals) {
        this.files = files;
        this.appeals = appeals;
    }

    @GetMapping("/api/appeals/{number}/file")
    @PreAuthorize("hasAnyAuthority('auditors', 'compliance')")
    @Operation(
            summary = "Everything about a case in one ZIP that opens offline",
            description =
                    "Masked, unless unmasked=true and a reason are given, which leaves an entry in the timeline and in"
                            + " the disclosure log. 403 on one's own case.")
    void file(
            @PathVariable String number,
            @RequestParam(defaultValue = "false") boolean unmasked,
            @RequestParam(required = false) @Nullable String reason,
            @RequestHeader(name = "Sec-Fetch-Site", required = false) @Nullable String from,
            Authentication reader,
            HttpServletResponse response)
            throws IOException {
        Appeal appeal = appeals.get(number);
        if (appeal.employeeId().equals(reader.getName())) {
            throw new AccessDeniedException("Nobody takes the file of the own case");
        }
        if (unmasked && from != null && !from.equals("same-origin") && !from.equals("none")) {
            throw new AccessDeniedException("Asked for by another site");
        }
        String why = unmasked ? files.unmask(number, reason, reader.getName()) : null;
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"audit-file-" + number + (unmasked ? "-unmasked" : "") + ".zip\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
        files.write(appeal, why, reader.getName(), response.getOutputStream());
    }
}
