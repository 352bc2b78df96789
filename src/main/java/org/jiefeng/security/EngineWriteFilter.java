package org.jiefeng.security;

import static org.jiefeng.security.Groups.ADMINISTRATORS;
import static org.jiefeng.security.Groups.AUDITORS;
import static org.jiefeng.security.Groups.COMPLIANCE;
import static org.jiefeng.security.Groups.MANAGERS;
import static org.jiefeng.security.Groups.PROCESS_OWNERS;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The list of what people may change through the engine's own REST interface; whatever is not on it is refused.
 *
 * <p>The engine lets whoever works on a task also complete it with variables of their choice, which would let an applicant
 * decide for the manager. So a task is completed by its form and in no other way. The engine's authorizations still
 * decide about the single task or job; this list only closes doors. Administrators pass: the engine gives them users,
 * groups and authorizations, and nothing of a case.
 *
 * <p>Auditors change nothing anywhere, also not on our own pages and whatever other group they are in: for them the list
 * is that of the queries with a body, and everything else is refused.
 */
class EngineWriteFilter extends OncePerRequestFilter {

    /** Queries with a body; they read. */
    private static final List<Rule> QUERIES = new Rules()
            .everybody("POST", "/{resource}", "task", "process-instance", "execution", "variable-instance", "job")
            .everybody("POST", "/{resource}/count", "task", "process-instance", "execution", "variable-instance", "job")
            .everybody("POST", "/history/{resource}", Rules.HISTORY)
            .everybody("POST", "/history/{resource}/count", Rules.HISTORY)
            .list();

    private static final List<Rule> ALLOWED = new Rules()
            .also(QUERIES)
            .everybody("POST", "/filter/{id}/{resource}", "list", "count", "singleResult")
            .everybody("POST", "/identity/password-policy")
            // One's own account; the engine refuses everybody else's.
            .everybody("PUT", "/user/{id}/{resource}", "profile", "credentials")
            // Work on tasks.
            .workers("POST", "/task/{id}/{resource}", "claim", "unclaim", "submit-form")
            .workers("POST", "/task/{id}/comment/create")
            .workers("POST", "/process-definition/{id}/submit-form")
            .workers("POST", "/process-definition/key/{key}/submit-form")
            // Handing tasks over, one by one or in bulk.
            .only(Set.of(MANAGERS, COMPLIANCE), "POST", "/task/{id}/assignee")
            // Running the processes, from Cockpit.
            .only(Set.of(PROCESS_OWNERS), "PUT", "/job/{id}/{resource}", "retries", "suspended")
            .only(Set.of(PROCESS_OWNERS), "PUT", "/job-definition/{id}/{resource}", "retries", "suspended")
            .only(Set.of(PROCESS_OWNERS), "PUT", "/process-instance/{id}/suspended")
            .only(Set.of(PROCESS_OWNERS), "POST", "/{resource}/retries", "job")
            .only(Set.of(PROCESS_OWNERS), "POST", "/process-instance/job-retries")
            .only(Set.of(PROCESS_OWNERS), "POST", "/migration/{resource}", "generate", "validate", "execute")
            .only(Set.of(PROCESS_OWNERS), "PUT", "/incident/{id}/annotation")
            .list();

    /** Cockpit sends its lists' criteria by POST; signing out is everybody's. */
    private static final List<Rule> ALLOWED_IN_WEBAPPS = new Rules()
            .everybody("POST", "/camunda/api/admin/auth/user/{engine}/logout")
            .inCockpit("/{resource}", "process-instance", "incident")
            .inCockpit("/{resource}/count", "process-instance", "incident")
            .inCockpit("/process-instance/{id}/called-process-instances")
            .inCockpit("/process-definition/{id}/called-process-definitions")
            .list();

    private static final Pattern ENGINE_PATH =
            Pattern.compile("^(?:/camunda/api/engine/engine/[^/]+|/engine-rest/engine/[^/]+|/engine-rest)(/.*)$");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** One line of the list: who, how, where. No groups: everybody with a login. */
    private record Rule(Set<String> groups, String method, PathPattern path, Set<String> resources) {

        boolean covers(Set<String> callersGroups, String callersMethod, PathContainer callersPath) {
            if (!method.equals(callersMethod)
                    || !groups.isEmpty() && callersGroups.stream().noneMatch(groups::contains)) {
                return false;
            }
            PathPattern.PathMatchInfo match = path.matchAndExtract(callersPath);
            return match != null
                    && (resources.isEmpty()
                            || resources.contains(match.getUriVariables().get("resource")));
        }
    }

    /** Lets the list above read as a list. */
    private static final class Rules {

        static final String[] HISTORY = {
            "task", "process-instance", "activity-instance", "variable-instance", "detail", "job-log", "incident"
        };

        private final List<Rule> rules = new ArrayList<>();

        Rules everybody(String method, String path, String... resources) {
            return only(Set.of(), method, path, resources);
        }

        Rules workers(String method, String path, String... resources) {
            return only(Set.copyOf(Groups.TASK_WORKERS), method, path, resources);
        }

        Rules only(Set<String> groups, String method, String path, String... resources) {
            rules.add(new Rule(groups, method, PathPatternParser.defaultInstance.parse(path), Set.of(resources)));
            return this;
        }

        Rules inCockpit(String path, String... resources) {
            return only(
                    Set.of(PROCESS_OWNERS, AUDITORS, COMPLIANCE),
                    "POST",
                    "/camunda/api/cockpit/plugin/base/{engine}" + path,
                    resources);
        }

        Rules also(List<Rule> others) {
            rules.addAll(others);
            return this;
        }

        List<Rule> list() {
            return List.copyOf(rules);
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
        // Decoded, as the engine's own servlet will read it.
        String path = UrlPathHelper.defaultInstance.getPathWithinApplication(request);
        if (READING.contains(request.getMethod())) {
            return true;
        }
        Set<String> groups = callersGroups();
        boolean auditor = groups.contains(AUDITORS);
        if (!auditor
                && (groups.contains(ADMINISTRATORS)
                        || !path.startsWith("/engine-rest") && !path.startsWith("/camunda/api"))) {
            return true;
        }
        var engine = ENGINE_PATH.matcher(path);
        List<Rule> rules = engine.matches() ? auditor ? QUERIES : ALLOWED : ALLOWED_IN_WEBAPPS;
        PathContainer place = PathContainer.parsePath(engine.matches() ? engine.group(1) : path);
        return rules.stream().anyMatch(rule -> rule.covers(groups, request.getMethod(), place));
    }

    private static Set<String> callersGroups() {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        return login == null
                ? Set.of()
                : login.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .collect(Collectors.toSet());
    }
}
