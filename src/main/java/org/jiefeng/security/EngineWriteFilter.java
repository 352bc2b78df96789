package org.jiefeng.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The list of what people may change through the engine's own REST interface; everything else only by our forms.
 *
 * <p>The engine lets whoever works on a task also complete it with variables of their choice, which would let an applicant
 * decide for the manager. So a task is completed by its form and in no other way.
 */
class EngineWriteFilter extends OncePerRequestFilter {

    private static final Pattern ENGINE_PATH =
            Pattern.compile("^(?:/camunda/api/engine|/engine-rest)(?:/engine/\\w+)?(/.*)$");

    /** Queries sent as POST; they read. */
    private static final List<String> READS = List.of(
            "/task",
            "/task/count",
            "/filter/[^/]+/(list|count|singleResult)",
            "/history/[\\w-]+(/count)?",
            "/process-instance(/count)?",
            "/process-definition/[^/]+/[\\w-]*statistics",
            "/execution(/count)?",
            "/variable-instance(/count)?",
            "/incident(/count)?",
            "/job(/count)?",
            "/external-task(/count)?",
            "/batch(/count)?",
            "/user(/count)?",
            "/group(/count)?",
            "/authorization/check",
            "/decision-definition/[^/]+/[\\w-]*statistics");

    /** What everybody may do, as far as the engine's authorizations let them. */
    private static final List<String> TASK_WORK = List.of(
            "/task/[^/]+/(claim|unclaim|assignee|submit-form)",
            "/task/[^/]+/comment/create",
            "/process-definition/(key/)?[^/]+/submit-form");

    private static final List<String> OPERATIONS = List.of(
            "/job/[^/]+/(retries|suspended|duedate)(/.*)?",
            "/job/retries",
            "/job-definition/.*",
            "/process-instance/[^/]+/suspended",
            "/process-definition/(key/)?[^/]+/suspended",
            "/migration/.*",
            "/incident/[^/]+/annotation");

    private static final List<String> PEOPLE =
            List.of("/user/.*", "/group/.*", "/authorization/.*", "/tenant/.*", "/identity/.*");

    private static final List<Allowed> ALLOWED = List.of(
            new Allowed(Set.of(), READS),
            new Allowed(Set.of(), TASK_WORK),
            new Allowed(Set.of(Groups.PROCESS_OWNERS), OPERATIONS),
            new Allowed(Set.of(Groups.ADMINISTRATORS), PEOPLE));

    private record Allowed(Set<String> groups, List<String> paths) {

        boolean covers(String path, Set<String> callersGroups) {
            return (groups.isEmpty() || callersGroups.stream().anyMatch(groups::contains))
                    && paths.stream().anyMatch(path::matches);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (mayPass(request)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static boolean mayPass(HttpServletRequest request) {
        if (Set.of("GET", "HEAD", "OPTIONS").contains(request.getMethod())) {
            return true;
        }
        var engine = ENGINE_PATH.matcher(request.getRequestURI());
        if (!engine.matches()) {
            return true;
        }
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        Set<String> groups = login == null
                ? Set.of()
                : login.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .collect(Collectors.toSet());
        return ALLOWED.stream().anyMatch(allowed -> allowed.covers(engine.group(1), groups));
    }
}
