package org.jiefeng.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Refuses to start the {@code production} profile with anything that belongs to the demo: H2, the demo profile, the
 * simulated carrier, or a secret that everybody can read in the source. The demo's people are looked for by
 * {@link ProductionPeople}, once there is a database.
 */
public class ProductionGuard implements EnvironmentPostProcessor {

    private static final Pattern SECRET = Pattern.compile(".*(key|secret|password|token|hash).*");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.acceptsProfiles(Profiles.of("production"))) {
            return;
        }
        List<String> faults = new ArrayList<>();
        if (environment.acceptsProfiles(Profiles.of("demo"))) {
            faults.add("profile demo is active too");
        }
        if (!environment
                .getProperty("spring.datasource.url", "")
                .toLowerCase(Locale.ROOT)
                .startsWith("jdbc:postgresql:")) {
            faults.add("spring.datasource.url must name a PostgreSQL database");
        }
        if (environment.getProperty("jiefeng.protection.key", "").isBlank()) {
            faults.add("jiefeng.protection.key is missing");
        }
        if (environment.getProperty("jiefeng.timeline.key", "").isBlank()) {
            faults.add("jiefeng.timeline.key is missing");
        }
        Map<String, Object> demo = demoSettings();
        settings(environment).forEach((name, value) -> {
            // Names only: a secret must not reach the log, not even a wrong one.
            if (name.contains("simulator") && name.endsWith("enabled") && "true".equals(value)) {
                faults.add(name + ": the simulated carrier is for the demo");
            } else if (value.startsWith("demo-") || value.contains(DemoPeople.PASSWORD)) {
                faults.add(name + " still has its demo value");
            } else if (name.startsWith("jiefeng.notification.")
                    && (value.startsWith("http:") || name.endsWith("protection") && "none".equalsIgnoreCase(value))) {
                faults.add(name + ": people are told over protected connections only");
            } else if (SECRET.matcher(name).matches()
                    && demo.values().stream().map(String::valueOf).anyMatch(value::equals)) {
                faults.add(name + " still has its demo value");
            } else if (value.startsWith("{bcrypt}")
                    && new BCryptPasswordEncoder().matches(DemoPeople.PASSWORD, value.substring("{bcrypt}".length()))) {
                faults.add(name + " is the demo's password");
            }
        });
        if (!faults.isEmpty()) {
            throw new IllegalStateException("Not fit for production: " + String.join("; ", faults));
        }
    }

    /** Every setting under {@code jiefeng}, wherever it comes from; environment variables too. */
    private static Map<String, String> settings(ConfigurableEnvironment environment) {
        Map<String, String> flat = new LinkedHashMap<>();
        Binder.get(environment)
                .bind("jiefeng", Bindable.mapOf(String.class, Object.class))
                .ifBound(tree -> flatten("jiefeng", tree, flat));
        return flat;
    }

    private static void flatten(String name, Object value, Map<String, String> flat) {
        if (value instanceof Map<?, ?> tree) {
            tree.forEach((key, child) -> flatten(name + "." + key, child, flat));
        } else {
            flat.put(name.toLowerCase(Locale.ROOT), String.valueOf(value));
        }
    }

    private static Map<String, Object> demoSettings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        try {
            for (PropertySource<?> document : new YamlPropertySourceLoader()
                    .load("application.yaml", new ClassPathResource("application.yaml"))) {
                if ("demo".equals(document.getProperty("spring.config.activate.on-profile"))
                        && document instanceof EnumerablePropertySource<?> properties) {
                    for (String name : properties.getPropertyNames()) {
                        if (name.startsWith("jiefeng.")
                                && SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                            settings.put(name, String.valueOf(properties.getProperty(name)));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}
