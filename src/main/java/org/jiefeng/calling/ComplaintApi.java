package org.jiefeng.calling;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where complaints of customers come in, from a program that hears them or from the people who do. */
@RestController
@RequestMapping(path = "/api/complaints", consumes = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Complaints", description = "Complaints about calls; for customer service, compliance and managers")
class ComplaintApi {

    private final Complaints complaints;

    ComplaintApi(Complaints complaints) {
        this.complaints = complaints;
    }

    @PostMapping
    @PreAuthorize("hasAnyAuthority('SCOPE_complaints:write', 'compliance', 'managers')")
    @Operation(
            summary = "Report a complaint",
            description = "201 when it is new, 200 when the reference is known. The complainant is not called any more,"
                    + " and the calls a day of a person on probation fall at once. 409: report it again")
    ResponseEntity<Map<String, Boolean>> report(@RequestBody Complaints.Report report) {
        boolean isNew = complaints.receive(report);
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(Map.of("recorded", isNew));
    }
}
