package org.jiefeng.security;

import java.util.List;
import java.util.Locale;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/** Every refusal of our API as a problem detail (RFC 9457) that names field and reason, and nothing of the inside. */
@RestControllerAdvice
class ApiProblems {

    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

    private final MessageSource messages;
    private final Locale locale;

    ApiProblems(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidInputException e) {
        return fields(e.problems());
    }

    @ExceptionHandler
    ProblemDetail invalid(MethodArgumentNotValidException e) {
        return fields(e.getBindingResult().getFieldErrors().stream()
                .map(error -> new FieldProblem(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList());
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException e) {
        if (e.getCause() instanceof com.fasterxml.jackson.databind.JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            StringBuilder field = new StringBuilder();
            mapping.getPath().forEach(reference -> {
                if (reference.getFieldName() == null) {
                    field.append('[').append(reference.getIndex()).append(']');
                } else {
                    field.append(field.isEmpty() ? "" : ".").append(reference.getFieldName());
                }
            });
            return fields(List.of(new FieldProblem(field.toString(), text("problem.wrongValue"))));
        }
        return problem(HttpStatus.BAD_REQUEST, "problem.unreadable");
    }

    private ProblemDetail fields(List<FieldProblem> problems) {
        ProblemDetail detail = problem(HttpStatus.BAD_REQUEST, "problem.invalid");
        detail.setProperty("errors", problems);
        return detail;
    }

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException e) {
        ProblemDetail detail = problem(HttpStatus.NOT_FOUND, "problem.notFound");
        detail.setDetail(e.getMessage());
        return detail;
    }

    @ExceptionHandler
    ProblemDetail conflict(ConflictException e) {
        ProblemDetail detail = problem(HttpStatus.CONFLICT, "problem.conflict");
        detail.setDetail(e.getMessage());
        return detail;
    }

    @ExceptionHandler
    ProblemDetail forbidden(AccessDeniedException e) {
        return problem(HttpStatus.FORBIDDEN, "problem.forbidden");
    }

    @ExceptionHandler
    ProblemDetail tooLarge(MaxUploadSizeExceededException e) {
        return problem(HttpStatus.PAYLOAD_TOO_LARGE, "problem.tooLarge");
    }

    @ExceptionHandler
    ProblemDetail anythingElse(Exception e) {
        if (e instanceof ErrorResponse known) {
            return known.getBody();
        }
        LOG.error("Request failed", e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "problem.internal");
    }

    private ProblemDetail problem(HttpStatus status, String key) {
        ProblemDetail detail = ProblemDetail.forStatus(status);
        detail.setTitle(text(key));
        return detail;
    }

    private String text(String key) {
        return messages.getMessage(key, null, locale);
    }
}
