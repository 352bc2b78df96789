package org.jiefeng;

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
        SpringApplication.run(JiefengApplication.class, args);
    }
}
