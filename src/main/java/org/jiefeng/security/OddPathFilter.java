package org.jiefeng.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
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
                || lower.contains("%2f")
                || lower.contains("%5c")
                || lower.contains("%2e")
                || lower.contains("%25")
                || lower.contains("%3b")) {
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
