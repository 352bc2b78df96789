package org.jiefeng.retraining;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Who was trained, how it went, and the certificate to print (R63). */
@Controller
class TrainingPages {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final TrainingRegister register;
    private final Clock clock;
    private final Locale locale;

    TrainingPages(TrainingRegister register, Clock clock, Locale deploymentLocale) {
        this.register = register;
        this.clock = clock;
        this.locale = deploymentLocale;
    }

    @GetMapping("/training")
    String all(@RequestParam(defaultValue = "") String department, Model model, Authentication reader) {
        List<TrainingRegister.Row> visible = register.visibleTo(reader);
        model.addAttribute("departments", TrainingRegister.departments(visible));
        model.addAttribute("department", department);
        model.addAttribute(
                "rows",
                visible.stream()
                        .filter(row ->
                                department.isEmpty() || row.departmentId().equals(department))
                        .toList());
        return page("training-list", model);
    }

    @GetMapping("/training/{id}")
    String one(@PathVariable long id, Model model, Authentication reader) {
        TrainingRegister.Row row = register.find(id, reader).orElseThrow(TrainingPages::none);
        model.addAttribute("row", row);
        model.addAttribute("attempts", register.attempts(row.enrolment()));
        return page("training", model);
    }

    @GetMapping("/certificate/{number}")
    String certificate(@PathVariable String number, Model model, Authentication reader) {
        model.addAttribute("row", register.certified(number, reader).orElseThrow(TrainingPages::none));
        return page("certificate", model);
    }

    /** The same answer for what does not exist and for what is somebody else's. */
    private static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    private String page(String template, Model model) {
        model.addAttribute("today", LocalDate.now(clock.withZone(SHANGHAI)));
        model.addAttribute("day", DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(SHANGHAI));
        model.addAttribute("language", locale.getLanguage());
        return template;
    }
}
