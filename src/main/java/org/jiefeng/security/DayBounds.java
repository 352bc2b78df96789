package org.jiefeng.security;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * The day as filters mean it: today in Shanghai, wherever the server's own clock is set. Public with static methods,
 * because expressions call it.
 */
public final class DayBounds {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private DayBounds() {}

    public static Date startOfToday() {
        return startOf(today());
    }

    public static Date startOfTomorrow() {
        return startOf(today().plusDays(1));
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(ClockUtil.getCurrentTime().toInstant(), SHANGHAI);
    }

    private static Date startOf(LocalDate day) {
        return Date.from(day.atStartOfDay(SHANGHAI).toInstant());
    }
}
