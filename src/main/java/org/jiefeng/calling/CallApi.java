package org.jiefeng.calling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/** What diallers ask and report; see docs/dialers.md. */
@RestController
@RequestMapping(path = "/api/calls", consumes = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Calls", description = "May this call go out now, and which calls went out; for diallers")
class CallApi {

    /** A thousand calls are a third of it. */
    private static final int LARGEST_BODY = 1 << 20;

    /** Two requests that report one call at once: the second finds it known. */
    private static final int ATTEMPTS = 3;

    private final CallCheck check;
    private final CallReports reports;
    private final CallQuota quota;
    private final CallingTexts texts;
    private final ObjectMapper json;

    CallApi(CallCheck check, CallReports reports, CallQuota quota, CallingTexts texts, ObjectMapper json) {
        this.check = check;
        this.reports = reports;
        this.quota = quota;
        this.texts = texts;
        this.json = json;
    }

    @PostMapping("/check")
    @PreAuthorize("hasAuthority('SCOPE_precheck:read')")
    @Operation(
            summary = "May this call go out now?",
            description = "200 with allowed true or false; anything else means no. 429: more requests a second than"
                    + " agreed")
    ResponseEntity<Object> check(@RequestBody CallRequest request, Authentication dialler) {
        return quota.isLeft(dialler.getName()) ? ResponseEntity.ok(check.check(request)) : tooMany();
    }

    @PostMapping
    @PreAuthorize("hasAuthority('SCOPE_calls:write')")
    @Operation(
            summary = "Report one call or up to 1,000",
            description = "At the beginning without outcome, so that it counts at once, and once more when it is over."
                    + " The same callReference is the same call, however often it is reported. All of a batch is"
                    + " recorded or, with 400, nothing",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            array =
                                                    @ArraySchema(
                                                            schema =
                                                                    @Schema(
                                                                            implementation =
                                                                                    CallReports.Report.class)))))
    ResponseEntity<Object> report(HttpServletRequest request, Authentication dialler) throws IOException {
        if (!quota.isLeft(dialler.getName())) {
            return tooMany();
        }
        List<CallReports.Report> calls = read(request);
        for (int attempt = 1; ; attempt++) {
            try {
                return ResponseEntity.ok(reports.record(calls));
            } catch (DuplicateKeyException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private List<CallReports.Report> read(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new MaxUploadSizeExceededException(LARGEST_BODY);
        }
        try {
            return json.readerForListOf(CallReports.Report.class)
                    .with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                    .readValue(body);
        } catch (JsonProcessingException e) {
            throw new HttpMessageNotReadableException(
                    "Not a report of calls", e, new ServletServerHttpRequest(request));
        }
    }

    private ResponseEntity<Object> tooMany() {
        ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.TOO_MANY_REQUESTS);
        problem.setTitle(texts.of("check.tooMany"));
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
