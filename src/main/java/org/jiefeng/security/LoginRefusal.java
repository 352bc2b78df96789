package org.jiefeng.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/**
 * What whoever is not let in hears: nothing but 401 without {@code WWW-Authenticate} (a browser that never asks never keeps
 * a Basic password), or, after too many wrong passwords, how long to wait.
 */
@Component
class LoginRefusal implements AuthenticationEntryPoint, AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LoginRefusal.class);

    private final MessageSource messages;
    private final Locale locale;
    private final ObjectMapper json;

    LoginRefusal(MessageSource messages, Locale deploymentLocale, ObjectMapper json) {
        this.messages = messages;
        this.locale = deploymentLocale;
        this.json = json;
    }

    /** Of HTTP Basic. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (!(refusal instanceof TooManyAttemptsException tooMany)) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return;
        }
        ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.TOO_MANY_REQUESTS);
        problem.setTitle(messages.getMessage("problem.tooManyAttempts", null, locale));
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                String.valueOf(tooMany.patience().plus(Duration.ofSeconds(1)).toSeconds()));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }

    /** Of the login page, and of the way back from an OpenID provider. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        response.sendRedirect("/login?" + why(refusal));
    }

    private static String why(AuthenticationException refusal) {
        if (refusal instanceof OAuth2AuthenticationException) {
            LOG.info("A login by OpenID Connect was refused: {}", refusal.getMessage());
            return "refused";
        }
        return refusal instanceof TooManyAttemptsException ? "limited" : "error";
    }
}
