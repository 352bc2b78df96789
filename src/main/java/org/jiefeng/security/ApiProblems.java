package org.jiefeng.security;

import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

/**
 * Every refusal of our API as a problem detail (RFC 9457) in the deployment's language; it names field and reason, and
 * nothing of the inside. Pages keep Spring's error page.
 *
 * <p>First of all advices, because Spring's own would answer the common mistakes in English and without the fields.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiProblems {

    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

    private final MessageSource messages;
    private final Locale locale;

    ApiProblems(MessageSource messages, Locale deploymentLocale) {
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> any(Exception e, HttpServletRequest request) throws Exception {
        if (!request.getRequestURI().startsWith("/api/")) {
            throw e;
        }
        ProblemDetail problem = problem(e);
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    private ProblemDetail problem(Exception e) {
        if (e instanceof InvalidInputException invalid) {
            return fields(invalid.problems());
        }
        if (e instanceof MethodArgumentNotValidException invalid) {
            return fields(invalid.getBindingResult().getFieldErrors().stream()
                    .map(error -> new FieldProblem(error.getField(), messages.getMessage(error, locale)))
                    .toList());
        }
        if (e instanceof HandlerMethodValidationException invalid) {
            return fields(invalid.getParameterValidationResults().stream()
                    .flatMap(result -> result.getResolvableErrors().stream()
                            .map(error -> new FieldProblem(
                                    String.valueOf(result.getMethodParameter().getParameterName()),
                                    messages.getMessage(error, locale))))
                    .toList());
        }
        if (e instanceof HttpMessageNotReadableException unreadable) {
            String field = fieldOf(unreadable.getCause());
            return field == null
                    ? problem(HttpStatus.BAD_REQUEST, "problem.unreadable")
                    : field(field, "problem.wrongValue");
        }
        if (e instanceof MissingServletRequestParameterException missing) {
            return field(missing.getParameterName(), "problem.missing");
        }
        if (e instanceof MissingServletRequestPartException missing) {
            return field(missing.getRequestPartName(), "problem.missing");
        }
        if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            return field(mismatch.getName(), "problem.wrongValue");
        }
        if (e instanceof NotFoundException) {
            return problem(HttpStatus.NOT_FOUND, "problem.notFound");
        }
        if (e instanceof ConflictException conflict) {
            ProblemDetail problem = problem(HttpStatus.CONFLICT, "problem.conflict");
            problem.setDetail(conflict.getMessage());
            return problem;
        }
        if (e instanceof MismatchingMessageCorrelationException || e instanceof OptimisticLockingException) {
            return problem(HttpStatus.CONFLICT, "problem.conflict");
        }
        if (e instanceof AccessDeniedException || e instanceof AuthorizationException) {
            return problem(HttpStatus.FORBIDDEN, "problem.forbidden");
        }
        if (e instanceof BadUserRequestException) {
            return problem(HttpStatus.BAD_REQUEST, "problem.unreadable");
        }
        if (e instanceof MaxUploadSizeExceededException) {
            return problem(HttpStatus.PAYLOAD_TOO_LARGE, "problem.tooLarge");
        }
        if (e instanceof CannotCreateTransactionException) {
            LOG.error("No database", e);
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "problem.unavailable");
        }
        if (e instanceof ErrorResponse known) {
            return problem(known.getStatusCode(), keyOf(known.getStatusCode()));
        }
        LOG.error("Request failed", e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "problem.internal");
    }

    private static String keyOf(HttpStatusCode status) {
        if (status.value() == HttpStatus.NOT_FOUND.value()) {
            return "problem.notFound";
        }
        return status.is4xxClientError() ? "problem.unreadable" : "problem.internal";
    }

    private static @Nullable String fieldOf(@Nullable Throwable cause) {
        if (!(cause instanceof JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            return null;
        }
        StringBuilder field = new StringBuilder();
        mapping.getPath().forEach(step -> {
            if (step.getFieldName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        });
        return field.toString();
    }

    private ProblemDetail field(String field, String reasonKey) {
        return fields(List.of(new FieldProblem(field, text(reasonKey))));
    }

    private ProblemDetail fields(List<FieldProblem> problems) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "problem.invalid");
        problem.setProperty("errors", problems);
        return problem;
    }

    private ProblemDetail problem(HttpStatusCode status, String key) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setTitle(text(key));
        return problem;
    }

    private String text(String key) {
        return messages.getMessage(key, null, locale);
    }
}
