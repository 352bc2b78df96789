package org.jiefeng.calling;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How diallers are answered.
 *
 * @param patience how long a dialler waits at most; what cannot be found out until then is a no
 * @param threads how many checks are under way at once; one more is a no
 * @param requestsASecond what one service account may ask and report
 * @param filedScripts codes of the scripts that were filed with carriers
 */
@Validated
@ConfigurationProperties("jiefeng.calling.check")
record CallCheckProperties(
        @NotNull @DefaultValue("200ms") Duration patience,
        @Min(1) @DefaultValue("16") int threads,
        @Min(1) @DefaultValue("2000") int requestsASecond,
        @NotNull @DefaultValue Set<String> filedScripts) {}
