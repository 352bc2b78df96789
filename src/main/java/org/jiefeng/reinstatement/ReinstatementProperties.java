package org.jiefeng.reinstatement;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the house asks for in every reinstatement, besides the carrier's terms and decision {@code release-conditions}.
 *
 * @param houseConditions rules in the syntax of the decision, separated by semicolons
 * @param selfCheckDays days between self-checks where only the carrier asks for a probation
 */
@Validated
@ConfigurationProperties("jiefeng.reinstatement")
record ReinstatementProperties(
        @NotNull @DefaultValue("") String houseConditions,
        @Min(1) @Max(365) @DefaultValue("7") int selfCheckDays) {}
