package org.jiefeng;

import java.util.TimeZone;
import org.jiefeng.audit.VerifyTimelines;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the whole application: engine, web apps, our pages and API. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class JiefengApplication {

    public static void main(String[] args) {
        // The engine reads cron expressions in the default zone; the daily check is meant in Chinese time.
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
        if (VerifyTimelines.isAskedFor(args)) {
            System.exit(VerifyTimelines.run(System.out, args));
        }
        SpringApplication.run(JiefengApplication.class, args);
    }
}
