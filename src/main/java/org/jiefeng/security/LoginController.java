package org.jiefeng.security;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/** The login page, the way from the front door to everybody's work, and the token for forms that call our API. */
@Controller
class LoginController {

    private final boolean demo;
    private final Locale locale;
    private final List<OidcLogin.Provider> providers;

    LoginController(Environment environment, Locale deploymentLocale, ObjectProvider<OidcLogin.OidcDoor> oidc) {
        this.providers =
                oidc.stream().flatMap(door -> door.providers().stream()).toList();
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
        this.locale = deploymentLocale;
    }

    /** To where somebody's work is; not everybody may open Tasklist. */
    @GetMapping("/")
    String home(Authentication user) {
        Set<String> groups = AuthorityUtils.authorityListToSet(user.getAuthorities());
        if (Groups.TASK_WORKERS.stream().anyMatch(groups::contains)) {
            return "redirect:/camunda/app/tasklist/default/";
        } else if (groups.contains(Groups.PROCESS_OWNERS)) {
            return "redirect:/decisions";
        } else if (groups.contains(Groups.AUDITORS)) {
            return "redirect:/camunda/app/cockpit/default/";
        } else if (groups.contains(Groups.ADMINISTRATORS)) {
            return "redirect:/camunda/app/admin/default/";
        }
        return "redirect:/camunda/app/welcome/default/";
    }

    /**
     * To a task, from a mail. Unlike Tasklist's own address, whose number stands behind a hash and never reaches the server,
     * this one is still known after signing in.
     */
    @GetMapping("/tasks/{id:[A-Za-z0-9-]{1,64}}")
    String task(@PathVariable String id) {
        return "redirect:/camunda/app/tasklist/default/#/?task=" + id;
    }

    @GetMapping("/login")
    String login(Model model) {
        model.addAttribute("people", demo ? DemoPeople.ALL : List.of());
        model.addAttribute("password", demo ? DemoPeople.PASSWORD : "");
        model.addAttribute("providers", providers);
        model.addAttribute("language", locale.getLanguage());
        return "login";
    }

    @GetMapping("/api/csrf")
    @ResponseBody
    Map<String, String> csrf(CsrfToken token) {
        return Map.of("headerName", token.getHeaderName(), "token", token.getToken());
    }
}
