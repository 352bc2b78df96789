package org.jiefeng.calling;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How much of a second's requests a dialler has left, so that one that has run wild does not take the others' turn. */
@Component
class CallQuota {

    private final CallCheckProperties properties;
    private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();

    CallQuota(CallCheckProperties properties) {
        this.properties = properties;
    }

    /** Takes one request of a service account's second; false when there is none left. */
    boolean isLeft(String account) {
        return limiters.computeIfAbsent(
                        account,
                        name -> RateLimiter.of(
                                name,
                                RateLimiterConfig.custom()
                                        .limitForPeriod(properties.requestsASecond())
                                        .limitRefreshPeriod(Duration.ofSeconds(1))
                                        .timeoutDuration(Duration.ZERO)
                                        .build()))
                .acquirePermission();
    }
}
