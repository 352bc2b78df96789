package org.jiefeng.process;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.text.ParseException;
import org.camunda.bpm.engine.impl.calendar.CronTimer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of {@code call-prevention} and {@code measure-check}.
 *
 * @param dailyCheck when the calls of the day before and the promises that fell due are looked through, as the engine's
 *     cron expression
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
