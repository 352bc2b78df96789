package org.jiefeng.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route there is, found at run time, tried by a stranger and by an outsider of the case. A route that lets strangers
 * in must be listed here, or the build breaks.
 */
class RoutesTest extends RunningApp {

    /** What a stranger may reach, and why. */
    private static final List<String> OPEN = List.of(
            "GET /login", // the door
            "/error", // what the door says when it does not open
            "POST /api/carriers/{carrier}/events", // signed by the carrier
            "/simulator/carrier/"); // checks its own key

    /** Where servlets listen; a new one needs its routes looked at first. */
    private static final Set<String> SERVLET_PATHS = Set.of(
            "/",
            "/engine-rest/*",
            "/camunda/api/admin/*",
            "/camunda/api/cockpit/*",
            "/camunda/api/engine/*",
            "/camunda/api/tasklist/*",
            "/camunda/api/welcome/*");

    @Autowired
    private ServletWebServerApplicationContext context;

    @Autowired
    private List<RequestMappingHandlerMapping> mappings;

    @Autowired
    private ResourceConfig engineRest;

    /** A method and a path template. */
    private record Route(String method, String template) {

        String path() {
            return template.replaceAll("\\{[^/]*}", "x").replaceAll("\\*+", "x");
        }

        boolean isOpen() {
            return OPEN.stream().anyMatch(open -> (method + " " + template).equals(open) || template.startsWith(open));
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private List<Route> routes() throws Exception {
        List<Route> routes = new ArrayList<>(springRoutes());
        routes.addAll(jaxRsRoutes());
        return routes;
    }

    private List<Route> springRoutes() {
        List<Route> routes = new ArrayList<>();
        for (RequestMappingHandlerMapping mapping : mappings) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                Set<String> methods = info.getMethodsCondition().getMethods().isEmpty()
                        ? Set.of("GET", "POST")
                        : info.getMethodsCondition().getMethods().stream()
                                .map(Enum::name)
                                .collect(Collectors.toSet());
                info.getPatternValues().forEach(path -> methods.forEach(method -> routes.add(new Route(method, path))));
            }
        }
        return routes;
    }

    private List<Route> jaxRsRoutes() throws Exception {
        List<Route> routes = new ArrayList<>();
        for (ServletRegistration servlet :
                context.getServletContext().getServletRegistrations().values()) {
            String prefix = servlet.getMappings().iterator().next().replace("/*", "");
            String application = servlet.getInitParameter("jakarta.ws.rs.Application");
            Set<Class<?>> roots = new LinkedHashSet<>();
            if (application != null) {
                Application jaxRs = (Application)
                        Class.forName(application).getDeclaredConstructor().newInstance();
                roots.addAll(jaxRs.getClasses());
                jaxRs.getSingletons().forEach(one -> roots.add(one.getClass()));
            } else if (prefix.equals("/engine-rest")) {
                roots.addAll(engineRest.getClasses());
                engineRest.getInstances().forEach(one -> roots.add(one.getClass()));
            }
            for (Class<?> root : roots) {
                Path path = find(root, Path.class);
                if (path != null) {
                    walk(root, join(prefix, path.value()), routes, 0);
                }
            }
        }
        return routes.stream().distinct().toList();
    }

    private static void walk(Class<?> type, String prefix, List<Route> routes, int depth) {
        if (depth > 8 || prefix.length() > 200) {
            return;
        }
        for (Method method : type.getMethods()) {
            Path path = find(method, Path.class);
            String http = httpMethod(method);
            String place = path == null ? prefix : join(prefix, path.value());
            if (http != null) {
                routes.add(new Route(http, place));
            } else if (path != null) {
                walk(method.getReturnType(), place, routes, depth + 1);
            }
        }
    }

    private static String join(String prefix, String path) {
        String joined = prefix + (path.startsWith("/") ? "" : "/") + path.replaceAll("\\{\\s*(\\w+)[^}]*}", "{$1}");
        return joined.replaceAll("//+", "/").replaceAll("(.)/$", "$1");
    }

    /** Annotations of the interfaces count: Camunda puts them there. */
    private static <A extends Annotation> @Nullable A find(Class<?> type, Class<A> wanted) {
        for (Class<?> known : withSupertypes(type)) {
            if (known.isAnnotationPresent(wanted)) {
                return known.getAnnotation(wanted);
            }
        }
        return null;
    }

    private static <A extends Annotation> @Nullable A find(Method method, Class<A> wanted) {
        for (Class<?> known : withSupertypes(method.getDeclaringClass())) {
            try {
                A found = known.getMethod(method.getName(), method.getParameterTypes())
                        .getAnnotation(wanted);
                if (found != null) {
                    return found;
                }
            } catch (NoSuchMethodException notThere) {
                // The next one then.
            }
        }
        return null;
    }

