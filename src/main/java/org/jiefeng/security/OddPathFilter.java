package org.jiefeng.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
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

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        String lower = path.toLowerCase(Locale.ROOT);
        if (path.contains("//")
                || path.contains(";")
                || path.contains("/../")
                || path.contains("/./")
                || path.contains("\\")
                || NEEDLESSLY_ENCODED.matcher(lower).find()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else if (decoded(lower).startsWith("/camunda/api/admin/setup")) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static String decoded(String path) {
        try {
            return java.net.URLDecoder.decode(path, java.nio.charset.StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
