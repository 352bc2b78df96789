package org.jiefeng.notification;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * What people were told lately, and what could not be sent. Administrators see that, process owners also what it says: an
 * administrator has no business with cases.
 */
@Controller
@PreAuthorize("hasAnyAuthority('process-owners', 'camunda-admin')")
class NotificationPage {

    private static final int SHOWN_AT_ONCE = 100;

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final Notifications notifications;
    private final NotificationProperties properties;
    private final Locale locale;

    NotificationPage(Notifications notifications, NotificationProperties properties, Locale deploymentLocale) {
        this.notifications = notifications;
        this.properties = properties;
        this.locale = deploymentLocale;
    }

    /** A line of the page; without subject and body for those who may not read them. */
    record Line(
            long id,
            String written,
            News news,
            String outlet,
            String recipient,
            @Nullable String subject,
            @Nullable String body,
            Notification.State state,
            int attempts,
            @Nullable String sent,
            @Nullable String problem) {}

    @GetMapping("/notifications")
    String notifications(Authentication user, Model model) {
        boolean mayRead =
                user.getAuthorities().stream().anyMatch(group -> "process-owners".equals(group.getAuthority()));
        List<Line> lines = notifications.latest(SHOWN_AT_ONCE).stream()
                .map(one -> new Line(
                        one.id(),
                        SHOWN.format(one.createdAt()),
                        one.news(),
                        one.outlet(),
                        one.recipient(),
                        mayRead ? one.subject() : null,
                        mayRead ? one.body() : null,
                        one.state(),
                        one.attempts(),
                        shown(one.sentAt()),
                        one.problem()))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute("mayRead", mayRead);
        model.addAttribute("on", properties.isOn());
        model.addAttribute("mailServer", properties.mail() != null);
        model.addAttribute("late", notifications.count(Notification.State.WAITING));
        model.addAttribute("failed", notifications.count(Notification.State.FAILED));
        model.addAttribute("language", locale.getLanguage());
        return "notifications";
    }

    @PostMapping("/notifications/{id}")
    String tryAgain(@PathVariable long id) {
        notifications.tryAgain(id);
        return "redirect:/notifications";
    }

    private static @Nullable String shown(@Nullable Instant time) {
        return time == null ? null : SHOWN.format(time);
    }
}
