package org.jiefeng.process;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Lets days pass in the demo, so that a newcomer sees reminders, follow-ups and the end of probation on one afternoon. */
@Controller
@Profile("demo")
class DemoClockPage {

    private static final int MOST_DAYS = 120;

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final Locale locale;

    DemoClockPage(Locale deploymentLocale) {
        this.locale = deploymentLocale;
    }

    @GetMapping("/demo/clock")
    String clock(Model model) {
        model.addAttribute("now", SHOWN.format(ClockUtil.getCurrentTime().toInstant()));
        model.addAttribute("language", locale.getLanguage());
        return "demo-clock";
    }

    /** Moves the engine's clock, and with it ours, until the application is started again. */
    @PostMapping("/demo/clock")
    String pass(@RequestParam int days) {
        if (days >= 1 && days <= MOST_DAYS) {
            Duration ahead =
                    Duration.between(Instant.now(), ClockUtil.getCurrentTime().toInstant());
            ClockUtil.offset(ahead.plus(Duration.ofDays(days)).toMillis());
        }
        return "redirect:/demo/clock";
    }
}
