package org.jiefeng.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Profiles;

/**
 * Refuses to start the {@code production} profile with anything that belongs to the demo: H2, demo people, the simulated
 * carrier, or a secret that everybody can read in the source.
 */
public class ProductionGuard implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.acceptsProfiles(Profiles.of("production"))) {
            return;
        }
        List<String> faults = new ArrayList<>();
        if (environment.acceptsProfiles(Profiles.of("demo"))) {
            faults.add("profile demo is active too");
        }
        String url = environment.getProperty("spring.datasource.url", "");
        if (!url.toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:")) {
            faults.add("spring.datasource.url must name a PostgreSQL database");
        }
        if (environment.getProperty("jiefeng.simulator.enabled", Boolean.class, false)) {
            faults.add("jiefeng.simulator.enabled: the simulated carrier is for the demo");
        }
        if (environment.getProperty("jiefeng.protection.key", "").isBlank()) {
            faults.add("jiefeng.protection.key is missing");
        }
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> properties) {
                for (String name : properties.getPropertyNames()) {
                    // Names only: a secret must not reach the log, not even a wrong one.
                    if (name.startsWith("jiefeng.")
                            && String.valueOf(environment.getProperty(name)).startsWith("demo-")) {
                        faults.add(name + " still has its demo value");
                    }
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("Not fit for production: " + String.join("; ", faults));
        }
    }
}
