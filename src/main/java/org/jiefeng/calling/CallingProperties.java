package org.jiefeng.calling;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the house calls a violation; thresholds for complaints are in decision {@code call-risk}.
 *
 * @param from first moment of the day at which calls may go out, Asia/Shanghai
 * @param to first moment at which they may not any more
 * @param sameCalleeADay calls to one number on one day
 * @param sameCalleeGapMinutes minutes between two calls to one number
 * @param shortCallSeconds mean length of answered calls below which a day looks like burst dialling
 * @param repeatedPercent share of repeated numbers above which a day looks like harassment
 * @param minimumCalls calls a day must have before its mean or share says anything
 * @param riskPeriodDays days looked back on for calls and complaints
 * @param evidenceDays days before the appeal whose records belong to its evidence
 */
@Validated
@ConfigurationProperties("jiefeng.calling")
record CallingProperties(
        @NotNull @DefaultValue("09:00") LocalTime from,
        @NotNull @DefaultValue("21:00") LocalTime to,
        @Min(1) @DefaultValue("3") int sameCalleeADay,
        @Min(1) @DefaultValue("30") int sameCalleeGapMinutes,
        @Min(1) @DefaultValue("15") int shortCallSeconds,
        @Min(1) @Max(100) @DefaultValue("60") int repeatedPercent,
        @Min(1) @DefaultValue("50") int minimumCalls,
        @Min(1) @DefaultValue("7") int riskPeriodDays,
        @Min(1) @DefaultValue("30") int evidenceDays) {}
