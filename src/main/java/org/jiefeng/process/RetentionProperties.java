package org.jiefeng.process;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of {@code retention}; how long what is kept is for decision {@code retention} to say.
 *
 * @param run when what has expired is deleted, as the engine's cron expression
 * @param portion how many cases are handed out, or rows of a kind deleted, in one transaction
 * @param smallestGroup of how many cases of a department that ended in the same month the figures still name the
 *     department
 */
@Validated
@ConfigurationProperties("jiefeng.retention")
public record RetentionProperties(
        @NotBlank @DefaultValue("0 0 2 * * ?") String run,
        @Positive @DefaultValue("500") int portion,
        @Positive @DefaultValue("5") int smallestGroup) {

    /** Told at start-up: the engine itself would only notice when it deploys the diagram. */
    @AssertTrue(message = "jiefeng.retention.run is not a cron expression")
    boolean isRunACronExpression() {
        return PreventionProperties.isCronExpression(run);
    }
}
