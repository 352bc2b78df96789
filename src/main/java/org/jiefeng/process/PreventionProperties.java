package org.jiefeng.process;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.text.ParseException;
import org.camunda.bpm.engine.impl.calendar.CronTimer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of {@code call-prevention}, {@code measure-check} and {@code certificate-renewal}.
 *
 * @param dailyCheck when the calls of the day before, the promises that fell due and the certificates that end soon are
 *     looked through, as the engine's cron expression
 */
@Validated
@ConfigurationProperties("jiefeng.prevention")
public record PreventionProperties(
        @NotBlank @DefaultValue("0 0 6 * * ?") String dailyCheck) {

    /** Told at start-up: the engine itself would only notice when it deploys the diagram. */
    @AssertTrue(message = "jiefeng.prevention.daily-check is not a cron expression")
    boolean isDailyCheckACronExpression() {
        try {
            CronTimer.parse(dailyCheck);
            return true;
        } catch (ParseException | IllegalArgumentException e) {
            return false;
        }
    }
}
