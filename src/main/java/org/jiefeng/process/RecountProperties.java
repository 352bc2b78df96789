package org.jiefeng.process;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of {@code calendar-change}.
 *
 * @param stepsTake how long a step takes at most that began before a notice came into force: as long as the engine lets a
 *     job keep its lock
 * @param portion how many cases are handed out in one transaction
 */
@Validated
@ConfigurationProperties("jiefeng.calendar")
public record RecountProperties(
        @DurationMin(seconds = 1) @DefaultValue("2m") Duration stepsTake,
        @Positive @DefaultValue("100") int portion) {}
