package org.jiefeng.process;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans every room shares: the clock and the language. */
@Configuration(proxyBeanMethods = false)
class ProcessConfiguration {

    @Bean
    Clock clock() {
        return new EngineClock(ZoneId.of("Asia/Shanghai"));
    }

    /** The one language of this deployment. */
    @Bean
    Locale deploymentLocale(JiefengProperties properties) {
        return properties.language().locale();
    }
}
