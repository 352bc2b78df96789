package org.jiefeng.security;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The login page, the way from the front door to Tasklist, and the token for forms that call our API. */
@Controller
class LoginController {

    private final boolean demo;
    private final Locale locale;

    LoginController(Environment environment, Locale deploymentLocale) {
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
        this.locale = deploymentLocale;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/camunda/app/tasklist/default/";
    }

    @GetMapping("/login")
    String login(Model model) {
        model.addAttribute("people", demo ? DemoPeople.ALL : List.of());
        model.addAttribute("password", demo ? DemoPeople.PASSWORD : "");
        model.addAttribute("language", locale.getLanguage());
        return "login";
    }

    @GetMapping("/api/csrf")
    @ResponseBody
    Map<String, String> csrf(CsrfToken token) {
        return Map.of("headerName", token.getHeaderName(), "token", token.getToken());
    }
}
