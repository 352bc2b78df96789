package org.jiefeng.process;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jiefeng.appeal.Timeline;
import org.jiefeng.calendar.CalendarNotices;
import org.jiefeng.calendar.MovedDates;
import org.jiefeng.calendar.WorkingCalendar;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says which date of a case a notice moved from when to when: in the case's timeline, and with the notice. */
@Component
class DateMoves {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(WorkingCalendar.ZONE);

    private final Timeline timeline;
    private final MovedDates moved;
    private final CalendarNotices notices;
    private final MessageSource messages;
    private final Locale locale;

    DateMoves(
            Timeline timeline,
            MovedDates moved,
            CalendarNotices notices,
            MessageSource messages,
            Locale deploymentLocale) {
        this.timeline = timeline;
        this.moved = moved;
        this.notices = notices;
        this.messages = messages;
        this.locale = deploymentLocale;
    }

    /**
     * One date.
     *
     * @param element its id in the diagram, or its kind on record
     * @param name in the deployment's language
     */
    void note(String caseNumber, long noticeId, String element, String name, Instant before, Instant after) {
        timeline.record(
                caseNumber,
                "system",
                "DATE_MOVED",
                text("calendar.moved", name, SHOWN.format(before), SHOWN.format(after), notices.source(noticeId)));
        moved.record(noticeId, caseNumber, element, before, after);
    }

    String text(String key, Object... details) {
        return messages.getMessage(key, details, locale);
    }
}
