package org.jiefeng.carrier.simulator;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Stands before the simulated interface and spoils what is to be spoilt; otherwise it is not there. */
@Component
@ConditionalOnProperty("jiefeng.simulator.enabled")
class SimulatorFaultFilter extends OncePerRequestFilter {

    private static final Pattern APPEAL = Pattern.compile("/simulator/carrier/appeals(?:/([^/]+).*)?");

    private static final int ENORMOUS = 2 * 1024 * 1024;

    private final SimulatorFaults faults;
    private final SimulatorProperties properties;
    private final SimulatedDesk desk;
    private final SimulatorMail mail;

    SimulatorFaultFilter(
            SimulatorFaults faults, SimulatorProperties properties, SimulatedDesk desk, SimulatorMail mail) {
        this.faults = faults;
        this.properties = properties;
        this.desk = desk;
        this.mail = mail;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return key(request).isEmpty();
    }

    private static Optional<String> key(HttpServletRequest request) {
        Matcher path = APPEAL.matcher(request.getRequestURI());
        if (!path.matches()) {
            return Optional.empty();
        }
        String inPath = path.group(1);
        return Optional.ofNullable(inPath == null ? request.getHeader("Idempotency-Key") : inPath.replace("%3A", ":"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = key(request).orElseThrow();
        Optional<SimulatorFault> fault = faults.ofCall(key, !"GET".equals(request.getMethod()));
        if (fault.isEmpty()) {
            chain.doFilter(request, response);
        } else if (fault.get() == SimulatorFault.EVENT_BEFORE_ANSWER) {
            ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
            chain.doFilter(request, answer);
            desk.decideByItself(key);
            mail.deliverNow(key);
            answer.copyBodyToResponse();
        } else if (fault.get().accepts()) {
            ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
            chain.doFilter(request, answer);
            spoil(fault.get(), key, answer.getContentAsByteArray(), answer.getStatus(), response);
        } else {
            fail(fault.get(), key, response);
        }
    }

    private void fail(SimulatorFault fault, String key, HttpServletResponse response) throws IOException {
        switch (fault) {
            case SERVER_ERROR -> response.setStatus(500);
            case OUTAGE -> {
                response.setHeader("Retry-After", "600");
                response.setStatus(503);
                faults.askedToWait(key, 600);
            }
            case TOO_MANY_REQUESTS -> {
                response.setHeader("Retry-After", "120");
                response.setStatus(429);
                faults.askedToWait(key, 120);
            }
            case BAD_RETRY_AFTER -> {
                response.setHeader("Retry-After", "when we are back");
                response.setStatus(429);
            }
            case HTML -> {
                response.setContentType("text/html");
                response.getOutputStream()
                        .write("<html><body>{\"state\":\"DECIDED\"}</body></html>".getBytes(StandardCharsets.UTF_8));
            }
            case REDIRECT -> {
                response.setHeader("Location", properties.callbackUrl() + "/simulator/carrier/canary");
                response.setStatus(302);
            }
            case HANG -> {
                pause(properties.hang());
                breakOff(response);
            }
            default -> breakOff(response);
        }
    }

    private void spoil(SimulatorFault fault, String key, byte[] answer, int status, HttpServletResponse response)
            throws IOException {
        // What would have been an empty answer becomes the beginning of one, so that there is something to misread.
        String text = answer.length == 0
                ? "{\"appealKey\":\"" + key + "\",\"carrierCaseId\":\"XX-1\"}"
                : new String(answer, StandardCharsets.UTF_8);
        response.setStatus(answer.length == 0 ? 200 : status);
        response.setContentType("application/json");
        switch (fault) {
            case ACCEPT_THEN_HANG -> {
                pause(properties.hang());
                breakOff(response);
            }
            case ACCEPT_THEN_BREAK -> breakOff(response);
            case TRUNCATED -> send(text.substring(0, text.length() / 2).getBytes(StandardCharsets.UTF_8), response);
            case NOT_UTF8 -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                bytes[bytes.length / 2] = (byte) 0xC3;
                bytes[bytes.length / 2 + 1] = (byte) 0x28;
                send(bytes, response);
            }
            case UNKNOWN_FIELD ->
                send(text.replaceFirst("\\{", "{\"urgent\":true,").getBytes(StandardCharsets.UTF_8), response);
            case WRONG_CASE ->
                send(
                        text.replace(key, "AP-2001-000001:1")
                                .replace("\"events\":[]", "\"events\":null")
                                .getBytes(StandardCharsets.UTF_8),
                        response);
            case OVERSIZE -> {
                byte[] bytes = new byte[ENORMOUS];
                Arrays.fill(bytes, (byte) ' ');
                byte[] end = text.getBytes(StandardCharsets.UTF_8);
                System.arraycopy(end, 0, bytes, bytes.length - end.length, end.length);
                send(bytes, response);
            }
            case SLOW -> drip(text.getBytes(StandardCharsets.UTF_8), response);
            default -> send(new byte[0], response);
        }
    }

    private static void send(byte[] body, HttpServletResponse response) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void drip(byte[] body, HttpServletResponse response) throws IOException {
        Duration step = properties.hang().dividedBy(8);
        response.setContentLength(body.length);
        for (int i = 0; i < Math.min(9, body.length); i++) {
            response.getOutputStream().write(body[i]);
            response.flushBuffer();
            pause(step);
        }
        throw new IOException("broken off");
    }

    /** More was announced than comes. */
    private static void breakOff(HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setContentLength(1000);
        response.getOutputStream().write('{');
        response.flushBuffer();
        throw new IOException("broken off");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
