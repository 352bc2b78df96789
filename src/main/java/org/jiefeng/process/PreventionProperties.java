package org.jiefeng.process;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.text.ParseException;
import org.camunda.bpm.engine.impl.calendar.CronTimer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of {@code call-prevention}, {@code measure-check}, {@code certificate-renewal} and {@code probation}, as the
 * engine's cron expressions.
 *
 * @param dailyCheck when the calls of the day before, the promises that fell due and the certificates that end soon are
 *     looked through
 * @param releaseStep when the calls a day of probations are decided anew: after the daily check, because a day is clean
 *     only when nothing was found in it, and before anybody may call
 */
@Validated
@ConfigurationProperties("jiefeng.prevention")
public record PreventionProperties(
        @NotBlank @DefaultValue("0 0 6 * * ?") String dailyCheck,
        @NotBlank @DefaultValue("0 30 6 * * ?") String releaseStep) {

    /** Told at start-up: the engine itself would only notice when it deploys the diagram. */
    @AssertTrue(message = "jiefeng.prevention.daily-check is not a cron expression")
    boolean isDailyCheckACronExpression() {
        return isCronExpression(dailyCheck);
    }

    @AssertTrue(message = "jiefeng.prevention.release-step is not a cron expression")
    boolean isReleaseStepACronExpression() {
        return isCronExpression(releaseStep);
    }

    static boolean isCronExpression(String text) {
        try {
            CronTimer.parse(text);
            return true;
        } catch (ParseException | IllegalArgumentException e) {
            return false;
        }
    }
}
