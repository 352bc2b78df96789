package org.jiefeng.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths that several readers could read differently, and the web apps' setup page for good.
 *
 * <p>The setup page creates an administrator without any login as soon as the administrators' group has no direct member
 * (CVE-2026-77226); no version of it is wanted here, whatever its spelling.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class OddPathFilter extends OncePerRequestFilter {

    /** Letters, digits, dots, slashes, percent signs and control characters have no honest reason to be encoded. */
    private static final Pattern NEEDLESSLY_ENCODED =
            Pattern.compile("%(0[0-9a-f]|1[0-9a-f]|7f|2[5def]|3[0-9b]|4[1-9a-f]|5[0-9acf]|6[1-9a-f]|7[0-9ae])");

    private static final Set<String> ONLY_DOTS = Set.of(".", "..");

    private static final String SETUP = "/camunda/api/admin/setup";

    /** So often a path is decoded before it counts as what it says; each reader on the way decodes once. */
    private static final int READERS = 4;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (meansSetup(path)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN);
        } else if (path.contains("//")
                || path.contains(";")
                || path.contains("/../")
                || path.contains("/./")
                || path.contains("\\")
                || NEEDLESSLY_ENCODED.matcher(path.toLowerCase(Locale.ROOT)).find()) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** However it is spelt: what the most forgiving reader would make of it. */
    static boolean meansSetup(String path) {
        String read = path;
        for (int i = 0; i < READERS; i++) {
            if (plain(read).startsWith(SETUP)) {
                return true;
            }
            read = decoded(read);
        }
        return false;
    }

    private static String plain(String path) {
        String slashes = path.toLowerCase(Locale.ROOT).replace('\\', '/').replaceAll(";[^/]*", "");
        String[] segments = Stream.of(slashes.split("/"))
                .map(segment -> ONLY_DOTS.contains(segment) ? segment : segment.replaceAll("[.\\s\\p{Cntrl}]+$", ""))
                .toArray(String[]::new);
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : segments) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        return "/" + String.join("/", kept);
    }

    /** With the headers of every other answer: Spring Security, which sets them, never hears of this request. */
    private static void refuse(HttpServletResponse response, int status) throws IOException {
        response.setHeader("Content-Security-Policy", SecurityConfiguration.CONTENT_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
        response.sendError(status);
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2b"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return path;
        }
    }
}
