package org.jiefeng.retraining;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of exams and certificates; pass mark and attempts are in decision {@code retraining-plan}.
 *
 * @param questionsPerCourse questions a paper draws from each course's bank
 * @param certificateMonths months a certificate is valid
 */
@Validated
@ConfigurationProperties("jiefeng.retraining")
record RetrainingProperties(
        @Min(1) @DefaultValue("5") int questionsPerCourse,
        @Min(1) @DefaultValue("12") int certificateMonths) {}
