package org.jiefeng.security;

import org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Camunda's engine and web apps as they come, without anything of ours: what our guards are measured against. */
@EnableAutoConfiguration(
        exclude = {
            FlywayAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class,
            SecurityAutoConfiguration.class,
            SecurityFilterAutoConfiguration.class
        })
class StockCamunda {

    private StockCamunda() {}

    /** @param arguments the port to listen on */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(StockCamunda.class)
                .run(
                        "--spring.config.name=stock",
                        "--spring.datasource.url=jdbc:h2:mem:stock",
                        "--server.address=127.0.0.1",
                        "--server.port=" + arguments[0],
                        "--camunda.bpm.auto-deployment-enabled=false",
                        "--camunda.bpm.job-execution.enabled=false");
    }
}
