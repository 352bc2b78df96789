package org.jiefeng.retraining;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of exams; pass marks and attempts are in decision {@code retraining-plan}, how long a certificate holds in
 * {@code certificate-validity}.
 *
 * @param questionsPerCourse questions a paper draws from each course's bank
 */
@Validated
@ConfigurationProperties("jiefeng.retraining")
record RetrainingProperties(@Min(1) @DefaultValue("5") int questionsPerCourse) {}