    private static @Nullable String httpMethod(Method method) {
        for (Class<?> known : withSupertypes(method.getDeclaringClass())) {
            try {
                for (Annotation annotation : known.getMethod(method.getName(), method.getParameterTypes())
                        .getAnnotations()) {
                    HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (http != null) {
                        return http.value();
                    }
                }
            } catch (NoSuchMethodException notThere) {
                // The next one then.
            }
        }
        return null;
    }

    private static List<Class<?>> withSupertypes(Class<?> type) {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> known = type; known != null; known = known.getSuperclass()) {
            all.add(known);
            all.addAll(List.of(known.getInterfaces()));
        }
        return all;
    }

    @Test
    void noServletListensThatIsNotKnownHere() {
        Set<String> paths = context.getServletContext().getServletRegistrations().values().stream()
                .filter(servlet -> !"default".equals(servlet.getName()) && !"jsp".equals(servlet.getName()))
                .flatMap(servlet -> servlet.getMappings().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(SERVLET_PATHS).containsAll(paths);
    }

    /** What the web apps link to opens, and what they do not link to would not. */
    @Test
    void pagesNamedToSomebodyAreThoseThatOpen() throws Exception {
        Set<String> named = new TreeSet<>();
        for (String person : List.of("employee", "manager", "compliance", "liaison", "trainer", "owner", "admin")) {
            List<String> pages = new ArrayList<>();
            json(browser(person).send("GET", "/api/pages", "")).forEach(page -> pages.add(page.asText()));
            named.addAll(pages);
            for (String page : OwnPages.LINKED) {
                assertThat(browser(person).send("GET", page, "").statusCode())
                        .as(person + " at " + page)
                        .isEqualTo(pages.contains(page) ? 200 : 403);
            }
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(OwnPages.LINKED);
    }

    @Test
    void strangersReachWhatIsListedAndNothingElse() throws Exception {
        List<Route> routes = routes();
        assertThat(routes).hasSizeGreaterThan(600);
        List<String> reached = new ArrayList<>();
        for (Route route : routes) {
            if (route.isOpen()) {
                continue;
            }
            HttpResponse<String> answer = anonymously(route.method(), route.path());
            boolean sentToLogin = answer.statusCode() == 302
                    && answer.headers().firstValue("Location").orElse("").endsWith("/login");
            if (!sentToLogin && !Set.of(401, 403, 404).contains(answer.statusCode())) {
                reached.add(route + " -> " + answer.statusCode());
            }
        }
        assertThat(reached).isEmpty();
    }

    /**
     * An employee who has nothing to do with the case, and the administrator, read everything there is to read. That rights
     * on a task exist is the administrator's to see; what the task is about is not.
     */
    @Test
    void outsidersFindNoTraceOfACase() throws Exception {
        String number = "AP-2026-900001";
        String instance = startCase(number);
        List<String> tasks = Stream.of("Task_Applicant", "Task_Manager", "Task_Compliance", "Task_Liaison")
                .map(key -> task(instance, key))
                .toList();
        engine.getTaskService().createComment(tasks.get(0), instance, "CANARY-COMMENT");
        List<String> leaks = new ArrayList<>();
        int tried = 0;
        for (String outsider : List.of("employee2", "admin")) {
            for (Route route : jaxRsRoutes()) {
                // The same resources hang under the engine's name a second time.
                if (!route.method().equals("GET")
                        || !route.template().startsWith("/engine-rest")
                        || route.template().startsWith("/engine-rest/authorization") && outsider.equals("admin")
                        || route.template().startsWith("/engine-rest/engine/")) {
                    continue;
                }
                for (String id : List.of(instance, tasks.get(0))) {
                    String path = route.template()
                            .replaceAll("\\{(key|taskKey)}", "manager-report")
                            .replaceAll("\\{[^/]*}", id);
                    HttpResponse<String> answer = get(outsider, path);
                    tried++;
                    if (answer.body().contains(number)
                            || answer.body().contains("CANARY-C")
                            || tasks.stream()
                                    .anyMatch(task -> answer.statusCode() == 200
                                            && answer.body().contains(task))) {
                        leaks.add(outsider + " " + route + " -> " + answer.statusCode());
                    }
                    if (!path.contains(id)) {
                        break;
                    }
                }
            }
            for (String count : List.of(
                    "/task/count",
                    "/history/task/count",
                    "/process-instance/count",
                    "/history/process-instance/count",
                    "/execution/count",
                    "/variable-instance/count",
                    "/history/variable-instance/count",
                    "/history/activity-instance/count",
                    "/history/detail/count")) {
                tried++;
                HttpResponse<String> answer = get(outsider, "/engine-rest" + count + "?processInstanceId=" + instance);
                if (!answer.body().equals("{\"count\":0}")) {
                    leaks.add(outsider + " " + count + " " + answer.body());
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(tried).isGreaterThan(300);
    }
}
