package org.jiefeng.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jiefeng.account.Employees;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.util.SimpleMethodInvocation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Which of our own pages somebody may open, so that the web apps draw a link only where it leads somewhere. */
@RestController
class OwnPages {

    /** What the web apps link to; a page that this deployment does not have is left out. */
    static final List<String> LINKED = List.of(
            "/appeals",
            "/training",
            "/anomalies",
            "/conduct",
            "/absence",
            "/team",
            "/carrier/matters",
            "/carrier/incidents",
            "/simulator",
            "/notifications",
            "/retention");

    private final RequestMappingHandlerMapping mapping;
    private final Employees employees;
    private final PreAuthorizeAuthorizationManager declared = new PreAuthorizeAuthorizationManager();

    OwnPages(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping, Employees employees) {
        this.mapping = mapping;
        this.employees = employees;
    }

    @GetMapping("/api/pages")
    List<String> pages(Authentication reader) {
        return LINKED.stream().filter(path -> mayOpen(path, reader)).toList();
    }

    private boolean mayOpen(String path, Authentication reader) {
        return page(path).map(page -> isLetIn(page, reader)).orElse(false)
                // Whom a department belongs to changes by the day; the page looks it up and declares nothing.
                && (!path.equals("/team") || employees.hasPeople(reader.getName()));
    }

    /** By what the page itself declares, so that nothing is said twice. */
    private boolean isLetIn(HandlerMethod page, Authentication reader) {
        AuthorizationResult result = declared.authorize(
                () -> reader,
                new SimpleMethodInvocation(page.createWithResolvedBean().getBean(), page.getMethod()));
        return result == null || result.isGranted();
    }

    private Optional<HandlerMethod> page(String path) {
        return mapping.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getKey().getPatternValues().contains(path)
                        && entry.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
