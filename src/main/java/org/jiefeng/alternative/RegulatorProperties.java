package org.jiefeng.alternative;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the regulator (12300) takes by its own rules.
 *
 * @param acceptanceWorkingDays working days until it accepts or refuses a complaint
 * @param answerDays calendar days from there to its answer
 */
@Validated
@ConfigurationProperties("jiefeng.regulator")
record RegulatorProperties(
        @Min(1) @DefaultValue("5") int acceptanceWorkingDays,
        @Min(1) @DefaultValue("30") int answerDays) {}
