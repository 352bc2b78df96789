package org.jiefeng.retraining;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The reading of each course, for everybody who is logged in (R30, R44). */
@Controller
class CoursePages {

    private final CourseLibrary library;
    private final Locale locale;

    CoursePages(CourseLibrary library, Locale deploymentLocale) {
        this.library = library;
        this.locale = deploymentLocale;
    }

    @GetMapping("/courses")
    String all(Model model) {
        Map<Course.Field, List<Course>> fields = new EnumMap<>(Course.Field.class);
        library.all()
                .forEach(course -> fields.computeIfAbsent(course.field(), field -> new ArrayList<>())
                        .add(course));
        model.addAttribute("fields", fields);
        model.addAttribute("language", locale.getLanguage());
        return "courses";
    }

    @GetMapping("/courses/{code}")
    String one(@PathVariable String code, Model model) {
        model.addAttribute(
                "course", library.find(code).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        model.addAttribute("language", locale.getLanguage());
        return "course";
    }
}
