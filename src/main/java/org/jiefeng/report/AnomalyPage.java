package org.jiefeng.report;

import java.security.Principal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.FieldProblem;
import org.jiefeng.appeal.InvalidInputException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where employees report anything unusual to their manager and read the answer (R62). */
@Controller
@RequestMapping("/anomalies")
@PreAuthorize("hasAuthority('employees')")
class AnomalyPage {

    private final AnomalyReports reports;
    private final Employees employees;
    private final Locale locale;

    AnomalyPage(AnomalyReports reports, Employees employees, Locale deploymentLocale) {
        this.reports = reports;
        this.employees = employees;
        this.locale = deploymentLocale;
    }

    @GetMapping
    String show(Model model, Principal employee) {
        Map<AnomalyReports.Kind, String> kinds = new LinkedHashMap<>();
        Arrays.stream(AnomalyReports.Kind.values()).forEach(kind -> kinds.put(kind, reports.name(kind)));
        model.addAttribute("kinds", kinds);
        model.addAttribute("today", reports.today().toString());
        model.addAttribute("longestText", AnomalyReports.LONGEST_TEXT);
        model.addAttribute("anomalies", reports.of(employee.getName()));
        model.addAttribute(
                "manager",
                employees.get(employees.responsibleManager(employee.getName())).name());
        model.addAttribute("language", locale.getLanguage());
        if (!model.containsAttribute("typed")) {
            model.addAttribute(
                    "typed",
                    new AnomalyReports.Typed(
                            UUID.randomUUID().toString(), "", reports.today().toString(), ""));
        }
        if (!model.containsAttribute("problems")) {
            model.addAttribute("problems", Map.of());
        }
        return "anomalies";
    }

    @PostMapping
    String report(
            @RequestParam String formKey,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String happenedOn,
            @RequestParam(defaultValue = "") String anomaly,
            Principal employee,
            RedirectAttributes flash) {
        AnomalyReports.Typed typed = new AnomalyReports.Typed(formKey, kind, happenedOn, anomaly);
        try {
            reports.report(employee.getName(), typed);
            flash.addFlashAttribute("done", true);
        } catch (InvalidInputException e) {
            flash.addFlashAttribute("typed", typed);
            flash.addFlashAttribute(
                    "problems",
                    e.problems().stream()
                            .collect(Collectors.toMap(
                                    FieldProblem::field, FieldProblem::reason, (first, next) -> first)));
        }
        return "redirect:/anomalies";
    }
}
